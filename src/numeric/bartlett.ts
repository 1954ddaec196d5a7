import type { Arithmetic } from "./arithmetic.js";
import { hermiteRule } from "./hermite.js";
import type { Node, NodeRequest, Parameter, Parts } from "./measure.js";
import { nodeList } from "./nodeLists.js";
import type { ComposedMatrix, EntryRule, Scalar } from "./scalar.js";
import { number, plus, times } from "./scalarBuild.js";
import { lgamma } from "./special.js";
import { trapezoid } from "./trapezoid.js";
import { Undecided } from "./undecided.js";

/**
 * Bartlett's decomposition: Λ ∼ W(W, ν) is L A Aᵀ Lᵀ with L the Cholesky factor of W and A lower triangular with
 * independent entries, standard normals below the diagonal and roots of chi-squares with ν, ν − 1, … degrees on it.
 * Mardia, Kent and Bibby (1979), section 3.4. So expectations fall apart into integrals over single numbers.
 */

/** Up to this many rows the inverse of A is written out. */
const mostRows = 5;

/** The nodes of one entry of A. */
export function bartlettNodes<T>({
	A,
	parameters,
	component,
	level,
}: NodeRequest<T>): readonly Node<T>[] {
	const { rows } = parameters.scale as Parameter<T>;
	if (rows > mostRows)
		throw new Undecided(`a random matrix of ${rows} rows is too large`);
	const row = Math.floor(component / rows);
	const column = component % rows;
	if (row < column) return [{ value: A.zero, weight: A.one }];
	if (row > column) return hermiteRule(A, 4 + 4 * level).list;
	const all = (parameters.degrees as Parameter<T>).entry(1, 1);
	const degrees = A.sub(all, A.fromNumber(row));
	return nodeList(A, "chi", [degrees], level, () =>
		chiNodes(A, degrees, level),
	);
}

/** Where the weights of the highest levels have fallen to e^{−depth}. */
const depthAt = (level: number): number => 34 + 8 * level;

/**
 * The root of a chi-square x, by the trapezoidal rule in u with log x = u − e^{−u}, up to a shift: the density then falls
 * off doubly exponentially on both sides. Takahasi and Mori, Publ. RIMS 9 (1974).
 */
function chiNodes<T>(A: Arithmetic<T>, degrees: T, level: number): Node<T>[] {
	const half = A.fromNumber(0.5);
	const shape = A.mul(half, degrees);
	const a = A.toNumber(shape);
	if (!(a > 0))
		return [{ value: A.fromNumber(Number.NaN), weight: A.fromNumber(1) }];
	const centre = Math.log(2 * a) - bend(1);
	const constant = A.sub(A.mul(shape, A.log(half)), lgamma(A, shape));
	const fallen = (u: number): number => {
		const s = bend(u) - bend(1);
		return a * (Math.exp(s) - 1 - s) - Math.log1p(Math.exp(-u));
	};
	const depth = depthAt(level);
	const line = {
		low: 1 - reach((s) => fallen(1 - s), depth),
		high: 1 + reach((s) => fallen(1 + s), depth),
		step: 0.7 ** level * Math.min(0.3, 0.55 / Math.sqrt(a)),
	};
	return trapezoid(A, line, (u) => {
		const logX = A.fromNumber(centre + bend(u));
		const x = A.exp(logX);
		const slope = A.fromNumber(Math.log1p(Math.exp(-u)));
		return {
			value: A.exp(A.mul(half, logX)),
			logWeight: A.add(
				A.add(constant, slope),
				A.sub(A.mul(shape, logX), A.mul(half, x)),
			),
		};
	});
}

function bend(u: number): number {
	return u - Math.exp(-u);
}

/** The distance at which a function has risen to a height, from where on it rises. */
function reach(f: (s: number) => number, height: number): number {
	let low = 0;
	let high = 0.5;
	while (f(high) < height) [low, high] = [high, high * 1.5];
	for (let i = 0; i < 8; i += 1) {
		const middle = (low + high) / 2;
		if (f(middle) < height) low = middle;
		else high = middle;
	}
	return high;
}

const power = (base: Scalar, n: number): Scalar => ({
	op: "pow",
	base,
	exponent: number(n),
});
const one = number(1);

/** The matrix L A Aᵀ Lᵀ where L Lᵀ is the scale, with its inverse and its log determinant. */
export function bartlett(parts: Parts, scale: EntryRule): ComposedMatrix {
	const { size, sum, product, drawn } = parts;
	const factor = (row: Scalar, column: Scalar): Scalar => ({
		op: "cholesky",
		of: scale,
		row,
		column,
	});
	const inverseFactor = parts.matrix(factor);
	const unfactor = (row: Scalar, column: Scalar): Scalar => ({
		op: "inverse",
		of: inverseFactor,
		row,
		column,
	});
	/** Entries of L A and of (L A)⁻¹. */
	const root = (row: Scalar, column: Scalar): Scalar =>
		sum(column, row, (i) => times(factor(row, i), drawn(i, column)));
	const inverseRoot = (row: Scalar, column: Scalar): Scalar =>
		plus(
			times(unfactor(row, column), power(drawn(row, row), -1)),
			sum(column, plus(row, number(-1)), (at) =>
				times(unfactor(at, column), belowDiagonal(parts, row, at)),
			),
		);
	return {
		entry: (row, column) =>
			sum(one, row, (j) => times(root(row, j), root(column, j))),
		root: (row, v) => sum(one, row, (e) => times(root(row, e), v(e))),
		inverseRoot: (row, v) =>
			sum(row, size, (e) => times(inverseRoot(e, row), v(e))),
		inverse: (row, column) =>
			sum(row, size, (l) => times(inverseRoot(l, row), inverseRoot(l, column))),
		logDeterminant: () =>
			plus(
				logDeterminantOf(scale),
				sum(one, size, (d) =>
					times(number(2), { op: "apply", fn: "log", argument: drawn(d, d) }),
				),
			),
		determinant: (exponent) =>
			times(
				{ op: "pow", base: determinantOf(scale), exponent },
				product(one, size, (d) => ({
					op: "pow",
					base: drawn(d, d),
					exponent: times(number(2), exponent),
				})),
			),
	};
}

function logDeterminantOf(of: EntryRule): Scalar {
	return { op: "apply", fn: "log", argument: determinantOf(of) };
}

function determinantOf(of: EntryRule): Scalar {
	return { op: "determinant", of, row: one, column: one };
}

/**
 * Entry (row, column) of A⁻¹ below the diagonal: the sum over all ways down, row > m > … > column, of
 * (−1)^{steps} Π A_{from, to} / Π A_{m, m}. The Neumann series of a nilpotent matrix.
 */
function belowDiagonal(parts: Parts, row: Scalar, column: Scalar): Scalar {
	const { drawn, sum } = parts;
	const ways = (from: Scalar, steps: number): Scalar => {
		const last = times(
			number(-1),
			drawn(from, column),
			power(drawn(from, from), -1),
			power(drawn(column, column), -1),
		);
		if (steps === 1) return last;
		const further = sum(plus(column, one), plus(from, number(-1)), (m) =>
			times(
				number(-1),
				drawn(from, m),
				power(drawn(from, from), -1),
				ways(m, steps - 1),
			),
		);
		return plus(last, further);
	};
	return ways(row, mostRows - 1);
}
