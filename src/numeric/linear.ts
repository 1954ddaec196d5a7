import type { Arithmetic } from "./arithmetic.js";

/** What elimination asks of an arithmetic. */
export type Field<T> = Pick<
	Arithmetic<T>,
	"zero" | "one" | "sub" | "mul" | "div" | "toNumber"
>;

/** Small dense matrices, rows of numbers, in any arithmetic. Singular ones give infinite or undefined entries. */
export type Matrix<T> = readonly (readonly T[])[];

/**
 * Lower triangular L with L Lᵀ = (A + Aᵀ)/2, which is A where it is symmetric. So both entries of a pair have a say in a
 * derivative by A, each half of it, as they have where the moments are written out.
 */
export function cholesky<T>(A: Arithmetic<T>, matrix: Matrix<T>): T[][] {
	const half = A.fromNumber(0.5);
	const lower: T[][] = [];
	matrix.forEach((row, i) => {
		const made: T[] = [];
		for (let j = 0; j <= i; j += 1) {
			const other = j === i ? made : (lower[j] as T[]);
			let rest = row[j] as T;
			if (j < i) rest = A.mul(half, A.add(rest, (matrix[j] as T[])[i] as T));
			for (let k = 0; k < j; k += 1)
				rest = A.sub(rest, A.mul(made[k] as T, other[k] as T));
			made.push(j === i ? A.pow(rest, half) : A.div(rest, other[j] as T));
		}
		lower.push(made);
	});
	return lower;
}

/** Rows reduced by elimination with the largest pivot; `right` is carried along. Returns the determinant. */
function eliminate<T>(A: Field<T>, rows: T[][], right: T[][]): T {
	let determinant = A.one;
	for (let c = 0; c < rows.length; c += 1) {
		const best = pivotRow(A, rows, c);
		if (best !== c) {
			swap(rows, best, c);
			swap(right, best, c);
			determinant = A.sub(A.zero, determinant);
		}
		const pivot = (rows[c] as T[])[c] as T;
		determinant = A.mul(determinant, pivot);
		if (A.toNumber(pivot) === 0) return determinant;
		for (let r = c + 1; r < rows.length; r += 1) {
			const factor = A.div((rows[r] as T[])[c] as T, pivot);
			subtract(A, rows[r] as T[], rows[c] as T[], factor);
			subtract(A, right[r] ?? [], right[c] ?? [], factor);
		}
	}
	return determinant;
}

function pivotRow<T>(
	A: Field<T>,
	rows: readonly T[][],
	column: number,
): number {
	let best = column;
	const size = (r: number): number =>
		Math.abs(A.toNumber((rows[r] as T[])[column] as T));
	for (let r = column + 1; r < rows.length; r += 1)
		if (size(r) > size(best)) best = r;
	return best;
}

function swap<T>(rows: T[][], a: number, b: number): void {
	if (rows.length > 0) [rows[a], rows[b]] = [rows[b] as T[], rows[a] as T[]];
}

function subtract<T>(
	A: Field<T>,
	row: T[],
	other: readonly T[],
	factor: T,
): void {
	for (let c = 0; c < row.length; c += 1)
		row[c] = A.sub(row[c] as T, A.mul(factor, other[c] as T));
}

export function determinant<T>(A: Field<T>, matrix: Matrix<T>): T {
	return eliminate(
		A,
		matrix.map((row) => [...row]),
		[],
	);
}

export function inverse<T>(A: Field<T>, matrix: Matrix<T>): T[][] {
	const rows = matrix.map((row) => [...row]);
	const right = matrix.map((_, r) =>
		matrix.map((__, c) => (r === c ? A.one : A.zero)),
	);
	eliminate(A, rows, right);
	for (let r = rows.length - 1; r >= 0; r -= 1) {
		const row = rows[r] as T[];
		for (let below = r + 1; below < rows.length; below += 1)
			subtract(A, right[r] as T[], right[below] as T[], row[below] as T);
		right[r] = (right[r] as T[]).map((x) => A.div(x, row[r] as T));
	}
	return right;
}
