import type { Form } from "../../algebra/form.js";
import { num } from "../../expr/build.js";
import type { Expr } from "../../expr/tree.js";
import { children, sameTree, some } from "../../expr/walk.js";
import { relations } from "../../relations/index.js";
import type { Claim } from "../claim.js";
import { type Attempt, attemptsAt, costOfNode } from "./attempts.js";
import { Bench, mayVanish } from "./bench.js";
import type { Candidate, Surroundings } from "./edit.js";
import { numbersTold } from "./numbers.js";
import type { Place } from "./place.js";
import { otherRelations } from "./relation.js";
import { Relevance } from "./relevance.js";
import { type Beginning, Residuals, type Told } from "./residual.js";
import { Sieve } from "./sieve.js";
import { scopeOf, surroundingsOf } from "./surroundings.js";
import { raised, scaled } from "./tidy.js";
import { replaceAt, sizeOf, textOf } from "./tree.js";
import { type View, viewsOf } from "./view.js";

/** Single edits that come close, from which pairs are tried. */
const mostBeginnings = 12;
/** Of these, those after which a second edit is searched for. */
const mostSearched = 3;

/** What it costs at least to put another number in a place: cheaper edits are tried before any is looked for. */
const costOfNumbers = 1.3;

/** An edited right side in the view of the search. */
interface Found {
	readonly kind: string;
	readonly cost: number;
	readonly right: Expr;
}

/**
 * Edits under which the normal forms prove the claim, smallest first: single edits, then pairs of which the residual
 * tells the second; at last numbers of which a world is sure and the normal forms are not. Ends when nothing more is found or the budget of work is spent.
 */
export function* repairs(claim: Claim): Generator<Candidate> {
	const relational = otherRelations(claim);
	const search = searchOf(claim);
	for (const found of search?.singles() ?? []) {
		while (relational[0] && relational[0].cost < found.cost)
			yield* ifShown(relational.shift() as Candidate);
		yield* asCandidate(claim, found);
	}
	for (const candidate of relational) yield* ifShown(candidate);
	for (const found of search?.pairs() ?? []) yield* asCandidate(claim, found);
	for (const found of search?.unproved() ?? [])
		yield* asCandidate(claim, found);
}

/** The candidate, if the normal forms prove it as it stands. */
function* ifShown(candidate: Candidate): Generator<Candidate> {
	const bench = Bench.of(candidate.claim);
	if (bench?.proves(bench.right)) yield candidate;
}

/**
 * What was found as a repair of the claim; nothing if a whole side that is one letter or number became the other side, or
 * if the other side is one letter, or if an inequality would come to say nothing. Where more stands there, an edit of a part that ends at the left side is what was meant:
 * Σ_{i=1}^N for Σ_{i=2}^N.
 */
function* asCandidate(claim: Claim, found: Found): Generator<Candidate> {
	const { kind, cost, right } = found;
	const isLetter = (e: Expr) => children(e).length === 0;
	const isWhole =
		isLetter(claim.right) ||
		claim.left.kind === "symbol" ||
		isInequality(claim);
	if (isWhole && sameTree(right, claim.left)) return;
	if (cancels(right) && !cancels(claim.right)) return;
	yield { claim: { ...claim, right }, kind, cost };
}

/** Whether a − a or a/a is written somewhere: nobody means that, so no edit that ends there is a repair. */
function cancels(side: Expr): boolean {
	return some(side, (e) => {
		if (e.kind === "add")
			return haveOpposites(e.terms, (t) => scaled(t, num(-1)));
		return e.kind === "mul" && haveOpposites(e.factors, (f) => raised(f, -1));
	});
}

function haveOpposites(
	parts: readonly Expr[],
	opposite: (part: Expr) => Expr,
): boolean {
	const texts = new Set(parts.map(textOf));
	return parts.some((part) => {
		const other = textOf(opposite(part));
		return texts.has(other) && other !== textOf(part);
	});
}

function isInequality({ relation }: Claim): boolean {
	const { atLeast, atMost, above, below } = relations;
	return [atLeast, atMost, above, below].includes(relation);
}

/** A search in the first view in which both sides have normal forms. */
function searchOf(claim: Claim): Search | null {
	for (const view of viewsOf(claim)) {
		const bench = Bench.of(view.claim);
		if (!bench) continue;
		const { symbols, tables } = surroundingsOf(view.claim, claim.right);
		const sieve = Sieve.of(claim, [...symbols, ...tables]);
		return new Search(claim.right, view, bench, sieve);
	}
	return null;
}

class Search {
	private readonly places: readonly Place[];
	private readonly around: Surroundings;
	private readonly residuals: Residuals;
	private told: readonly Attempt[] | null = null;

	/** @param right the right side as written */
	constructor(
		private readonly right: Expr,
		private readonly view: View,
		private readonly bench: Bench,
		private readonly sieve: Sieve | null,
	) {
		const scope = scopeOf(view.claim);
		this.around = surroundingsOf(view.claim, right);
		this.places = view.places(scope);
		this.residuals = new Residuals(
			bench,
			view,
			this.places,
			scope,
			this.around,
		);
	}

	/** Single edits that suffice, cheapest first. */
	*singles(): Generator<Found> {
		const { bench } = this;
		const residual = bench.residual(bench.right);
		const told = bench.isLinear
			? this.residuals.explain(residual).map((t) => this.foundBy(t))
			: [];
		const all = [...told, ...this.attempts(residual)];
		const isEarly = (edit: Found | Attempt) => edit.cost < costOfNumbers;
		yield* this.sufficient(all.filter(isEarly));
		const late = all.filter((edit) => !isEarly(edit));
		yield* this.sufficient([...late, ...this.numbers(residual)]);
	}

	/** Numbers under which the claim holds in the sieve's world, where the normal forms show nothing; call at last. */
	*unproved(): Generator<Found> {
		const residual = this.bench.residual(this.bench.right);
		if (!mayVanish(residual)) return;
		for (const edit of this.numbers(residual))
			yield { kind: edit.kind, cost: edit.cost, right: edit.right() };
	}

	/** Those of some edits that suffice, cheapest first. */
	private *sufficient(edits: (Found | Attempt)[]): Generator<Found> {
		for (const edit of edits.sort((a, b) => a.cost - b.cost)) {
			if (!("replacement" in edit)) yield edit;
			else if (this.bench.open && this.holds(edit))
				yield { kind: edit.kind, cost: edit.cost, right: edit.right() };
		}
	}

	/** Numbers that are wrong where the residual does not tell them, looked for once. */
	private numbers(residual: Form): Attempt[] {
		this.told ??= this.numbersAmong(this.placesOpenTo(residual));
		return [...this.told];
	}

	private numbersAmong(places: readonly Place[]): Attempt[] {
		const { sieve, bench, right } = this;
		return sieve && bench.open ? numbersTold(sieve, right, places) : [];
	}

	private placesOpenTo(residual: Form): readonly Place[] {
		if (mayVanish(residual)) return this.places;
		const relevance = this.relevance(residual);
		return this.places.filter(
			(place) =>
				!this.isTold(place) && (relevance?.allows(place, place.node) ?? true),
		);
	}

	/** The edits to be tried; where the residual speaks, those that may bring it to zero. */
	private attempts(residual: Form): Attempt[] {
		const { places, around } = this;
		const all = attemptsAt(places, around, (place) => this.isTold(place));
		const relevance = this.relevance(residual);
		if (!relevance) return all;
		return all.filter(
			({ place, replacement }) =>
				!place || relevance.allows(place, replacement),
		);
	}

	/** What edits the residual leaves to be tried; null where it says nothing. */
	private relevance(residual: Form): Relevance | null {
		if (!this.bench.isLinear) return null;
		const names = this.around.symbols.map((s) => s.name);
		return new Relevance(residual, names);
	}

	/** Whether factors and terms at the place are told by the residual and need not be tried. */
	private isTold({ linear, summand }: Place): boolean {
		return linear && this.bench.isLinear && this.bench.isPlain(summand);
	}

	private foundBy(told: Told): Found {
		const edited = told.apply(this.right);
		const growth = Math.abs(sizeOf(edited) - sizeOf(this.right));
		return {
			kind: told.kind,
			cost: told.cost + costOfNode * growth,
			right: edited,
		};
	}

	/** Whether an edit suffices by the normal forms; what fails in computed worlds is not asked. */
	private holds(attempt: Attempt): boolean {
		const { bench, sieve } = this;
		if (sieve?.isOpen && !sieve.passes(attempt.right())) return false;
		const right = this.formAfter(attempt);
		return right !== null && bench.proves(right);
	}

	private formAfter(attempt: Attempt): Form | null {
		const { place, replacement } = attempt;
		return place
			? this.bench.rightWith(place, replacement)
			: this.bench.formOf(this.view.compared(attempt.right()));
	}

	/**
	 * Pairs of edits; call after `singles` has run out. After a first edit that leaves a shorter residual the second is
	 * told by what is left, or, where the first leaves least, searched for like a single one.
	 */
	*pairs(): Generator<Found> {
		const { bench, residuals, right } = this;
		if (!bench.isLinear) return;
		const residual = bench.residual(bench.right);
		const all = [
			...this.attempts(residual).flatMap((a) => this.beginning(a, residual)),
			...residuals.beginnings(residual),
		];
		const closest = all.sort(
			(a, b) =>
				a.residual.terms.size - b.residual.terms.size || a.cost - b.cost,
		);
		const told = closest.slice(0, mostBeginnings).flatMap((first) =>
			residuals.complete(first).map((second) => ({
				kind: bothKinds(first.kind, second.kind),
				cost: first.cost + second.cost,
				right: bothApplied(right, first, second),
			})),
		);
		const searched = closest
			.filter((first) => !first.isRemoval)
			.slice(0, mostSearched)
			.flatMap((first) => this.secondsAfter(first));
		yield* [...told, ...searched].sort((a, b) => a.cost - b.cost);
	}

	/** The cheapest single edit that suffices after a first one. */
	private secondsAfter(first: Beginning): Found[] {
		const right = first.apply(this.right);
		const view = this.view.after(right);
		const bench = this.bench.after(view.claim);
		if (!bench) return [];
		const inner = new Search(right, view, bench, this.sieve);
		for (const second of inner.singles())
			if (!isUndoing(first.kind, second.kind))
				return [
					{
						kind: bothKinds(first.kind, second.kind),
						cost: first.cost + second.cost,
						right: second.right,
					},
				];
		return [];
	}

	/** An edit that leaves a shorter residual. */
	private beginning(attempt: Attempt, before: Form): Beginning[] {
		const { bench } = this;
		const { place, replacement } = attempt;
		if (!place || !bench.open) return [];
		const right = this.formAfter(attempt);
		const residual = right && bench.residual(right);
		if (!residual || residual.terms.size >= before.terms.size) return [];
		return [
			{
				kind: attempt.kind,
				cost: attempt.cost,
				apply: (side) => replaceAt(side, place.path, replacement),
				path: place.path,
				residual,
				isRemoval: sizeOf(replacement) < sizeOf(place.node),
			},
		];
	}
}

/** A factor that is put in and taken out again elsewhere is another formula, and no slip. */
function isUndoing(first: string, second: string): boolean {
	return first === "missing factor" && /^factor( too many)?$/.test(second);
}

function bothKinds(first: string, second: string): string {
	return first === second ? first : `${first}; ${second}`;
}

/** What leaves something out comes last: it moves what stands beside it. */
function bothApplied(right: Expr, first: Beginning, second: Told): Expr {
	return first.isRemoval && !second.leavesOut
		? first.apply(second.apply(right))
		: second.apply(first.apply(right));
}
