import type { Arithmetic } from "./arithmetic.js";
import type { Compiler, Run } from "./compiler.js";
import { epoch } from "./epoch.js";
import type { Frame } from "./frame.js";
import { freeOf } from "./free.js";
import { cholesky, determinant, inverse, type Matrix } from "./linear.js";
import type { EntryRule, MatrixNode } from "./scalar.js";
import { extent } from "./world.js";

/** The matrix of an entry rule. */
export function compileMatrix<T>(
	compiler: Compiler<T>,
	rule: EntryRule,
): (frame: Frame<T>) => Matrix<T> {
	const entry = compiler.run(rule.entry);
	return (frame) => {
		const rows: T[][] = [];
		for (let r = 1; r <= extent(frame.world, rule.rows); r += 1) {
			const row: T[] = [];
			for (let c = 1; c <= extent(frame.world, rule.columns); c += 1) {
				frame.slots[rule.rowSlot] = r;
				frame.slots[rule.columnSlot] = c;
				row.push(entry(frame));
			}
			rows.push(row);
		}
		frame.work.charge(rows.length * rows.length * freeOf(rule.entry).nodes);
		return rows;
	};
}

/** The Cholesky factor with its zeros. */
function lowerFactor<T>(A: Arithmetic<T>, matrix: Matrix<T>): T[][] {
	return cholesky(A, matrix).map((row) =>
		matrix.map((_, c) => row[c] ?? A.zero),
	);
}

/** A determinant, or an entry of an inverse or of a Cholesky factor. */
export function compileMatrixNode<T>(
	compiler: Compiler<T>,
	node: MatrixNode,
): Run<T> {
	const { A } = compiler;
	const matrix = compileMatrix(compiler, node.of);
	if (node.op === "determinant")
		return (frame) => determinant(A, matrix(frame));
	const f = node.op === "inverse" ? inverse<T> : lowerFactor<T>;
	const found = remembering(A, node, (frame: Frame<T>) => f(A, matrix(frame)));
	const row = compiler.whole(node.row);
	const column = compiler.whole(node.column);
	return (frame) => {
		const r = row(frame);
		const c = column(frame);
		const entry = found(frame)[r - 1]?.[c - 1];
		return entry ?? A.fromNumber(Number.NaN);
	};
}

/**
 * Results, kept while the frame is the same, by the slots and the labels that the matrix reads: entries are asked for in
 * turn. Where it reads other random variables, one result is kept until a variable gets another value.
 */
function remembering<T>(
	A: Arithmetic<T>,
	node: MatrixNode,
	compute: (frame: Frame<T>) => Matrix<T>,
): (frame: Frame<T>) => Matrix<T> {
	const { rowSlot, columnSlot, entry } = node.of;
	const free = freeOf(entry);
	const binders = [...free.binders];
	const slots = [...free.slots].filter(
		(s) => s !== rowSlot && s !== columnSlot,
	);
	const untilDrawn = rememberingLast(compute, slots);
	let last: Frame<T> | null = null;
	const results = new Map<string, Matrix<T>>();
	return (frame) => {
		const labels = binders.map(
			(id) => frame.stores[id]?.labelsDrawn?.() ?? null,
		);
		if (labels.includes(null)) return untilDrawn(frame);
		if (last !== frame || results.size > mostResults) results.clear();
		last = frame;
		const key = [
			...slots.map((s) => frame.slots[s]),
			...labels.flat().map((x) => A.toNumber(x as T)),
		].join();
		const known = results.get(key);
		if (known !== undefined) return known;
		const made = compute(frame);
		results.set(key, made);
		return made;
	};
}

const mostResults = 64;

/** The last result while no variable gets another value. It is charged for again, so that budgets do not depend on it. */
function rememberingLast<T>(
	compute: (frame: Frame<T>) => Matrix<T>,
	slots: readonly number[],
): (frame: Frame<T>) => Matrix<T> {
	let last: Frame<T> | null = null;
	let since = -1;
	let at: readonly number[] = [];
	let result: Matrix<T> = [];
	let cost = 0;
	return (frame) => {
		const isSame =
			last === frame &&
			since === epoch() &&
			slots.every((s, i) => at[i] === frame.slots[s]);
		if (isSame) {
			frame.work.charge(cost);
			return result;
		}
		last = null;
		at = slots.map((s) => frame.slots[s] as number);
		const before = frame.work.spent;
		result = compute(frame);
		cost = frame.work.spent - before;
		since = epoch();
		last = frame;
		return result;
	};
}
