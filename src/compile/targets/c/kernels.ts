import type { Kernel } from "../../statement.js";
import { comment } from "../provenance.js";
import type { CNames } from "./names.js";
import { writePass } from "./pass.js";
import { Statements } from "./statements.js";
import { layoutOf, tablesOf, unpack } from "./tables.js";

/** The function that forms sums that no sweep changes. */
export function prepareName({ name }: Kernel): string {
	return name === "prepare" ? "prepare" : "prepare_means";
}

/** Writes each kernel as a C function of the state that says whether there was memory enough. */
export class CKernels {
	constructor(private readonly names: CNames) {}

	write(): string[] {
		const { prepares, pass, locals, globals, elbo, elboSize } =
			this.names.loops;
		const factors = [...locals, ...globals].map((f) => f.kernel);
		return [
			...prepares.map((k) => this.plain(k, prepareName(k))),
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
