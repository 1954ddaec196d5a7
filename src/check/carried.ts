import { assembled } from "../algebra/assemble.js";
import type { Form } from "../algebra/form.js";
import { add, mul, neg, sub, sum } from "../expr/build.js";
import { shapeOf } from "../expr/shape.js";
import type { Expr } from "../expr/tree.js";
import { freeIndices, mapChildren, sameTree } from "../expr/walk.js";
import { relations } from "../relations/index.js";
import type { Claim } from "./claim.js";
import { isProved } from "./decide.js";
import type { Search } from "./memory.js";
import { mentionedNames } from "./mentioned.js";
import { Bench } from "./repair/bench.js";
import { notationOf } from "./repair/notation.js";
import { quotientOf } from "./repair/proportion.js";
import { surroundingsOf } from "./repair/surroundings.js";

/** Refuted equations that a later one may go on from. */
const mostKept = 8;
/** Terms that a mistake may be multiplied by on its way. */
const mostTerms = 3;

interface Mistake {
	readonly claim: Claim;
	readonly line: number;
}

/**
 * The refuted equations of a sheet so far. A later step that is refuted only because it goes on from one of them is right
 * in itself: its note says from which line the mistake was carried on.
 */
export class Mistakes {
	private kept: readonly Mistake[] = [];
	/** What was concluded rightly from a refuted line. */
	private concluded: readonly Mistake[] = [];
	private readonly lines: number[] = [];

	/** The first refuted line from one to another; null if there is none. */
	lineWithin(from: number, to: number): number | null {
		return this.lines.find((l) => from <= l && l <= to) ?? null;
	}

	/** Takes a step that follows from a refuted line. */
	conclude(claim: Claim, line: number): void {
		this.concluded = [{ claim, line }, ...this.concluded].slice(0, mostKept);
	}

	/** The refuted line from which the same was concluded; null if it was not. */
	async sourceOfConclusion(
		stated: Claim,
		seed: string,
		search: Search,
	): Promise<number | null> {
		for (const { claim, line } of this.concluded) {
			if (!sameTree(claim.left, stated.left)) continue;
			const both = { ...stated, left: claim.right };
			if (await search(isProved, both, seed)) return line;
		}
		return null;
	}

	/** Takes a refuted equation; those that say something of an index of their right side alone are of no use. */
	add(claim: Claim, line: number): void {
		this.lines.push(line);
		const free = freeIndices(claim.left);
		const isGeneral = [...freeIndices(claim.right)].every((i) => free.has(i));
		if (claim.relation === relations.equal && isGeneral)
			this.kept = [{ claim, line }, ...this.kept].slice(0, mostKept);
	}

	/** The line of a refuted equation from which a claim follows: it is proved once that equation is put in. */
	async sourceOf(
		claim: Claim,
		seed: string,
		search: Search,
	): Promise<number | null> {
		for (const { claim: wrong, line } of this.kept)
			for (const left of search(withMistake, claim, wrong) ?? [])
				if (await search(isProved, { ...claim, left }, seed)) return line;
		return null;
	}
}

/** What is said of a step that is right in itself. */
export function carriedFrom(line: number): string {
	return `follows from line ${line}, which is refuted`;
}

/** The left side with the mistake made in it: where its left side stands as it is, or where its error explains the residual. */
function withMistake(claim: Claim, wrong: Claim): readonly Expr[] {
	const literally = replaced(claim.left, wrong.left, wrong.right);
	if (literally) return [literally];
	return sameTree(claim.left, wrong.left) ? [] : asMultiple(claim, wrong);
}

/**
 * A tree with one part replaced wherever it stands; null if it does not occur. Where a derivative is taken by the part, or a
 * table is of it, nothing can be put in.
 */
function replaced(e: Expr, part: Expr, by: Expr): Expr | null {
	if (sameTree(e, part)) return by;
	if (e.kind === "table" || (e.kind === "derivative" && sameTree(e.by, part)))
		return null;
	let found = false;
	const copy = mapChildren(e, (child) => {
		const inner = replaced(child, part, by);
		if (inner) found = true;
		return inner ?? child;
	});
	return found ? copy : null;
}

/**
 * With L = R the mistake and Q (L − R) the residual of the claim, for a plain Q: the claim's left side less Q (L − R), so
 * that what depends on L goes wrong with it. Over an index that the claim has not, the mistake is added up.
 */
function asMultiple(claim: Claim, wrong: Claim): Expr[] {
	if (!isAbout(claim, wrong)) return [];
	const bench = Bench.of(claim);
	if (!bench?.isLinear) return [];
	const residual = bench.residual(bench.right);
	const error = sub(wrong.left, wrong.right);
	return [error, ...addedUp(error, claim)].flatMap((tree) => {
		const form = bench.formOf(tree);
		const factor =
			form && form.terms.size > 0
				? bench.attempt(() => quotientOf(bench.env, residual, form, mostTerms))
				: null;
		if (!form || !factor || !isPlain(factor, form)) return [];
		const written = bench.attempt(() => {
			const { symbols } = surroundingsOf(claim, claim.right);
			const notation = notationOf(bench.env, symbols, freeIndices(claim.left));
			return assembled(notation, factor);
		});
		return written ? [add(claim.left, neg(mul(written, tree)))] : [];
	});
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
