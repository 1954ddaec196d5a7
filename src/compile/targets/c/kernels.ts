import type { Kernel } from "../../statement.js";
import { comment } from "../provenance.js";
import { namesIn } from "../state.js";
import type { CNames } from "./names.js";
import { writePass } from "./pass.js";
import { Statements } from "./statements.js";

/** Writes each kernel as a C function of the state that says whether there was memory enough. */
export class CKernels {
	constructor(private readonly names: CNames) {}

	write(): string[] {
		const { prepare, pass, locals, globals, elbo, elboSize } = this.names.loops;
		const factors = [...locals, ...globals].map((f) => f.kernel);
		return [
			...(prepare ? [this.plain(prepare, "prepare")] : []),
			...(pass ? [writePass(this.names, pass)] : []),
			...factors.map((k) => this.plain(k, this.names.of(k.name))),
			this.terms(elbo, "elbo_terms"),
			this.terms(elboSize, "elbo_sizes"),
		];
	}

	private plain(kernel: Kernel, name: string): string {
		const statements = new Statements(layoutOf(kernel, this.names));
		const body = statements.block(kernel.statements, "\t");
		return wrap(this.names, kernel, name, "struct state *st", body);
	}

	/** A kernel with results: its terms' sum, kept from rounding, and the sum of their sizes. */
	private terms(kernel: Kernel, name: string): string {
		const statements = new Statements(layoutOf(kernel, this.names));
		const body = [
			...statements.block(kernel.statements, "\t"),
			"\tdouble value = 0.0, lost = 0.0;",
			"\t*size = 0.0;",
			...kernel.results.flatMap((r) => [
				`\t/* ${comment(r.name)} */`,
				`\tadd_term(${statements.value(r.value)}, &value, &lost, size);`,
			]),
			"\t*total = value + lost;",
		];
		const parameters = "const struct state *st, double *total, double *size";
		return wrap(this.names, kernel, name, parameters, body);
	}
}

export function layoutOf(kernel: Kernel, { layout }: CNames) {
	return {
		name: (of: string) => layout.name(of),
		dims: (array: string) => kernel.tables.get(array) ?? layout.dims(array),
	};
}

/** A function with the names of the state that its body uses, and its tables in one piece of memory. */
function wrap(
	names: CNames,
	kernel: Kernel,
	name: string,
	parameters: string,
	body: readonly string[],
): string {
	const { open, close } = tablesOf(names, kernel, [...kernel.tables.keys()]);
	const lines = [...open, ...body, ...close];
	return [
		`/* ${comment(kernel.doc)} */`,
		`static bool ${name}(${parameters}) {`,
		...unpack(names, lines),
		...lines,
		"\treturn true;",
		"}",
	].join("\n");
}

/** The state's names as constants of a function. */
export function unpack(names: CNames, lines: readonly string[]): string[] {
	const { plan } = names;
	const used = new Set(namesIn(lines, names.state.names));
	const whole = plan.sizes.map((s) => names.of(s)).filter((n) => used.has(n));
	const declared = [
		...whole.map((n) => `const int64_t ${n} = st->${n};`),
		...plan.inputs.map((v) => {
			const n = names.of(v.name);
			const type =
				v.dims.length === 0 ? "const double " : "const double *const ";
			return used.has(n) ? `${type}${n} = st->${n};` : "";
		}),
		...[...plan.parameters, ...names.loops.statistics].map((v) => {
			const n = names.of(v.name);
			return used.has(n) ? `double *const ${n} = st->${n};` : "";
		}),
	];
	return declared.filter((line) => line !== "").map((line) => `\t${line}`);
}

/** Memory for tables: one allocation, and a name for each. */
export function tablesOf(
	names: CNames,
	kernel: Kernel,
	tables: readonly string[],
): { open: string[]; close: string[] } {
	if (tables.length === 0) return { open: [], close: [] };
	const lengths = tables.map((t) => names.length(kernel.tables.get(t) ?? []));
	const open = [
		`\tdouble *const tables = room((${lengths.join(" + ")}) * (int64_t)sizeof(double));`,
		"\tif (!tables) return false;",
		...tables.map((t, n) => {
			const before = lengths.slice(0, n).map((length) => ` + ${length}`);
			return `\tdouble *const ${names.layout.name(t)} = tables${before.join("")};`;
		}),
	];
	return { open, close: ["\tfree(tables);"] };
}
