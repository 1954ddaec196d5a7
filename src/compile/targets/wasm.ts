import type { Dim } from "../../expr/tree.js";
import { blockPass } from "../blocks/blocks.js";
import type { Loops } from "../kernels.js";
import { helpersFor } from "./helpers.js";
import {
	type PassSource,
	passFunction,
	passParts,
	writePass,
} from "./js/pass.js";
import { helpers } from "./js/runtime/index.js";
import { ModuleWriter } from "./js.js";
import type { State } from "./state.js";
import { type WasmRows, wasmRows } from "./wasm/rows.js";
import { workerSource } from "./wasm/worker.js";

/**
 * The loops as an ES module whose pass over the data is WebAssembly that takes two data points at once, on as many
 * threads as there are. Where loops differ from data point to data point, it is the plain module.
 */
export function writeWasm(loops: Loops): string {
	return new ModuleWriter(loops, (all, state) => {
		const rows = wasmRows(all, state);
		return rows ? writeRows(all, state, rows) : writePass(all, state);
	}).write();
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
	step: "step",
	sigmoid: "sigmoid",
};

function writeRows(
	loops: Loops,
	state: State,
	rows: WasmRows,
): PassSource | null {
	const { pass: kernel, plan } = loops;
	const pass = blockPass(loops);
	if (!kernel || !pass || plan.dataAxis === null) return null;
	const { layout, size, length, shared, before, sums, renews } = passParts(
		loops,
		kernel,
		pass,
		state,
	);
	const ofState = (dims: readonly Dim[]) =>
		dims
			.map((d) =>
				typeof d === "number" ? String(d) : `state.${layout.name(d)}`,
			)
			.join(" * ") || "1";
	const total = (lengths: readonly string[]) => lengths.join(" + ") || "0";
	const pointed = rows.rooms.filter((r) => r.isOfPoints);
	const needs = [
		`rows: state.${size(plan.dataAxis)}`,
		`sums: ${total(sums.map((s) => ofState(s.dims)))}`,
		`width: ${total(pointed.map((r) => (r.dims.length > 0 ? `(${ofState(r.dims)} | 1)` : "1")))}`,
		`tables: ${total(shared.map((t) => `${ofState(t.dims)} + 1`))}`,
	];
	needs.push(`given: ${rows.parameters.length + 2}`);
	const passed = rows.parameters.map(({ name, isArray }) =>
		isArray ? `${name}.byteOffset` : name,
	);
	const flags = [
		renews ? "renew" : "true",
		pass.forgets ? "state.keep" : "true",
	];
	const lines = [
		"\tstate.top = state.scratch;",
		...shared.map(
			({ name, dims }) => `\tconst ${name} = room(state, ${length(dims)});`,
		),
		...before,
		`\trunRows(state, ${flags.join(", ")}, [${passed.join(", ")}]);`,
		...(sums.length > 0
			? [`\taddStripes(state, [${sums.map((s) => s.sum).join(", ")}]);`]
			: []),
	];
	const imports = `{ ${rows.imports.map((i) => `${i.name}: ${functions[i.name]}`).join(", ")} }`;
	return {
		source: [
			[
				"/** The rows of the pass, compiled, as text; the byte of its memory's kind, which is 3 if it is shared. */",
				`const WASM = ${JSON.stringify(Buffer.from(rows.bytes).toString("base64"))};`,
				`const MEMORY_KIND = ${rows.memoryKind};`,
				"/** Where bytes may be replaced so that a product and a sum become one instruction. */",
				`const FUSIBLE = ${JSON.stringify(rows.fusible)};`,
				`const IMPORTS = ${imports};`,
				"/** What another thread runs to take stripes of the rows. */",
				`const WORKER = ${JSON.stringify(workerSource(imports, helpersFor(imports, helpers)))};`,
			].join("\n"),
		],
		start: [`\tmoveToMemory(state, { ${needs.join(", ")} }, threads);`],
		usesThreads: true,
		pass: passFunction(kernel, lines, state),
	};
}
