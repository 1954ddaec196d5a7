import type { Compiler, Run, RunWhole } from "./compiler.js";
import type { FlatArray, Frame, Location } from "./frame.js";
import type { ComplementNode, ValueNode } from "./scalar.js";

/** Reads a symbol: of the innermost binder that covers the instance, else of the world. Outside its axes it is undefined. */
export function compileValue<T>(
	compiler: Compiler<T>,
	node: ValueNode,
): Run<T> {
	const { A } = compiler;
	const undefinedValue = A.fromNumber(Number.NaN);
	if (node.binders.length === 0)
		return freeValue(compiler, node, undefinedValue);
	const free = freeValue(compiler, node, undefinedValue);
	const at = node.at.map((a) => compiler.whole(a));
	const ids = node.binders.map((binder) => binder.id);
	return (frame) => {
		for (const id of ids) {
			const store = frame.store(id);
			const instance = flatten(store.plates, at, frame, 0);
			if (instance < 0) return undefinedValue;
			if (!store.covers(instance)) continue;
			const component = flatten(store.shape, at, frame, store.plates.length);
			return component < 0
				? undefinedValue
				: frame.readBound(id, instance, component);
		}
		return free(frame);
	};
}

/** 1 − x, as exactly as whoever drew x knows it. */
export function compileComplement<T>(
	compiler: Compiler<T>,
	{ of }: ComplementNode,
): Run<T> {
	const { A } = compiler;
	const value = compiler.run(of);
	const locate = compileLocation(compiler, of);
	return (frame) => {
		const x = value(frame);
		const place = locate(frame);
		const known =
			place?.binder == null
				? null
				: frame.boundComplement(
						place.binder,
						Math.floor(place.flat / frame.store(place.binder).width),
						place.flat % frame.store(place.binder).width,
					);
		return known ?? A.sub(A.one, x);
	};
}

function freeValue<T>(
	compiler: Compiler<T>,
	node: ValueNode,
	undefinedValue: T,
): Run<T> {
	const at = node.at.map((a) => compiler.whole(a));
	let lastFrame: Frame<T> | null = null;
	let array: FlatArray<T> | null = null;
	return (frame) => {
		if (frame !== lastFrame) {
			lastFrame = frame;
			array = frame.array(node.name);
		}
		if (!array) return undefinedValue;
		const flat = flatten(array.dims, at, frame, 0);
		return flat < 0 ? undefinedValue : (array.data[flat] as T);
	};
}

/** The position in an array of some subscripts, from `first` on; −1 if one of them is outside. */
function flatten<T>(
	dims: readonly number[],
	at: readonly RunWhole<T>[],
	frame: Frame<T>,
	first: number,
): number {
	let flat = 0;
	for (let axis = 0; axis < dims.length; axis += 1) {
		const run = at[first + axis];
		const subscript = run ? run(frame) : Number.NaN;
		const length = dims[axis] as number;
		if (!(subscript >= 1 && subscript <= length && Number.isInteger(subscript)))
			return -1;
		flat = flat * length + subscript - 1;
	}
	return flat;
}

/** Where a symbol's value lives, null if nowhere. */
export function compileLocation<T>(
	compiler: Compiler<T>,
	node: ValueNode,
): (frame: Frame<T>) => Location | null {
	const at = node.at.map((a) => compiler.whole(a));
	return (frame) => {
		for (const { id } of node.binders) {
			const store = frame.store(id);
			const instance = flatten(store.plates, at, frame, 0);
			if (instance < 0) return null;
			if (!store.covers(instance)) continue;
			const component = flatten(store.shape, at, frame, store.plates.length);
			return component < 0
				? null
				: {
						binder: id,
						name: node.name,
						flat: instance * store.width + component,
					};
		}
		const array = frame.array(node.name);
		const flat = array ? flatten(array.dims, at, frame, 0) : -1;
		return flat < 0 ? null : { binder: null, name: node.name, flat };
	};
}
