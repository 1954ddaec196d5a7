import type { Compiler, RunWhole } from "./compiler.js";
import type { Frame } from "./frame.js";
import type { Binder } from "./scalar.js";
import { extent } from "./world.js";

/** The array that a binder ranges over in a world. */
export interface Extents {
	readonly plates: readonly number[];
	readonly shape: readonly number[];
	readonly instances: number;
	readonly width: number;
	covers(instance: number): boolean;
}

/** Evaluates which instances a binder binds: all, one, or all but one. */
export function compileExtents<T>(
	compiler: Compiler<T>,
	binder: Binder,
): (frame: Frame<T>) => Extents {
	const only = binder.only?.map((e) => compiler.whole(e)) ?? null;
	const except = binder.except?.map((e) => compiler.whole(e)) ?? null;
	return (frame) => {
		const plates = binder.plates.map((d) => extent(frame.world, d));
		const shape = binder.shape.map((d) => extent(frame.world, d));
		const chosen = only && position(plates, only, frame);
		const left = except && position(plates, except, frame);
		return {
			plates,
			shape,
			instances: plates.reduce((a, b) => a * b, 1),
			width: shape.reduce((a, b) => a * b, 1),
			covers: (instance) =>
				(chosen === null || instance === chosen) &&
				(left === null || instance !== left),
		};
	};
}

/** The flat position of subscripts; −1 outside. */
function position<T>(
	plates: readonly number[],
	at: readonly RunWhole<T>[],
	frame: Frame<T>,
): number {
	let flat = 0;
	for (const [axis, run] of at.entries()) {
		const subscript = run(frame);
		const length = plates[axis] ?? 1;
		if (!(subscript >= 1 && subscript <= length)) return -1;
		flat = flat * length + subscript - 1;
	}
	return flat;
}

/** The subscripts, from 1, of a flat position. */
export function subscriptsOf(
	plates: readonly number[],
	instance: number,
): number[] {
	const at: number[] = [];
	let rest = instance;
	for (let axis = plates.length - 1; axis >= 0; axis -= 1) {
		const length = plates[axis] as number;
		at.unshift((rest % length) + 1);
		rest = Math.floor(rest / length);
	}
	return at;
}
