import type { Environment } from "./environment.js";
import {
	columnSlot,
	type Factor,
	type Form,
	rowSlot,
	type Term,
} from "./form.js";
import { lone, substitute } from "./ring.js";
import { signOfFactor } from "./signs.js";

/**
 * Whether the matrix whose (@r, @c) entry is this form is symmetric and positive definite for every allowed value: a sum
 * of positive multiples of identities, of matrices declared so and of their inverses, and of Gram matrices beside one such.
 */
export function isDefinite(env: Environment, matrix: Form): boolean {
	let strict = false;
	for (const term of matrix.terms.values()) {
		const kind = kindOfTerm(env, term);
		if (kind === "unknown") return false;
		if (kind === "definite") strict = true;
	}
	return strict;
}

type Kind = "definite" | "semidefinite" | "unknown";

function kindOfTerm(env: Environment, term: Term): Kind {
	if (term.coefficient.s < 0n) return "unknown";
	const matrix = term.factors.filter(isOverSlots);
	const scalars = term.factors.filter((f) => !isOverSlots(f));
	const isPositive = scalars.every((f) => signOfFactor(env, f) === "positive");
	const isNonnegative = scalars.every(
		(f) => signOfFactor(env, f) !== "unknown",
	);
	if (matrix.length === 1 && isPositive && term.bound.length === 0)
		return isMatrix(env, matrix[0] as Factor) ? "definite" : "unknown";
	return isNonnegative && isOuterSquare(env, matrix)
		? "semidefinite"
		: "unknown";
}

function isOverSlots({ atom }: Factor): boolean {
	return atom.variables.has(rowSlot) || atom.variables.has(columnSlot);
}

/** I, a matrix declared positive definite, or the inverse of one that is. */
function isMatrix(env: Environment, { atom, exponent }: Factor): boolean {
	if (!exponent.equals(1)) return false;
	switch (atom.kind) {
		case "delta":
			return atom.variables.size === 2;
		case "symbol":
			return (
				env.context.symbols.get(atom.name)?.type === "posdef" &&
				atom.variables.has(rowSlot) &&
				atom.variables.has(columnSlot)
			);
		case "inverse":
			return (
				atom.row !== atom.column &&
				[atom.row, atom.column].every(
					(x) => x === rowSlot || x === columnSlot,
				) &&
				isDefinite(env, atom.matrix)
			);
		default:
			return false;
	}
}

/** u_r u_c, summed over whatever is bound. */
function isOuterSquare(env: Environment, factors: readonly Factor[]): boolean {
	const [a, b] = factors;
	if (factors.length !== 2 || !a || !b) return false;
	if (!a.exponent.equals(1) || !b.exponent.equals(1)) return false;
	const [row, column] = a.atom.variables.has(rowSlot) ? [a, b] : [b, a];
	if (row.atom.variables.has(columnSlot) || column.atom.variables.has(rowSlot))
		return false;
	const swapped = substitute(env, lone(row), new Map([[rowSlot, columnSlot]]));
	return swapped.key === lone(column).key;
}
