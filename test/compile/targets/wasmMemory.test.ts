import { expect, it } from "vitest";
import { helpers } from "../../../src/compile/targets/js/runtime/index.js";

interface State {
	readonly frame: readonly number[];
	readonly sums: Float64Array;
}

const sourceOf = (name: string) =>
	helpers.find((h) => h.name === name)?.source ?? "";

/** The helper of emitted modules, with nothing around it: no rows are compiled and no threads start. */
const moveToMemory = new Function(
	`const own = { Memory: WebAssembly.Memory, Instance: class { exports = {}; } };
	return ((WebAssembly) => {
		const [mayShare, compiledRows, hireCrew, IMPORTS] = [() => true, () => null, () => ({}), {}];
		${sourceOf("stripesOf")}
		${sourceOf("moveToMemory")}
		return moveToMemory;
	})(own);`,
)() as (
	state: unknown,
	needs: Readonly<Record<string, number>>,
	threads: number,
) => void;

it("has threads work in pages of their own, so that none waits for what another one writes", () => {
	const state = { x: new Float64Array(5) } as unknown as State;
	const needs = { rows: 5000, sums: 7, width: 9, tables: 3, given: 1 };
	moveToMemory(state, needs, 2);
	const [, places, each, sumsAt, , block] = state.frame as number[] &
		readonly [number, number, number, number, number, number];
	expect([places % 4096, each % 4096]).toEqual([0, 0]);
	// sums, and for each point of a block its width, in two lanes; then a page that nobody writes to
	expect(each - 16 * (7 + block * 9)).toBeGreaterThanOrEqual(4096);
	expect(sumsAt).toBe(places + 2 * each);
	expect(state.sums.byteOffset).toBe(sumsAt);
});
