import { type Environment, freshIndex } from "../../algebra/environment.js";
import type { Form, Term } from "../../algebra/form.js";
import {
	BudgetSpent,
	environment,
	isFreeOf,
	NoNormalForm,
} from "../../algebra/index.js";
import { entry } from "../../algebra/lower.js";
import { collect, minus, plus } from "../../algebra/ring.js";
import { emptyScope } from "../../algebra/scope.js";
import type { FreeOf } from "../../expr/context.js";
import { shapeOf } from "../../expr/shape.js";
import type { Dim, Expr } from "../../expr/tree.js";
import { Problem } from "../../problem.js";
import type { Claim } from "../claim.js";
import type { Place, Summand } from "./place.js";

/** Work units (see algebra/) that one candidate, and the whole search, may cost. */
const budgetOfCandidate = 2_000;
const budgetOfSearch = 24_000;
/** What the search for a second edit may cost. */
const budgetOfSecond = 8_000;
/** What is kept for pairs of edits when the single ones have not helped. */
const reserveForPairs = 4_000;

/**
 * The symbolic side of a search: the claim's normal forms at one arbitrary entry, computed once, so that a candidate
 * costs the normal form of the summand that it changes and no more.
 */
export class Bench {
	readonly claim: Claim;
	readonly env: Environment;
	/** Names of the arbitrary row and column; "1" for axes that the sides lack. */
	readonly row: string;
	readonly column: string;
	readonly left: Form;
	readonly right: Form;
	private remaining: number;
	private readonly summands = new Map<Summand, Form | null>();
	/** Whether a term, by the key of its form, is free of what the relation is up to. */
	private readonly dropped = new Map<string, boolean>();

	/** A bench for a claim; null if a side has no normal form. */
	static of(claim: Claim): Bench | null {
		try {
			return new Bench(claim);
		} catch (error) {
			if (isUndecided(error)) return null;
			throw error;
		}
	}

	/** The same bench for another right side, with a smaller budget; null if that has no normal form. */
	after(claim: Claim): Bench | null {
		return this.attempt(() => new Bench(claim, budgetOfSecond));
	}

	private constructor(claim: Claim, budget = budgetOfSearch) {
		this.claim = claim;
		this.remaining = budget;
		this.env = environment(claim.context, budget);
		const shape = shapeOf(claim.left);
		this.row = this.component(shape[0]);
		this.column = this.component(shape[1]);
		this.left = entry(this.env, claim.left, this.row, this.column, emptyScope);
		this.right = entry(
			this.env,
			claim.right,
			this.row,
			this.column,
			emptyScope,
		);
	}

	private component(dim: Dim | undefined): string {
		return dim === undefined || dim === 1 ? "1" : freshIndex(this.env, dim);
	}

	/** Whether there is work left for another single edit. */
	get open(): boolean {
		return this.remaining > reserveForPairs;
	}

	/** Runs one piece of algebra within the budget of a candidate; null if it has no result or costs too much. */
	attempt<T>(algebra: () => T): T | null {
		const granted = Math.min(budgetOfCandidate, this.remaining);
		this.env.work.left = granted;
		try {
			return algebra();
		} catch (error) {
			if (isUndecided(error)) return null;
			throw error;
		} finally {
			this.remaining -= Math.max(1, granted - Math.max(0, this.env.work.left));
		}
	}

	/** The normal form of a tree of the sides' shape. */
	formOf(tree: Expr): Form | null {
		return this.attempt(() =>
			entry(this.env, tree, this.row, this.column, emptyScope),
		);
	}

	/** The normal form of a summand as it stands. */
	formOfSummand(summand: Summand): Form | null {
		const known = this.summands.get(summand);
		if (known !== undefined) return known;
		const form = this.formOf(summand.tree);
		this.summands.set(summand, form);
		return form;
	}

	/** The normal form of the right side with one subtree replaced. */
	rightWith(place: Place, replacement: Expr): Form | null {
		const before = this.formOfSummand(place.summand);
		const after = before && this.formOf(place.with(replacement));
		return before && after && plus(minus(this.right, before), after);
	}

	/** left − right, without what the relation allows to be dropped. */
	residual(right: Form): Form {
		return this.moving(minus(this.left, right));
	}

	/** The terms of a form that the relation does not allow to be dropped. */
	moving(form: Form): Form {
		const { relation, free } = this.claim;
		if (relation.sign !== "+ const" || !free) return form;
		const terms = [...form.terms.values()];
		const moving = this.attempt(() =>
			terms.filter((term) => !this.isDropped(term, free)),
		);
		return moving ? collect(moving) : form;
	}

	private isDropped(term: Term, free: FreeOf): boolean {
		const form = collect([term]);
		const known = this.dropped.get(form.key);
		if (known !== undefined) return known;
		const isDropped = isFreeOf(this.env, form, free);
		this.dropped.set(form.key, isDropped);
		return isDropped;
	}

	/** Whether the claim is shown with another right side. */
	proves(right: Form): boolean {
		const { relation, free } = this.claim;
		if (this.isLinear && !mayVanish(this.residual(right))) return false;
		return (
			this.attempt(() => relation.prove(this.env, this.left, right, free)) ??
			false
		);
	}

	/** Whether a factor of the summand shows in its normal form; sums in denominators may hide it. */
	isPlain(summand: Summand): boolean {
		const form = this.formOfSummand(summand);
		return form !== null && !mayVanish(form) && form.terms.size > 0;
	}

	/** Whether the relation speaks of left − right, so that the residual says what is wrong. */
	get isLinear(): boolean {
		const { sign } = this.claim.relation;
		return sign === "=" || sign === "+ const";
	}
}

function isUndecided(error: unknown): boolean {
	return (
		error instanceof NoNormalForm ||
		error instanceof BudgetSpent ||
		error instanceof RangeError ||
		error instanceof Problem
	);
}

/** A form of several terms can only be zero if it holds forms within forms, whose equality is not seen from the keys. */
export function mayVanish(residual: Form): boolean {
	if (residual.terms.size === 0) return true;
	return [...residual.terms.values()].some((term) =>
		term.factors.some((f) => f.atom.height > 0),
	);
}
