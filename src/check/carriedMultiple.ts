import { assembled } from "../algebra/assemble.js";
import type { Form } from "../algebra/form.js";
import { add, mul, neg, sub, sum } from "../expr/build.js";
import { shapeOf } from "../expr/shape.js";
import type { Expr } from "../expr/tree.js";
import { freeIndices } from "../expr/walk.js";
import type { Claim } from "./claim.js";
import { mentionedNames } from "./mentioned.js";
import { Bench } from "./repair/bench.js";
import { notationOf } from "./repair/notation.js";
import { quotientOf } from "./repair/proportion.js";
import { surroundingsOf } from "./repair/surroundings.js";

/** Terms that a mistake may be multiplied by on its way. */
const mostTerms = 3;

/** A left side with a mistake made in it, and the number of that. */
export interface Carried {
	readonly left: Expr;
	readonly of: number;
}

/**
 * With L = R a mistake and Q (L − R) the residual of the claim, for a plain Q: the claim's left side less Q (L − R), so
 * that what depends on L goes wrong with it. Over an index that the claim has not, the mistake is added up.
 */
export function asMultiples(
	claim: Claim,
	mistakes: readonly { readonly wrong: Claim; readonly of: number }[],
): readonly Carried[] {
	const about = mistakes.filter(({ wrong }) => isAbout(claim, wrong));
	const bench = about.length > 0 ? Bench.of(claim) : null;
	if (!bench?.isLinear) return [];
	const residual = bench.residual(bench.right);
	return about.flatMap(({ wrong, of }) => {
		const error = sub(wrong.left, wrong.right);
		const made = [error, ...addedUp(error, claim), ...through(wrong, claim)];
		return made.flatMap((tree) => {
			const multiple = multipleOf(bench, residual, tree);
			return multiple ? [{ left: add(claim.left, neg(multiple)), of }] : [];
		});
	});
}

/** The residual as a plain multiple of a tree; null if it is none. */
function multipleOf(bench: Bench, residual: Form, tree: Expr): Expr | null {
	const form = bench.formOf(tree);
	const factor =
		form && form.terms.size > 0
			? bench.attempt(() => quotientOf(bench.env, residual, form, mostTerms))
			: null;
	if (!form || !factor || !isPlain(factor, form)) return null;
	const { claim, env } = bench;
	const written = bench.attempt(() => {
		const { symbols } = surroundingsOf(claim, claim.right);
		const notation = notationOf(env, symbols, freeIndices(claim.left));
		return assembled(notation, factor);
	});
	return written && mul(written, tree);
}

/** The mistake within a derivative or an expectation; a wrong value of a letter says nothing of how the letter moves. */
function through({ left: of, right }: Claim, { left }: Claim): Expr[] {
	const isLinear = left.kind === "derivative" || left.kind === "expectation";
	return isLinear && of.kind !== "symbol" && shapeOf(of).length === 0
		? [{ ...left, body: sub(of, right) }]
		: [];
}

/** Whether the claim speaks of all that the mistake speaks of. */
function isAbout(claim: Claim, wrong: Claim): boolean {
	const names = mentionedNames(add(claim.left, claim.right));
	const isVector = shapeOf(wrong.left).length > 0;
	if (isVector && shapeOf(wrong.left).join() !== shapeOf(claim.left).join())
		return false;
	return [...mentionedNames(wrong.left)].every((name) => names.has(name));
}

/** Σ_i of a tree that mentions an index i which the claim has only bound. */
function addedUp(e: Expr, { left, right, context }: Claim): Expr[] {
	const known = new Set([...freeIndices(left), ...freeIndices(right)]);
	const own = [...freeIndices(e)].filter((i) => !known.has(i));
	const [only, ...more] = own;
	const range = only && context.ranges.get(only);
	return range !== undefined && range && more.length === 0
		? [sum(only as string, range, e)]
		: [];
}

/**
 * Whether the factor divides by nothing of which the mistake is made. Any number is a multiple of another: where the
 * mistake is one, of a size or of numbers alone, the factor has to be such too.
 */
function isPlain(factor: Form, error: Form): boolean {
	const isCount = (f: { atom: { kind: string } }) =>
		f.atom.kind === "size" || f.atom.kind === "constant";
	const factorsOf = (form: Form) =>
		[...form.terms.values()].flatMap((t) => t.factors);
	const own = new Set(factorsOf(error).map((f) => f.atom.key));
	const isNumber = factorsOf(error).every(isCount);
	return factorsOf(factor).every(
		(f) =>
			(!isNumber || isCount(f)) && (f.exponent.s > 0n || !own.has(f.atom.key)),
	);
}
