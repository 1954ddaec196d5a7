import { valuesOf } from "../rows.js";
import {
	freeIndices,
	type IndexScalar,
	isValue,
	keyOf,
	mapParts,
	number,
	parts,
	replaceIndices,
	type Scalar,
	sizeOf,
} from "../scalar.js";
import type { LoopStatement, Statement } from "../statement.js";
import { bodiesOf, namesMade, rewrite } from "./rewrite.js";

/**
 * Several turns of a loop at once: each statement as many times in a row, and each loop inside once, with so many
 * turns' worth in its body (unroll and jam). What the turns read in common is then read once, and as many sums are
 * under way at the same time as there are turns.
 */
export function jam(
	body: readonly Statement[],
	index: IndexScalar,
	turns: number,
): readonly Statement[] {
	if (turns === 1) return body;
	const own = namesMade(body);
	const inTurn = (s: Statement, turn: number): Statement => {
		const name = (local: string) =>
			own.has(local) ? `${local}_${turn}` : local;
		const next: Scalar = { kind: "add", terms: [index, number(turn)] };
		const at = new Map<string, Scalar>(turn > 0 ? [[index.name, next]] : []);
		return rewrite(s, {
			name,
			value: (v) => renamed(replaceIndices(v, at), name),
		});
	};
	const copies = (s: Statement): readonly Statement[] =>
		bodiesOf(s).length > 0
			? [withBodies(s, (block) => block.flatMap(copies))]
			: Array.from({ length: turns }, (_, turn) => inTurn(s, turn));
	return body.flatMap(copies);
}

/** The statement with each block inside of it replaced. */
export function withBodies(
	s: Statement,
	change: (body: readonly Statement[]) => readonly Statement[],
): Statement {
	switch (s.kind) {
		case "loop":
			return { ...s, body: change(s.body) };
		case "tiles":
			return {
				...s,
				parts: s.parts.map((p) => ({ ...p, body: change(p.body) })),
			};
		case "if":
			return { ...s, body: change(s.body), otherwise: change(s.otherwise) };
		default:
			return s;
	}
}

/** A loop over all of a size that takes so many turns at once, and then fewer as long as some are left. */
export function tiled(
	index: IndexScalar,
	turns: number,
	body: readonly Statement[],
): Statement {
	const steps = [4, 2, 1].filter((step) => step <= turns);
	return {
		kind: "tiles",
		index,
		parts: steps.map((step) => ({ step, body: jam(body, index, step) })),
	};
}

function renamed(value: Scalar, name: (local: string) => string): Scalar {
	if (value.kind === "local") return { ...value, name: name(value.name) };
	return mapParts(value, (part) => renamed(part, name));
}

/**
 * Whether turns of a loop may be taken at once: it runs over its whole size, no turn reads what another one writes, and
 * no loop inside depends on which turn it is.
 */
export function canJam(s: LoopStatement): boolean {
	return (
		isWhole(s) && isApart(s.body, s.index.name) && isEven(s.body, s.index.name)
	);
}

/** Whether a loop runs over all of its size. */
export function isWhole(s: LoopStatement): boolean {
	return (
		isValue(s.lower, 1) &&
		s.except.length === 0 &&
		keyOf(s.upper) === keyOf(sizeOf(s.index.size))
	);
}

/** Whether the ranges of all loops inside are the same in each turn. */
function isEven(body: readonly Statement[], index: string): boolean {
	return body.every((s) => {
		const ranges = s.kind === "loop" ? valuesOf(s) : [];
		return (
			!ranges.some((v) => freeIndices(v).has(index)) &&
			bodiesOf(s).every((inner) => isEven(inner, index))
		);
	});
}

/** Whether each turn writes and reads elements of its own, in all arrays that are written. */
function isApart(body: readonly Statement[], index: string): boolean {
	const axes = new Map<string, number>();
	let apart = true;
	const isOwn = (at: readonly Scalar[], axis: number) => {
		const subscript = at[axis];
		return subscript?.kind === "index" && subscript.name === index;
	};
	const write = (array: string, at: readonly Scalar[]): void => {
		const axis = axes.get(array) ?? at.findIndex((_, n) => isOwn(at, n));
		axes.set(array, axis);
		apart &&= axis >= 0 && isOwn(at, axis);
	};
	const each = (
		block: readonly Statement[],
		visit: (s: Statement) => void,
	): void => {
		for (const s of block) {
			visit(s);
			for (const inner of bodiesOf(s)) each(inner, visit);
		}
	};
	each(body, (s) => {
		if (s.kind === "store") write(s.array, s.at);
		if (s.kind === "normalise") {
			write(s.array, s.at);
			if (s.logs) write(s.logs.array, s.logs.at);
		}
	});
	const reads = (value: Scalar): void => {
		const axis = value.kind === "read" ? axes.get(value.array) : undefined;
		if (value.kind === "read" && axis !== undefined)
			apart &&= isOwn(value.at, axis);
		for (const part of parts(value)) reads(part);
	};
	each(body, (s) => {
		for (const value of valuesOf(s)) reads(value);
	});
	return apart;
}
