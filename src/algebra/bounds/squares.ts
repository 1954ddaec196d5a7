import Fraction from "fraction.js";
import type { Environment } from "../environment.js";
import type { BoundIndex, Form } from "../form.js";
import {
	contract,
	type Monomial,
	monomial,
	multiply,
	renamed,
	rootOf,
} from "./monomial.js";
import { withRootsOfMatrices } from "./roots.js";
import { isSemidefinite, zeros } from "./semidefinite.js";
import { renamings, type Summand, subsets, summands } from "./summand.js";

/**
 * Whether a form is a sum of squares Σ_ij g_ij m_i m_j, G positive semidefinite, of monomials m_i that the declared types
 * make real: (x − y)², a + b − 2√(ab), uᵀ A u, and under sums Σ_kl (a_k b_l − a_l b_k)², which is the Cauchy–Schwarz inequality.
 * Powers and Wörmann (1998), J. Pure Appl. Algebra 127, theorem 1.
 */
export function isSumOfSquares(env: Environment, form: Form): boolean {
	return (
		isSumOfSquaresOver(env, form, false) || isSumOfSquaresOver(env, form, true)
	);
}

/** One way to look at a term: its outer indices by their ranges, and the term averaged over their permutations. */
interface View {
	readonly ranges: string;
	readonly parts: readonly { coefficient: Fraction; monomial: Monomial }[];
}

function isSumOfSquaresOver(
	env: Environment,
	form: Form,
	contracting: boolean,
): boolean {
	const terms = summands(env, form).map((s) => viewsOf(env, s, contracting));
	const squares = new Map<string, Gram>();
	const others: (readonly View[])[] = [];
	for (const views of terms) {
		const square = views.find((v) => v.parts.every((p) => isSquare(env, p)));
		if (!square) {
			others.push(views);
			continue;
		}
		const gram = squares.get(square.ranges) ?? new Gram();
		squares.set(square.ranges, gram);
		for (const p of square.parts)
			gram.addSquare(rootOf(env, p.monomial) as Monomial, p.coefficient);
	}
	const isCovered = others.every((views) =>
		views.some((v) => squares.get(v.ranges)?.addProducts(v.parts) ?? false),
	);
	return isCovered && [...squares.values()].every((g) => g.isSemidefinite());
}

function isSquare(env: Environment, part: View["parts"][number]): boolean {
	return part.coefficient.s > 0n && rootOf(env, part.monomial) !== null;
}

/** The products of monomials that a form has, as the matrix between them. */
class Gram {
	readonly roots: Monomial[] = [];
	readonly entries = new Map<string, Fraction>();

	addSquare(root: Monomial, coefficient: Fraction): void {
		let at = this.roots.findIndex((r) => r.key === root.key);
		if (at < 0) at = this.roots.push(root) - 1;
		this.add(at, at, coefficient);
	}

	/** False, and nothing added, if a product is none of two roots. */
	addProducts(parts: View["parts"]): boolean {
		const places = parts.map((p) => this.placeOf(p.monomial));
		if (places.includes(null)) return false;
		parts.forEach((p, n) => {
			const [i, j] = places[n] as readonly [number, number];
			this.add(i, j, i === j ? p.coefficient : p.coefficient.div(2));
		});
		return true;
	}

	isSemidefinite(): boolean {
		const matrix = zeros(this.roots.length);
		for (const [key, value] of this.entries) {
			const [i, j] = key.split(" ").map(Number) as [number, number];
			(matrix[i] as Fraction[])[j] = value;
			(matrix[j] as Fraction[])[i] = value;
		}
		return isSemidefinite(matrix);
	}

	private placeOf(m: Monomial): readonly [number, number] | null {
		for (let i = 0; i < this.roots.length; i++)
			for (let j = i; j < this.roots.length; j++) {
				const both = multiply(
					this.roots[i] as Monomial,
					this.roots[j] as Monomial,
				);
				if (both.key === m.key) return [i, j];
			}
		return null;
	}

	private add(i: number, j: number, value: Fraction): void {
		const key = `${i} ${j}`;
		this.entries.set(
			key,
			(this.entries.get(key) ?? new Fraction(0)).add(value),
		);
	}
}

const mostOuter = 3;

/**
 * The ways to look at a term: as it is under all of its sums, or with some sums as factors of their own, most of them first.
 */
function viewsOf(
	env: Environment,
	summand: Summand,
	contracting: boolean,
): readonly View[] {
	const rooted = withRootsOfMatrices(env, summand);
	if (!rooted) return [];
	const choices = contracting ? [...subsets(rooted.bound)].reverse() : [[]];
	return [...choices]
		.sort((a, b) => b.length - a.length)
		.flatMap((gone) => {
			const contracted = contract(env, rooted, gone);
			const view = contracted && viewOf(env, contracted);
			return view ? [view] : [];
		});
}

function viewOf(env: Environment, summand: Summand): View | null {
	if (summand.bound.length > mostOuter) return null;
	const outer = [...summand.bound].sort((a, b) =>
		String(a.range) < String(b.range) ? -1 : 1,
	);
	const names: BoundIndex[] = outer.map((b, i) => ({
		name: `°${i + 1}`,
		range: b.range,
	}));
	const maps = renamings(outer, names);
	const share = summand.coefficient.div(maps.length);
	const plain = monomial(summand.factors);
	const parts = maps.map((map) => renamed(env, plain, map));
	if (parts.includes(null)) return null;
	return {
		ranges: outer.map((b) => String(b.range)).join(),
		parts: merged(
			parts.map((p) => ({
				coefficient: share.mul((p as { coefficient: Fraction }).coefficient),
				monomial: (p as { monomial: Monomial }).monomial,
			})),
		),
	};
}

function merged(parts: View["parts"]): View["parts"] {
	const found = new Map<string, View["parts"][number]>();
	for (const p of parts) {
		const before = found.get(p.monomial.key);
		found.set(p.monomial.key, {
			monomial: p.monomial,
			coefficient: before
				? before.coefficient.add(p.coefficient)
				: p.coefficient,
		});
	}
	return [...found.values()];
}
