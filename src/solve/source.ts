import { totalmem } from "node:os";
import { makeLoops } from "../compile/kernels.js";
import type { Plan } from "../compile/plan.js";
import { writeModule } from "../compile/targets/js.js";
import { writeWasm } from "../compile/targets/wasm.js";
import { Problem } from "../problem.js";
import type { Rows } from "./rows.js";

/** Numbers that a WebAssembly memory of 4 GB holds, with some left for tables. */
const mostNumbers = 4.5e8;

/** Part of the machine's memory that what a solver holds may take: starting values and results are made beside it. */
const mostMemory = 0.4;

/**
 * The solver for these data: with compiled rows, where what it holds fits into their memory, and nobody looks inside.
 * @throws Problem if data and parameters do not fit into the machine's memory
 */
export function solverSource(
	plan: Plan,
	rows: Rows,
	set: Readonly<Record<string, unknown>>,
	debug = false,
): string {
	const held = numbersHeld(plan, rows, set);
	if (8 * held > mostMemory * totalmem())
		throw new Problem(
			`data and parameters are ${held.toPrecision(3)} numbers, too many for this machine's memory`,
			null,
			"smaller sizes, or --memory to read the data in chunks",
		);
	const loops = makeLoops(plan);
	return !debug && held < mostNumbers ? writeWasm(loops) : writeModule(loops);
}

/** How many numbers data and parameters are. A size that nobody has named yet is taken for 1. */
function numbersHeld(
	plan: Plan,
	rows: Rows,
	set: Readonly<Record<string, unknown>>,
): number {
	const sizes = new Map<string, number>();
	for (const [name, value] of Object.entries(set))
		if (typeof value === "number") sizes.set(name, value);
	for (const { name, dims } of plan.inputs)
		rows.inputs[name]?.shape.forEach((length, axis) => {
			sizes.set(String(dims[axis]), length);
		});
	const size = (dim: string | number) =>
		typeof dim === "number" ? dim : (sizes.get(dim) ?? 1);
	return [...plan.inputs, ...plan.parameters]
		.map((v) => v.dims.map(size).reduce((a, b) => a * b, 1))
		.reduce((a, b) => a + b, 0);
}
