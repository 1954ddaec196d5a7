import type { Environment } from "./environment.js";
import type { Factor, Form } from "./form.js";
import type { Instance } from "./moment.js";
import { plus, scale } from "./ring.js";

const highestOrder = 10;

/** The power to which a product raises a random number, if it does nothing else. */
export function wholePower(
	{ variable }: Instance,
	factors: readonly Factor[],
): number | null {
	const [only, more] = factors;
	if (!only || more) return null;
	const { atom, exponent } = only;
	const isPower =
		atom.kind === "symbol" &&
		atom.name === variable &&
		exponent.d === 1n &&
		exponent.s > 0n &&
		exponent.n <= highestOrder;
	return isPower ? Number(exponent.n) : null;
}

/**
 * E[xᵖ] = Σ_j S(p, j) E[x (x−1) … (x−j+1)], with Stirling's numbers of the second kind. DLMF 26.8.10.
 * @param falling the factorial moment of an order
 */
export function fromFactorialMoments(
	env: Environment,
	power: number,
	falling: (env: Environment, order: number) => Form,
): Form {
	const parts = stirling(power).map((count, order) =>
		count === 0 ? null : scale(falling(env, order), count),
	);
	return plus(...parts.filter((p) => p !== null));
}

/** S(n, 0), …, S(n, n) by S(n, j) = j S(n−1, j) + S(n−1, j−1). */
function stirling(n: number): number[] {
	let row = [1];
	for (let m = 1; m <= n; m += 1)
		row = Array.from(
			{ length: m + 1 },
			(_, j) => j * (row[j] ?? 0) + (row[j - 1] ?? 0),
		);
	return row;
}
