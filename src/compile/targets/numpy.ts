import type { Dim } from "../../expr/tree.js";
import { kernelsOf, type Loops } from "../kernels.js";
import type { Input, Parameter, Plan, Variable } from "../plan.js";
import { startOf } from "../starts.js";
import type { Kernel, LoopStatement } from "../statement.js";
import type { End, Limit } from "../support.js";
import { helpersFor } from "./helpers.js";
import { Identifiers, reservedWords } from "./names.js";
import { helpers, takenNames } from "./numpy/runtime/index.js";
import { predictSource, solveSource, watchSource } from "./numpy/solve.js";
import { ArrayStatements, Serial } from "./numpy/statements.js";
import { banner, comment, provenance } from "./provenance.js";
import { namesIn, type State, stateOf } from "./state.js";

/** The loops as a Python module that needs NumPy alone, and is meant to be read. */
export function writeNumpy(loops: Loops): string {
	return new NumpyModule(loops).write();
}

/** Writes the module; what others write beside its kernels they say in `driver` and `turns`. */
export class NumpyModule {
	private readonly plan: Plan;
	protected readonly identifiers = new Identifiers([
		...reservedWords.python,
		...takenNames,
	]);
	private readonly state: State;

	constructor(protected readonly loops: Loops) {
		this.plan = loops.plan;
		this.state = stateOf(loops, this.identifiers);
	}

	write(): string {
		const own = [
			this.constants(),
			...this.driver(),
			this.start(),
			...kernelsOf(this.loops).map((k) => this.kernel(k)),
			this.turns(),
		].join("\n\n\n");
		const head = [this.documentation(), this.imports].join("\n\n");
		const text = [head, own, ...helpersFor(own, helpers)].join("\n\n\n");
		return `${text.replaceAll("\t", "    ")}\n`;
	}

	protected get imports(): string {
		return "import math\nfrom types import SimpleNamespace\n\nimport numpy as np";
	}

	/** What `solve` takes, before the names and shapes. */
	protected get usage(): readonly string[] {
		return ["solve(inputs) takes one dictionary by the sheet's names:"];
	}

	/** The functions that are called from outside, and what they need beside kernels. */
	protected driver(): readonly string[] {
		const { loops } = this;
		return [solveSource(loops), watchSource(loops), predictSource(loops)];
	}

	private documentation(): string {
		const above = banner(this.plan);
		const lines = [
			...above,
			...(above.length > 0 ? [""] : []),
			...provenance(this.plan),
			"",
			...this.usage,
			...this.plan.inputs.map((v) => `  ${v.name}: ${shape(v)}`),
			...this.plan.sizes.map(
				(name) => `  ${name}: a whole number, where the arrays do not say it`,
			),
			"and finds",
			...this.plan.parameters.map((v) => `  ${v.name}: ${shape(v)}`),
		];
		return `"""${lines
			.map((l) => l.replaceAll("\\", "\\\\"))
			.join("\n")
			.trim()}\n"""`;
	}

	private constants(): string {
		const list = (
			name: string,
			variables: readonly Variable[],
			more: (v: Variable) => string,
		) =>
			[
				`${name} = [`,
				...variables.map((v) => `\t${this.spec(v, more(v))},`),
				"]",
			].join("\n");
		const keys = this.plan.sizes.map(
			(name) => `${text(name)}: ${text(this.identifiers.of(name))}`,
		);
		return [
			`SIZES = [${this.plan.sizes.map(text).join(", ")}]`,
			`KEYS = {${keys.join(", ")}}`,
			list("INPUTS", this.plan.inputs, (v) => supportSpec(v as Input)),
			list(
				"PARAMETERS",
				this.plan.parameters,
				(v) => `, "local": ${(v as Parameter).local ? "True" : "False"}`,
			),
		].join("\n");
	}

	private spec(v: Variable, more: string): string {
		const dims = v.dims.map((d) => (typeof d === "number" ? d : text(d)));
		const labels =
			v.labels === null
				? ""
				: `, "labels": ${typeof v.labels === "number" ? v.labels : text(v.labels)}`;
		return `{"name": ${text(v.name)}, "key": ${text(this.identifiers.of(v.name))}, "type": ${text(v.type)}, "dims": [${dims.join(", ")}]${labels}${more}}`;
	}

	/** The function that makes the state with which the first sweep begins. */
	private start(): string {
		const { plan, loops } = this;
		const kept = loops.statistics.map(
			({ name, over }) =>
				`\tstate.${this.identifiers.of(name)} = np.zeros(${this.shape(over.map((o) => o.size))})`,
		);
		return [
			"def start(inputs, given, seed):",
			'\t"""The state at the start: what was given, and starting values for the rest."""',
			"\tstate = read_state(inputs, given)",
			...this.checks(),
			"\trandom = np.random.default_rng(seed)",
			...plan.parameters.flatMap((p) => [
				`\tif given.get(${text(p.name)}) is None:`,
				`\t\tstate.${this.identifiers.of(p.name)} = ${this.startValue(p)}`,
			]),
			...kept,
			...loops.prepares.map((kernel) => `\t${this.nameOf(kernel)}(state)`),
			"\treturn state",
		].join("\n");
	}

	/** What is asked of matrices and of degrees of freedom, where there are such among the inputs. */
	private checks(): string[] {
		return this.plan.inputs.flatMap(({ type, above }, n) => [
			...(type === "posdef" ? [`\tcheck_definite(INPUTS[${n}], state)`] : []),
			...(above === null
				? []
				: [
						`\tcheck_above(INPUTS[${n}], state, ${text(String(above))}, ${this.size(above)})`,
					]),
		]);
	}

	private startValue(p: Parameter): string {
		const start = startOf(p, this.plan);
		const dims = this.shape(p.dims);
		const data = (v: Variable) => `state.${this.identifiers.of(v.name)}`;
		switch (start.kind) {
			case "rows":
				return `start_at_rows(random, ${data(start.of)}, ${dims})`;
			case "normal":
				return `start_near_zero(random, ${dims}, ${start.of ? `np.std(${data(start.of)})` : "1.0"})`;
			case "simplex":
				return `start_on_simplex(random, ${dims})`;
			case "identity":
				return `np.broadcast_to(np.eye(${this.size(p.dims.at(-1) ?? 1)}), ${dims}).copy()`;
			case "size":
				return `np.full(${dims}, float(${this.size(start.of)}))`;
			case "constant":
				return `np.full(${dims}, ${start.value}.0)`.replace(
					/(\.\d+)\.0\)$/,
					"$1)",
				);
		}
	}

	private shape(dims: readonly Dim[]): string {
		const sizes = dims.map((d) => this.size(d));
		return `(${sizes.join(", ")}${sizes.length === 1 ? "," : ""})`;
	}

	private size(dim: Dim): string {
		return typeof dim === "number"
			? String(dim)
			: `state.${this.identifiers.of(dim)}`;
	}

	private kernel(kernel: Kernel): string {
		const { layout } = this.state;
		const local = {
			name: (of: string) => layout.name(of),
			dims: (array: string) => kernel.tables.get(array) ?? layout.dims(array),
		};
		const blocks = goesOverRows(kernel, this.loops);
		const body = this.vectorised(kernel, local, blocks, new Set());
		const used = namesIn(body, this.state.names);
		return [
			`def ${this.nameOf(kernel)}(${["state", ...kernel.flags].join(", ")}):`,
			`\t"""${comment(kernel.doc)}"""`,
			...used.map((name) => `\t${name} = state.${name}`),
			...body,
		].join("\n");
	}

	/** The body with as few loops as can be: those that cannot be axes of arrays are found out one by one. */
	private vectorised(
		kernel: Kernel,
		layout: State["layout"],
		blocks: boolean,
		serial: ReadonlySet<LoopStatement>,
	): string[] {
		try {
			const writer = new ArrayStatements(
				layout,
				this.plan.dataAxis,
				kernel.tables,
				serial,
				this.rowArrays(),
				blocks,
			);
			const { lines, arrays } = writer.write(kernel.statements);
			const results = kernel.results.map(
				(r) => `\t\t${arrays.value(r.value)},  # ${comment(r.name)}`,
			);
			return results.length === 0
				? lines
				: [...lines, "\treturn [", ...results, "\t]"];
		} catch (error) {
			if (!(error instanceof Serial)) throw error;
			const more = new Set([...serial, error.loop]);
			return this.vectorised(kernel, layout, blocks, more);
		}
	}

	private rowArrays(): readonly string[] {
		return [...this.plan.inputs, ...this.plan.parameters]
			.filter((v) => v.dims[0] === this.plan.dataAxis)
			.map((v) => v.name);
	}

	protected nameOf(kernel: Kernel): string {
		if (kernel === this.loops.pass) return "pass_over_data";
		if (this.loops.prepares.includes(kernel))
			return kernel.name === "prepare" ? "prepare" : "prepare_means";
		if (kernel === this.loops.elbo) return "elbo_terms";
		if (kernel === this.loops.elboSize) return "elbo_sizes";
		return this.identifiers.of(kernel.name);
	}

	/** What a sweep renews, in this order. */
	protected turns(): string {
		const { fused, locals, globals, pass } = this.loops;
		const localTurns = fused
			? this.plan.locals.length > 0
				? ["lambda state: pass_over_data(state, True)"]
				: []
			: locals.map(
					({ kernel }) =>
						`lambda state: (${this.nameOf(kernel)}(state)${pass ? ", pass_over_data(state)" : ""})`,
				);
		const globalTurns = globals.map(({ kernel }) => this.nameOf(kernel));
		return [
			`LOCALS = [${localTurns.join(", ")}]`,
			`GLOBALS = [${globalTurns.join(", ")}]`,
		].join("\n");
	}
}

function goesOverRows(kernel: Kernel, loops: Loops): boolean {
	const { pass, prepares, gathers } = loops;
	return [pass, ...prepares, ...gathers.map((g) => g.kernel)].includes(kernel);
}

function shape(v: Variable): string {
	return v.dims.length === 0 ? v.type : `${v.type} [${v.dims.join(", ")}]`;
}

/** The law's support in the entry of an input, `[end, whether it is excluded]` for each limit. */
function supportSpec({ support }: Input): string {
	if (!support) return "";
	const limit = (at: Limit | null) =>
		at === null ? "None" : typeof at === "number" ? String(at) : text(at);
	const side = (end: End | null) =>
		end ? `[${limit(end.at)}, ${end.open ? "True" : "False"}]` : "None";
	const { words, whole, lower, upper, total } = support;
	return `, "support": {"words": ${text(words)}, "whole": ${whole ? "True" : "False"}, "lower": ${side(lower)}, "upper": ${side(upper)}, "total": ${limit(total)}}`;
}

/** A Python string. */
function text(value: string): string {
	return JSON.stringify(value);
}
