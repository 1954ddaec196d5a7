import { expect } from "vitest";
import type { Loops } from "../../../src/compile/kernels.js";
import { writeModule } from "../../../src/compile/targets/js.js";
import { loadSolver } from "../../../src/solve/solver.js";
import type { World } from "./worlds.js";

export interface Run {
	readonly parameters: Readonly<Record<string, ArrayLike<number>>>;
	readonly elbo: readonly number[];
}

export const sweeps = 50;

/** An ES module's result after 50 sweeps from a world's starting values. */
export async function runModule(
	loops: Loops,
	world: World,
	write: (loops: Loops) => string = writeModule,
	options: { readonly threads?: number } = {},
): Promise<Run> {
	const solver = await loadSolver(write(loops));
	const inputs = { ...world.sizes, ...numbersAsNumbers(world.inputs) };
	const { parameters, elbo } = await solver.solve(inputs, {
		init: world.starts,
		maxSweeps: sweeps,
		tolerance: 0,
		...options,
	});
	const data = Object.entries(parameters).map(([name, t]) => [name, t.data]);
	return { parameters: Object.fromEntries(data), elbo };
}

function numbersAsNumbers(inputs: World["inputs"]) {
	return Object.fromEntries(
		Object.entries(inputs).map(([name, tensor]) => [
			name,
			tensor.shape.length === 0 ? tensor.data[0] : tensor,
		]),
	);
}

/** Equal to 1e-9, relative to the largest entry of each array; a bound that has stopped may have stopped earlier. */
export function expectAgreement(actual: Run, expected: Run): void {
	const last = Math.min(actual.elbo.length, expected.elbo.length);
	expectClose(actual.elbo.slice(0, last), expected.elbo.slice(0, last));
	expect(Object.keys(actual.parameters)).toEqual(
		Object.keys(expected.parameters),
	);
	for (const [name, values] of Object.entries(expected.parameters))
		expectClose(actual.parameters[name] ?? [], values);
}

function expectClose(a: ArrayLike<number>, b: ArrayLike<number>): void {
	expect(a.length).toBe(b.length);
	let scale = 1;
	for (let n = 0; n < b.length; n++)
		scale = Math.max(scale, Math.abs(b[n] as number));
	let worst = 0;
	for (let n = 0; n < b.length; n++) {
		const apart = Math.abs((a[n] as number) - (b[n] as number));
		worst = Number.isNaN(apart) ? Infinity : Math.max(worst, apart);
	}
	expect(worst / scale).toBeLessThan(1e-9);
}
