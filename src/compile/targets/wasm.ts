import type { Dim } from "../../expr/tree.js";
import type { Loops } from "../kernels.js";
import type { LoopStatement, TableStatement } from "../statement.js";
import { StatementWriter } from "./js/statements.js";
import { ModuleWriter, type Rows } from "./js.js";
import type { State } from "./state.js";
import { type WasmRows, wasmRows } from "./wasm/rows.js";

/**
 * The loops as an ES module whose pass over the data is WebAssembly that takes two data points at once. Where loops
 * differ from data point to data point, it is the plain module.
 */
export function writeWasm(loops: Loops): string {
	return new ModuleWriter(loops, (state) => rowsOf(loops, state)).write();
}

/** Names of JavaScript's functions for those that the rows import. */
const functions: Readonly<Record<string, string>> = {
	exp: "Math.exp",
	log: "Math.log",
	pow: "Math.pow",
	gamma: "gamma",
	lgamma: "logGamma",
	digamma: "digamma",
	trigamma: "trigamma",
	sigmoid: "sigmoid",
};

function rowsOf(loops: Loops, state: State): Rows | null {
	const rows = wasmRows(loops, state);
	const axis = loops.plan.dataAxis;
	if (!rows || axis === null) return null;
	const base64 = Buffer.from(rows.bytes).toString("base64");
	const imports = rows.imports.map((i) => `${i.name}: ${functions[i.name]}`);
	const length = (dims: readonly Dim[], from: string) =>
		["1", ...dims.map((d) => size(d, from, state))]
			.slice(dims.length > 0 ? 1 : 0)
			.join(" * ");
	const room = rows.rooms.map(
		(r) => `${r.lanes} * ${length(r.dims, "state.")} + 1`,
	);
	return {
		source: [
			"/** The rows of the pass, compiled: a module that works in the memory of a state. */",
			`const WASM = new WebAssembly.Module(Uint8Array.from(atob(${JSON.stringify(base64)}), (c) => c.charCodeAt(0)));`,
			`const IMPORTS = { ${imports.join(", ")} };`,
		].join("\n"),
		start: [`\tmoveToMemory(state, ${["1", ...room].join(" + ")});`],
		Writer: writerFor(
			rows,
			axis,
			loops.pass?.flags.includes("renew") ?? false,
			length,
			state,
		),
	};
}

function size(dim: Dim, from: string, { layout }: State): string {
	return typeof dim === "number" ? String(dim) : `${from}${layout.name(dim)}`;
}

/** A writer whose loop over the data calls the compiled rows, segment by segment. */
function writerFor(
	rows: WasmRows,
	axis: Dim,
	renews: boolean,
	length: (dims: readonly Dim[], from: string) => string,
	state: State,
): typeof StatementWriter {
	return class extends StatementWriter {
		override before(): string[] {
			return [
				"\tstate.top = state.scratch;",
				...rows.rooms.map(
					(r) =>
						`\tconst ${r.name} = room(state, ${r.lanes} * ${length(r.dims, "")});`,
				),
			];
		}

		protected override tables(s: TableStatement): string[] {
			const isLost = this.kept.some(({ lost }) => lost === s.name);
			return isLost ? [`\t${this.table(s)}`] : [];
		}

		protected override loop(s: LoopStatement, indent: string): string[] {
			if (indent !== "\t" || s.index.size !== axis)
				return super.loop(s, indent);
			const count = size(axis, "", state);
			const passed = rows.parameters.map(({ name, isArray }) =>
				isArray ? `${name}.byteOffset` : name,
			);
			const given = ["from", "to", "live", renews ? "renew ? 1 : 0" : "0"];
			return [
				`\tfor (let from = 0; from < ${count}; ) {`,
				`\t\tconst live = ${count} - from > 1 ? 2 : 1;`,
				`\t\tconst to = live === 1 ? ${count} : Math.min(from + 1024, ${count} - ((${count} - from) % 2));`,
				`\t\tstate.rows(${[...given, ...passed].join(", ")});`,
				...this.kept.map(({ array, lost }) => {
					const [sums, errors] = [array, lost].map((a) => this.layout.name(a));
					return `\t\taddLanes(${sums}, ${errors}, ${sums}_lanes, live);`;
				}),
				"\t\tfrom = to;",
				"\t}",
			];
		}
	} as typeof StatementWriter;
}
