import type { Form } from "../../algebra/form.js";
import type { Expr, Sym, Table } from "../../expr/tree.js";
import { freeIndices, sameTree, visit } from "../../expr/walk.js";
import type { Claim } from "../claim.js";
import { proveClaim } from "../symbolic.js";
import { type Attempt, attemptsAt, costOfNode } from "./attempts.js";
import { Bench } from "./bench.js";
import type { Candidate, Surroundings } from "./edit.js";
import { type Place, placesOf, type Scope } from "./place.js";
import { otherRelations } from "./relation.js";
import { Residuals, type Told } from "./residual.js";
import { sizeOf, textOf } from "./tree.js";
import { type View, viewOf } from "./view.js";

/** Single edits that come close, from which pairs are tried. */
const mostBeginnings = 12;

/** An edited right side in the view of the search. */
interface Found {
	readonly kind: string;
	readonly cost: number;
	readonly right: Expr;
}

/** A single edit that does not suffice, but leaves a smaller residual. */
interface Beginning {
	readonly attempt: Attempt;
	readonly place: Place;
	readonly residual: Form;
}

/**
 * Edits under which the normal forms prove the claim, smallest first: single edits, then pairs of which the residual
 * tells the second. Ends when nothing more is found or the budget of work is spent.
 */
export function* repairs(claim: Claim): Generator<Candidate> {
	const relational = otherRelations(claim).filter(
		(c) => proveClaim(c.claim).proved,
	);
	const search = searchOf(claim);
	if (!search) {
		yield* relational;
		return;
	}
	for (const found of search.singles()) {
		while (relational[0] && relational[0].cost < found.cost)
			yield relational.shift() as Candidate;
		yield* search.candidate(found);
	}
	yield* relational;
	for (const found of search.pairs()) yield* search.candidate(found);
}

function searchOf(claim: Claim): Search | null {
	const view = viewOf(claim);
	const bench = Bench.of(view.claim);
	return bench && new Search(claim, view, bench);
}

class Search {
	private readonly original: Claim;
	private readonly view: View;
	private readonly bench: Bench;
	private readonly places: readonly Place[];
	private readonly around: Surroundings;
	private readonly residuals: Residuals;
	private readonly beginnings: Beginning[] = [];

	constructor(original: Claim, view: View, bench: Bench) {
		this.original = original;
		this.view = view;
		this.bench = bench;
		const scope = scopeOf(view.claim);
		this.around = surroundingsOf(view.claim);
		this.places = placesOf(view.claim.right, scope);
		this.residuals = new Residuals(
			bench,
			this.places,
			scope,
			this.around.symbols,
		);
	}

	/** Single edits that suffice, cheapest first. */
	*singles(): Generator<Found> {
		const { bench } = this;
		const residual = bench.residual(bench.right);
		const told = bench.isLinear
			? this.residuals.explain(residual).map((t) => this.foundBy(t))
			: [];
		const attempts = attemptsAt(this.places, this.around, bench.isLinear);
		const all = [...told, ...attempts].sort((a, b) => a.cost - b.cost);
		for (const edit of all) {
			if (!bench.open) return;
			if (!("replacement" in edit)) yield edit;
			else if (this.holds(edit, residual))
				yield { kind: edit.kind, cost: edit.cost, right: edit.right() };
		}
	}

	private foundBy(told: Told): Found {
		const { right } = this.view.claim;
		const edited = told.apply(right);
		const growth = Math.abs(sizeOf(edited) - sizeOf(right));
		return {
			kind: told.kind,
			cost: told.cost + costOfNode * growth,
			right: edited,
		};
	}

	private holds(attempt: Attempt, before: Form): boolean {
		const { bench } = this;
		const { place, replacement } = attempt;
		const right = place
			? bench.rightWith(place, replacement)
			: bench.formOf(attempt.right());
		if (!right) return false;
		if (bench.proves(right)) return true;
		const residual = bench.residual(right);
		if (place && bench.isLinear && residual.terms.size < before.terms.size)
			this.beginnings.push({ attempt, place, residual });
		return false;
	}

	/** Pairs of edits; call after `singles` has run out. */
	*pairs(): Generator<Found> {
		const closest = this.beginnings.sort(
			(a, b) =>
				a.residual.terms.size - b.residual.terms.size ||
				a.attempt.cost - b.attempt.cost,
		);
		const pairs = closest
			.slice(0, mostBeginnings)
			.flatMap(({ attempt, place, residual }) =>
				this.residuals.explain(residual, place.path).map((told) => ({
					kind:
						attempt.kind === told.kind
							? attempt.kind
							: `${attempt.kind}; ${told.kind}`,
					cost: attempt.cost + told.cost,
					right: told.apply(attempt.right()),
				})),
			);
		yield* pairs.sort((a, b) => a.cost - b.cost);
	}

	/** What was found as a repair of the claim as written; nothing if it only repeats the left side. */
	*candidate({ kind, cost, right }: Found): Generator<Candidate> {
		const restored = this.view.restore(right);
		if (!sameTree(restored, this.original.left))
			yield { claim: { ...this.original, right: restored }, kind, cost };
	}
}

/** Free indices of the claim, with what they run over. */
function scopeOf({ left, right, context }: Claim): Scope {
	const scope = new Map<string, string | number>();
	for (const name of [...freeIndices(left), ...freeIndices(right)]) {
		const range = context.ranges.get(name);
		if (range !== undefined) scope.set(name, range);
	}
	return scope;
}

function surroundingsOf(claim: Claim): Surroundings {
	const symbols = new Map<string, Sym>();
	const tables = new Map<string, Table>();
	const sizes = new Set<string>();
	for (const side of [claim.left, claim.right])
		visit(side, (node) => {
			if (node.kind === "symbol") {
				symbols.set(textOf(node), node);
				for (const dim of node.shape)
					if (typeof dim === "string") sizes.add(dim);
			} else if (node.kind === "table") tables.set(textOf(node), node);
			else if (node.kind === "size") sizes.add(node.name);
			else if (node.kind === "sum" && typeof node.range === "string")
				sizes.add(node.range);
		});
	return {
		claim,
		sizes: [...sizes],
		symbols: [...symbols.values()],
		tables: [...tables.values()],
	};
}
