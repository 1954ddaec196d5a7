import Fraction from "fraction.js";

/** Whether a symmetric matrix of exact rationals is positive semidefinite, by elimination. */
export function isSemidefinite(
	matrix: readonly (readonly Fraction[])[],
): boolean {
	let rest = matrix.map((row) => [...row]);
	while (rest.length > 0) {
		const [first, ...others] = rest as [Fraction[], ...Fraction[][]];
		const [pivot, ...row] = first as [Fraction, ...Fraction[]];
		if (pivot.s < 0n) return false;
		if (pivot.n === 0n && row.some((x) => x.n !== 0n)) return false;
		rest = others.map(([head, ...tail]) =>
			pivot.n === 0n
				? tail
				: tail.map((x, j) =>
						x.sub((head as Fraction).mul(row[j] as Fraction).div(pivot)),
					),
		);
	}
	return true;
}

/** A square matrix of zeros. */
export function zeros(size: number): Fraction[][] {
	return Array.from({ length: size }, () =>
		Array.from({ length: size }, () => new Fraction(0)),
	);
}
