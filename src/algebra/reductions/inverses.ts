import { deltaAtom } from "../atoms.js";
import type { Draft } from "../canonical.js";
import { type Environment, spend } from "../environment.js";
import {
	type Atom,
	columnSlot,
	type Factor,
	type Form,
	rowSlot,
	type Term,
} from "../form.js";
import type { Ix } from "../ix.js";
import type { Kit } from "../ring.js";
import { signOfFactor } from "../signs.js";
import {
	multiplyOut,
	oneFraction,
	type Reduction,
	without,
} from "./reduction.js";

type Inverse = Extract<Atom, { kind: "inverse" }>;

/**
 * Σ_e M_de (M⁻¹)_ef = δ_df, on either side. Of a sum M = L + R it is L that is looked for beside the inverse, and
 * L M⁻¹ = I − R M⁻¹; L is the term that has the least to match.
 */
export const inverseCancels: Reduction = (env, draft, kit) => {
	for (const f of draft.factors) {
		if (f.atom.kind !== "inverse" || !f.exponent.equals(1)) continue;
		const leading = leadingTerm(f.atom.matrix);
		if (!leading || !hasInvertibleScalars(env, leading)) continue;
		for (const side of sidesOf(f.atom)) {
			const match = findLeading(env, draft, f, leading, side);
			if (!match) continue;
			env.rules.add("A A⁻¹ = I");
			return replaced(env, draft, kit, { inverse: f, leading, side, match });
		}
	}
	return null;
};

interface Found {
	readonly inverse: Factor;
	readonly leading: Term;
	readonly side: Side;
	readonly match: Match;
}

/** L M⁻¹ put as (I − R M⁻¹), with the numbers beside the leading term divided out. */
function replaced(
	env: Environment,
	draft: Draft,
	kit: Kit,
	{ inverse, leading, side, match }: Found,
): Form {
	const rest = without(draft.factors, inverse, ...match.factors);
	const alone = (...more: readonly Factor[]) =>
		kit.product(env, oneFraction, [...rest, ...more], []);
	const divided = kit.product(
		env,
		leading.coefficient.inverse(),
		scalarsOf(leading).map((s) => ({ ...s, exponent: s.exponent.neg() })),
		[],
	);
	const bound = draft.bound.filter((b) => !match.inner.includes(b.name));
	const delta = deltaAtom(match.other, side.far);
	const identity = multiplyOut(
		env,
		{
			coefficient: draft.coefficient,
			bound: bound.filter((b) => b.name !== side.near),
		},
		[divided, alone({ atom: delta, exponent: oneFraction })],
		kit,
	);
	const { matrix } = inverse.atom as Inverse;
	const others = remainder(env, matrix, leading, kit, [
		[side.from, side.near],
		[side.to, match.other],
	]);
	if (others.terms.size === 0) return identity;
	const less = multiplyOut(
		env,
		{ coefficient: draft.coefficient.neg(), bound },
		[divided, others, alone(inverse)],
		kit,
	);
	return kit.plus(identity, less);
}

/** The term of a matrix with the fewest factors that is no multiple of I. */
function leadingTerm(matrix: Form): Term | null {
	let best: Term | null = null;
	for (const term of matrix.terms.values()) {
		const isIdentity = term.factors.some((f) => f.atom.kind === "delta");
		if (isIdentity) continue;
		if (!best || rank(term) < rank(best)) best = term;
	}
	return best;
}

function rank(term: Term): string {
	const parts = matrixPart(term);
	const plain = parts.length === 1 && parts[0]?.atom.kind === "symbol" ? 0 : 1;
	return `${plain}${term.bound.length}${parts.length} ${term.key}`;
}

function isInside(term: Term, { atom }: Factor): boolean {
	return (
		atom.variables.has(rowSlot) ||
		atom.variables.has(columnSlot) ||
		term.bound.some((b) => atom.variables.has(b.name))
	);
}

function matrixPart(term: Term): readonly Factor[] {
	return term.factors.filter((f) => isInside(term, f));
}

function scalarsOf(term: Term): readonly Factor[] {
	return term.factors.filter((f) => !isInside(term, f));
}

function hasInvertibleScalars(env: Environment, term: Term): boolean {
	return scalarsOf(term).every((f) => signOfFactor(env, f) === "positive");
}

/** One end of the inverse: the index that is summed, the slot of M that meets it, and the inverse's other index. */
interface Side {
	readonly near: Ix;
	readonly far: Ix;
	readonly from: string;
	readonly to: string;
}

function sidesOf({ row, column, symmetric }: Inverse): readonly Side[] {
	const before = (near: Ix, far: Ix) => ({
		near,
		far,
		from: columnSlot,
		to: rowSlot,
	});
	const behind = (near: Ix, far: Ix) => ({
		near,
		far,
		from: rowSlot,
		to: columnSlot,
	});
	const sides = [before(row, column), behind(column, row)];
	if (symmetric) sides.push(before(column, row), behind(row, column));
	return sides;
}

interface Match {
	readonly factors: readonly Factor[];
	/** Bound names of the product that the leading term's own sums stand for. */
	readonly inner: readonly string[];
	/** The value of the leading term's far slot. */
	readonly other: Ix;
}

function findLeading(
	env: Environment,
	draft: Draft,
	inverse: Factor,
	leading: Term,
	side: Side,
): Match | null {
	if (!draft.bound.some((b) => b.name === side.near) || side.near === side.far)
		return null;
	const open = new Set([side.to, ...leading.bound.map((b) => b.name)]);
	const start = new Map([[side.from, side.near]]);
	const candidates = draft.factors.filter((f) => f !== inverse);
	const found = unify(env, matrixPart(leading), candidates, open, start, []);
	if (!found) return null;
	const inner = leading.bound.map((b) => found.values.get(b.name) as string);
	// Of a matrix such as w 1ᵀ the entries do not say in which column they stand.
	const other = found.values.get(side.to);
	if (other === undefined) return null;
	const gone = [side.near, ...inner];
	const rest = without(candidates, ...found.factors);
	const isClosed =
		inner.every((name) => draft.bound.some((b) => b.name === name)) &&
		new Set([...gone, other]).size === gone.length + 1 &&
		!gone.includes(side.far) &&
		!rest.some((f) => gone.some((name) => f.atom.variables.has(name))) &&
		leading.bound.every(
			(b, i) => draft.bound.find((d) => d.name === inner[i])?.range === b.range,
		);
	return isClosed ? { factors: found.factors, inner, other } : null;
}

interface Unified {
	readonly factors: readonly Factor[];
	readonly values: ReadonlyMap<string, Ix>;
}

/** Factors of the product that are those of the pattern, with values for its open names; backtracks over the choices. */
function unify(
	env: Environment,
	pattern: readonly Factor[],
	candidates: readonly Factor[],
	open: ReadonlySet<string>,
	values: ReadonlyMap<string, Ix>,
	taken: readonly Factor[],
): Unified | null {
	const [first, ...more] = pattern;
	if (!first) return { factors: taken, values };
	for (const f of candidates) {
		if (taken.includes(f) || !f.exponent.equals(first.exponent)) continue;
		spend(env);
		for (const next of unifyAtoms(env, first.atom, f.atom, open, values)) {
			const found = unify(env, more, candidates, open, next, [...taken, f]);
			if (found) return found;
		}
	}
	return null;
}

type Values = ReadonlyMap<string, Ix>;

function unifyAtoms(
	env: Environment,
	pattern: Atom,
	atom: Atom,
	open: ReadonlySet<string>,
	values: Values,
): readonly Values[] {
	const [a, b] = [subscripts(env, pattern), subscripts(env, atom)];
	if (!a || !b || a.head !== b.head) return [];
	const orders = b.symmetric ? [b.ix, swapped(b.ix)] : [b.ix];
	return orders.flatMap((ix) => unifyIx(a.ix, ix, open, values) ?? []);
}

/** What an atom is apart from its subscripts, and these. */
function subscripts(
	env: Environment,
	atom: Atom,
): { head: string; ix: readonly Ix[]; symmetric: boolean } | null {
	if (atom.kind === "symbol") {
		const type = env.context.symbols.get(atom.name)?.type;
		const symmetric =
			(type === "posdef" || type === "symmetric") && atom.ix.length >= 2;
		return { head: `${atom.name}/${atom.ix.length}`, ix: atom.ix, symmetric };
	}
	return atom.kind === "inverse"
		? {
				head: `inv ${atom.matrix.key}`,
				ix: [atom.row, atom.column],
				symmetric: atom.symmetric,
			}
		: null;
}

function swapped(ix: readonly Ix[]): readonly Ix[] {
	const [a, b] = ix.slice(-2) as [Ix, Ix];
	return [...ix.slice(0, -2), b, a];
}

function unifyIx(
	pattern: readonly Ix[],
	ix: readonly Ix[],
	open: ReadonlySet<string>,
	values: Values,
): Values | null {
	const next = new Map(values);
	for (const [i, p] of pattern.entries()) {
		const value = ix[i] as Ix;
		const known = next.get(p);
		if (known !== undefined ? known !== value : !open.has(p) && p !== value)
			return null;
		if (known === undefined && open.has(p)) next.set(p, value);
	}
	return next;
}

/** The other terms of the matrix, at an entry. */
function remainder(
	env: Environment,
	matrix: Form,
	leading: Term,
	kit: Kit,
	at: readonly (readonly [string, Ix])[],
): Form {
	const others = [...matrix.terms.values()].filter((t) => t !== leading);
	const form = kit.plus(
		...others.map((t) => kit.product(env, t.coefficient, t.factors, t.bound)),
	);
	return kit.substitute(env, form, new Map(at));
}
