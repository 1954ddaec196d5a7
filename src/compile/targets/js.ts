import type { Dim } from "../../expr/tree.js";
import { kernelsOf, type Loops } from "../kernels.js";
import type { Parameter, Plan, Variable } from "../plan.js";
import { rowPass } from "../rows.js";
import { startOf } from "../starts.js";
import { helpersFor } from "./helpers.js";
import { chunksSource } from "./js/chunks.js";
import { documentation, header } from "./js/header.js";
import { type PassSource, writePass } from "./js/pass.js";
import { helperNames, helpers } from "./js/runtime/index.js";
import { predictSource, solveSource } from "./js/solve.js";
import { writeKernel } from "./js/statements.js";
import { Identifiers, reservedWords } from "./names.js";
import { type State, stateOf } from "./state.js";

/**
 * The loops as the source of an ES module that imports nothing. It exports `solve` and `predict`, both asynchronous,
 * and `sheet`, which says what it was compiled from.
 */
export function writeModule(loops: Loops): string {
	return new ModuleWriter(loops).write();
}

/** Writes the module. */
export class ModuleWriter {
	private readonly plan: Plan;
	private readonly identifiers = new Identifiers([
		...reservedWords.js,
		...helperNames,
		...["solve", "predict", "sheet", "state", "pass", "renew"],
		...["prepareMeans", "prepare"],
		...["elboTerms", "elboSizes", "start", "Math", "Float64Array", "Infinity"],
		..."from points block stripes sums each keep WASM rows memory room".split(
			" ",
		),
		..."scratch crew".split(" "),
	]);
	private readonly state: State;

	private readonly pass: PassSource | null;

	constructor(
		private readonly loops: Loops,
		passOf: (loops: Loops, state: State) => PassSource | null = writePass,
	) {
		this.plan = loops.plan;
		this.state = stateOf(loops, this.identifiers);
		this.pass = passOf(loops, this.state);
	}

	write(): string {
		const own = [
			this.constants(),
			...(this.pass?.source ?? []),
			documentation(this.plan, this.pass?.usesThreads ?? false),
			solveSource(this.loops, this.pass?.usesThreads ?? false),
			predictSource(this.loops),
			...(this.plan.total === null
				? []
				: [chunksSource(this.loops, (name) => this.identifiers.of(name))]),
			this.start(),
			...this.kernels(),
		].join("\n\n");
		const parts = [header(this.plan), own, ...helpersFor(own, helpers)];
		return `${parts.join("\n\n")}\n`;
	}

	private constants(): string {
		const { plan } = this;
		const inputs = plan.inputs.map((v) =>
			this.spec(v, {
				observed: v.observed,
				...(v.support ? { support: v.support } : {}),
			}),
		);
		const parameters = plan.parameters.map((p) =>
			this.spec(p, { local: p.local }),
		);
		return [
			`const SIZES = ${JSON.stringify(plan.sizes)};`,
			`const INPUTS = [\n${inputs.join("")}];`,
			`const PARAMETERS = [\n${parameters.join("")}];`,
			`const TERMS = ${JSON.stringify(plan.solvable.elboTerms.map((t) => t.name))};`,
			"/** What a sweep renews, in this order; each entry leaves its parameters at their optimum given all others. */",
			`const LOCALS = [\n${this.localTurns()}];`,
			`const GLOBALS = [\n${this.globalTurns()}];`,
		].join("\n");
	}

	private spec(v: Variable, more: Readonly<Record<string, unknown>>): string {
		const spec = {
			name: v.name,
			key: this.identifiers.of(v.name),
			type: v.type,
			dims: v.dims,
			...(v.labels === null ? {} : { labels: v.labels }),
			...more,
		};
		return `\t${JSON.stringify(spec)},\n`;
	}

	/** The local factors' turns; sums over the data are brought up to date within each. */
	private localTurns(): string {
		const { fused, locals, pass } = this.loops;
		if (!fused) {
			const then = pass ? " pass(state);" : "";
			return locals
				.map(({ parameters, kernel, sequential }) => {
					const renew = this.identifiers.of(kernel.name);
					const run = `(state) => { ${renew}(state);${then} }`;
					const again = pass ? "pass" : "() => undefined";
					return turn({ parameters, sequential, run, again });
				})
				.join("");
		}
		const names = this.plan.parameters.filter((p) => p.local);
		return names.length === 0
			? ""
			: turn({
					parameters: names.map((p) => p.name),
					// of several factors the last one alone has not seen others change since
					optimal: this.plan.locals.at(-1)?.updates.map((u) => u.target.name),
					sequential: this.plan.locals.some((f) => f.sequential),
					run: "(state) => pass(state, true)",
					again: "(state) => pass(state, false)",
				});
	}

	private globalTurns(): string {
		return this.loops.globals
			.map(({ parameters, kernel, sequential }) =>
				turn({ parameters, sequential, run: this.identifiers.of(kernel.name) }),
			)
			.join("");
	}

	/** The function that makes the state with which the first sweep begins. */
	private start(): string {
		const { plan } = this;
		const forgets = rowPass(this.loops)?.forgets ?? false;
		const lines = plan.parameters.map((p) => {
			const key = this.identifiers.of(p.name);
			const value = this.startValue(p);
			return forgets && p.local
				? `\tstate.${key} ??= state.renewsFirst ? new Float64Array(${this.length(p.dims)}) : ${value};`
				: `\tstate.${key} ??= ${value};`;
		});
		const kept = this.loops.statistics.map(
			({ name, over }) =>
				`\tstate.${this.identifiers.of(name)} = new Float64Array(${this.length(over.map((o) => o.size))});`,
		);
		const random = lines.some((l) => l.includes("random"))
			? ["\tconst random = generator(seed);"]
			: [];
		return [
			"/** The state at the start: what was given, and starting values for the rest. */",
			`function start(inputs, given, seed${this.pass?.usesThreads ? ", threads = 1" : ""}) {`,
			"\tconst state = readState(inputs, given);",
			...this.checks(),
			...random,
			...(forgets ? this.renewsFirst() : []),
			...lines,
			...kept,
			...(this.pass?.start ?? []),
			...this.loops.prepares.map(({ name }) => `\t${name}(state);`),
			"\treturn state;",
			"}",
		].join("\n");
	}

	/** What is asked of matrices and of degrees of freedom, where there are such among the inputs. */
	private checks(): string[] {
		return this.plan.inputs.flatMap(({ type, above }, n) => [
			...(type === "posdef" ? [`\tcheckDefinite(INPUTS[${n}], state);`] : []),
			...(above === null
				? []
				: [
						`\tcheckAbove(INPUTS[${n}], state, ${JSON.stringify(above)}, ${this.size(above)});`,
					]),
		]);
	}

	/** Whether the others are known, from which a pass renews the parameters of single points. */
	private renewsFirst(): string[] {
		const { parameters } = this.plan;
		const keys = (all: readonly Parameter[]) =>
			JSON.stringify(all.map((p) => this.identifiers.of(p.name)));
		const locals = parameters.filter((p) => p.local);
		const drawn = parameters.filter(
			(p) =>
				!p.local && !["constant", "size"].includes(startOf(p, this.plan).kind),
		);
		return [
			"\tconst isKnown = (key) => state[key] !== undefined;",
			"\t// then the parameters of single points need no starting values: they are renewed at once",
			`\tstate.renewsFirst = !beginsWithGlobals(given) && !${keys(locals)}.some(isKnown) && ${keys(drawn)}.every(isKnown);`,
		];
	}

	private startValue(p: Parameter): string {
		const start = startOf(p, this.plan);
		const length = this.length(p.dims);
		const last = p.dims.at(-1);
		const width = last === undefined ? "1" : this.size(last);
		switch (start.kind) {
			case "rows": {
				const data = this.identifiers.of(start.of.name);
				return `startAtRows(random, state.${data}, ${this.length(start.of.dims.slice(1))}, ${length})`;
			}
			case "normal": {
				const scale = start.of
					? `spread(state.${this.identifiers.of(start.of.name)})`
					: "1";
				return `startNearZero(random, ${length}, ${scale})`;
			}
			case "simplex":
				return `startOnSimplex(random, ${length}, ${width})`;
			case "identity":
				return `startAtIdentity(${length}, ${width})`;
			case "size":
				return `new Float64Array(${length}).fill(${this.size(start.of)})`;
			case "constant":
				return `new Float64Array(${length}).fill(${start.value})`;
		}
	}

	private length(dims: readonly Dim[]): string {
		return dims.length === 0 ? "1" : dims.map((d) => this.size(d)).join(" * ");
	}

	private size(dim: Dim): string {
		return typeof dim === "number"
			? String(dim)
			: `state.${this.identifiers.of(dim)}`;
	}

	private kernels(): string[] {
		return kernelsOf(this.loops).map((k) =>
			k === this.loops.pass && this.pass
				? this.pass.pass
				: writeKernel(
						k,
						fixedNames.has(k.name) ? k.name : this.identifiers.of(k.name),
						this.state.layout,
						this.state.names,
					),
		);
	}
}

interface Turn {
	readonly parameters: readonly string[];
	/** Those that are at their optimum when the turn is over; all, if not said. */
	readonly optimal?: readonly string[] | undefined;
	readonly sequential: boolean;
	readonly run: string;
	/** What brings sums over the data up to date when a parameter was changed by hand. */
	readonly again?: string;
}

function turn({ parameters, optimal, sequential, run, again }: Turn): string {
	const more = [
		...(optimal && optimal.length < parameters.length
			? [`optimal: ${JSON.stringify(optimal)}`]
			: []),
		...(sequential ? ["sequential: true"] : []),
		...(again ? [`again: ${again}`] : []),
	];
	const entries = [
		`parameters: ${JSON.stringify(parameters)}`,
		`run: ${run}`,
		...more,
	];
	return `\t{ ${entries.join(", ")} },\n`;
}

const fixedNames = new Set(
	"pass prepareMeans prepare elboTerms elboSizes".split(" "),
);
