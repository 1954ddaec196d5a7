import type { Dim } from "../../../expr/tree.js";
import { type BlockPass, blockPass } from "../../blocks/blocks.js";
import type { Loops } from "../../kernels.js";
import type { Parameter, Plan, Variable } from "../../plan.js";
import type { Layout } from "../infix.js";
import { Identifiers, reservedWords } from "../names.js";
import { type State, stateOf } from "../state.js";

/** What the parts of an emitted C file call each other and the sheet's symbols, and how its functions are declared. */
export class CNames {
	readonly plan: Plan;
	readonly state: State;
	/** What exported names begin with. */
	readonly prefix: string;
	readonly pass: BlockPass | null;
	/** Whether loops differ from data point to data point, so that these cannot share them. */
	readonly oneByOne: boolean;
	private readonly identifiers: Identifiers;

	constructor(
		readonly loops: Loops,
		taken: readonly string[],
	) {
		this.plan = loops.plan;
		this.identifiers = new Identifiers([...reservedWords.c, ...taken]);
		this.state = stateOf(loops, this.identifiers);
		this.prefix = prefixFrom(this.plan.solvable.path);
		this.pass = blockPass(loops);
		this.oneByOne = this.pass !== null && !this.pass.isEven;
	}

	get layout(): Layout {
		return this.state.layout;
	}

	of(name: string): string {
		return this.identifiers.of(name);
	}

	/** The number of elements along axes, as a whole number in terms of the sizes. */
	length(dims: readonly Dim[], from = ""): string {
		const sizes = dims.map((d) =>
			typeof d === "number" ? String(d) : `${from}${this.of(d)}`,
		);
		return sizes.length === 0 ? "1" : sizes.join(" * ");
	}

	/** The prototypes of the exported functions, with what their arguments mean. */
	declarations(): string[] {
		return [
			this.solveDeclaration(),
			this.predictDeclaration(),
			this.message(),
		].map(({ doc, prototype }) => `${doc}\n${prototype};`);
	}

	solveDeclaration() {
		const last = [
			"int64_t given",
			"int64_t seed",
			"int64_t max_sweeps",
			"double tolerance",
			"int threads",
			"double *elbo",
		];
		const bits = this.plan.parameters
			.map((p, n) => `${2 ** n} for ${this.of(p.name)}`)
			.join(", ");
		const doc = [
			"Sweeps over the updates until the bound stays and no parameter moves.",
			...this.argumentLines(),
			`given: whose starting values stand in their arrays, the sum of ${bits}; the others start by \`seed\`.`,
			"tolerance: stop when bound and parameters change by less, relatively, for example 1e-8.",
			"threads: for OpenMP; 0 for as many as there are. The result does not depend on it.",
			"elbo: room for max_sweeps numbers, the bound after each sweep.",
			"Returns the number of sweeps, or a negative number that `message` puts into words. It has converged if that is",
			"less than max_sweeps.",
		];
		return this.declaration("solve", [...this.arguments(), ...last], doc);
	}

	predictDeclaration() {
		const doc = [
			"The parameters of single data points, with the others as `solve` has found them, for new data.",
			"Returns 0, or a negative number that `message` puts into words.",
		];
		return this.declaration(
			"predict",
			[...this.arguments(), "int threads"],
			doc,
		);
	}

	message() {
		return {
			doc: "/* What a negative result means. */",
			prototype: `const char *${this.prefix}_message(int64_t code)`,
		};
	}

	private declaration(
		name: string,
		all: readonly string[],
		doc: readonly string[],
	) {
		return {
			doc: `/*\n${doc.map((line) => ` * ${line}`).join("\n")}\n */`,
			prototype: `int64_t ${this.prefix}_${name}(${all.join(", ")})`,
		};
	}

	private arguments(): string[] {
		return [
			...this.plan.sizes.map((name) => `int64_t ${this.of(name)}`),
			...this.plan.inputs.map((v) =>
				v.dims.length === 0
					? `double ${this.of(v.name)}`
					: `const double *${this.of(v.name)}`,
			),
			...this.plan.parameters.map((p) => `double *${this.of(p.name)}`),
		];
	}

	private argumentLines(): string[] {
		const { sizes, inputs, parameters } = this.plan;
		return [
			`${sizes.map((name) => this.of(name)).join(", ")}: sizes; arrays are row-major.`,
			...inputs.map((v) => `${this.of(v.name)}: ${shape(v)}`),
			...parameters.map((p) => `${this.of(p.name)}: ${shape(p)}, a result`),
		];
	}
}

function shape(v: Variable | Parameter): string {
	return v.dims.length === 0 ? v.type : `${v.type} [${v.dims.join(", ")}]`;
}

/** A C name from that of the sheet's file. */
function prefixFrom(path: string): string {
	const base = (path.split(/[\\/]/).at(-1) ?? "").replace(/\.[^.]*$/, "");
	const name = base.replace(/[^A-Za-z0-9]+/g, "_").replace(/^_+|_+$/g, "");
	return /^[A-Za-z]/.test(name) ? name : `sheet_${name}`;
}
