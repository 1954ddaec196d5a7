import Fraction from "fraction.js";
import { symbolAtom, variablesOf } from "../atoms.js";
import { isDefinite } from "../definite.js";
import { type Environment, freshIndex } from "../environment.js";
import { type BoundIndex, columnSlot, type Factor, rowSlot } from "../form.js";
import { contract } from "./monomial.js";
import type { Summand } from "./summand.js";

/**
 * A positive definite matrix as the square of its root, A_de = Σ_f √A_df √A_ef, so that uᵀ A u = Σ_f (√A u)_f² is a sum of
 * squares. Horn and Johnson, Matrix Analysis (2013), theorem 7.2.6.
 */
export function withRootsOfMatrices(
	env: Environment,
	summand: Summand,
): Summand | null {
	const bound = new Map(summand.bound.map((b) => [b.name, b]));
	const factors: Factor[] = [];
	const added: BoundIndex[] = [];
	const ends = new Set<BoundIndex>();
	for (const f of summand.factors) {
		const matrix = definiteEntry(env, f);
		const row = matrix && bound.get(matrix.row);
		const column = matrix && bound.get(matrix.column);
		if (!matrix || !row || !column || row === column) {
			factors.push(f);
			continue;
		}
		const through = freshIndex(env, row.range);
		added.push({ name: through, range: row.range });
		for (const end of [row, column]) {
			ends.add(end);
			const atom = symbolAtom(matrix.root, [
				...matrix.plate,
				end.name,
				through,
			]);
			factors.push({ atom, exponent: new Fraction(1) });
		}
	}
	const opened = { ...summand, factors, bound: [...summand.bound, ...added] };
	// One end after the other: two that share a factor must not become one sum.
	return [...ends].reduce<Summand | null>(
		(acc, end) => acc && contract(env, acc, [end]),
		opened,
	);
}

interface DefiniteEntry {
	readonly root: string;
	readonly plate: readonly string[];
	readonly row: string;
	readonly column: string;
}

/** An entry of a matrix that is declared positive definite, or of the inverse of one. */
function definiteEntry(
	env: Environment,
	{ atom, exponent }: Factor,
): DefiniteEntry | null {
	if (!exponent.equals(1)) return null;
	if (atom.kind === "symbol") {
		if (env.context.symbols.get(atom.name)?.type !== "posdef") return null;
		const [row, column] = atom.ix.slice(-2) as [string, string];
		return { root: `√${atom.name}`, plate: atom.ix.slice(0, -2), row, column };
	}
	if (atom.kind !== "inverse" || !isDefinite(env, atom.matrix)) return null;
	const isClosed = [...variablesOf(atom.matrix)].every(
		(v) => v === rowSlot || v === columnSlot,
	);
	const { row, column } = atom;
	return isClosed
		? { root: `√inv(${atom.matrix.key})`, plate: [], row, column }
		: null;
}
