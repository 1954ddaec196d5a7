import type { Form } from "../../algebra/form.js";
import { raise } from "../../algebra/raise.js";
import { plus, singleTerm } from "../../algebra/ring.js";
import { add } from "../../expr/build.js";
import type { Expr, Sym } from "../../expr/tree.js";
import { some } from "../../expr/walk.js";
import type { Bench } from "./bench.js";
import { inNotation } from "./fold.js";
import { asOneLogarithm, exponentiated, written } from "./logarithms.js";
import { type Place, placesOf, type Scope } from "./place.js";
import { nameOfRatio, ratioOf } from "./proportion.js";
import { scaled } from "./tidy.js";
import { overlap, type Path, replaceAt } from "./tree.js";
import { isSpread } from "./variance.js";

/** An edit of the right side that the residual left − right tells outright, without trying. */
export interface Told {
	readonly kind: string;
	readonly cost: number;
	apply(right: Expr): Expr;
}

/** Everything the residual is explained by: a factor of one summand, a summand too many, a term that is missing. */
export class Residuals {
	private readonly bench: Bench;
	private readonly places: readonly Place[];
	private readonly vectors: readonly Sym[];
	private readonly taken: ReadonlySet<string>;
	private readonly leftTerms: readonly { tree: Expr; form: Form }[];

	constructor(
		bench: Bench,
		places: readonly Place[],
		scope: Scope,
		vectors: readonly Sym[],
	) {
		this.bench = bench;
		this.places = places.filter((p) => p.linear && p.standsAlone);
		this.vectors = vectors;
		this.taken = new Set(scope.keys());
		const terms = placesOf(bench.claim.left, scope).filter(
			(p) => p.linear && p.parent?.kind === "add",
		);
		this.leftTerms = terms.flatMap(({ summand: { tree } }) => {
			const form = bench.formOf(tree);
			return form ? [{ tree, form }] : [];
		});
	}

	/** What explains a residual, outside of the given path (where something has already been edited). */
	explain(residual: Form, edited: Path | null = null): Told[] {
		const free = this.places.filter((p) => !edited || !overlap(p.path, edited));
		const missing = this.bench.attempt(() => this.missing(residual)) ?? [];
		return [
			...free.flatMap(
				(place) =>
					this.bench.attempt(() => this.factorAt(place, residual)) ?? [],
			),
			...missing,
		];
	}

	private factorAt(place: Place, residual: Form): Told[] {
		const given = this.bench.formOfSummand(place.summand);
		if (!given || given.terms.size === 0) return [];
		const wanted = plus(residual, given);
		if (wanted.terms.size === 0) return place.parent ? [dropped(place)] : [];
		const ratio = ratioOf(this.bench.env, wanted, given);
		if (!ratio) return [];
		const named = nameOfRatio(ratio) ?? this.normaliserOf(ratio);
		if (!named) return [];
		const factor =
			"factor" in named
				? named.factor
				: this.notation(raise(this.bench.env, ratio));
		return [
			{
				kind: this.kindAt(place, named.kind),
				cost: named.cost,
				apply: (right) =>
					replaceAt(right, place.path, scaled(place.node, factor)),
			},
		];
	}

	/** A variance of a vector that lacks the factor D has a name of its own. */
	private kindAt(place: Place, kind: string): string {
		const size = kind.replace("factor ", "");
		return isSpread(place.node, size, this.bench.claim.context)
			? `the variance term is counted once; E[μᵀμ] = mᵀm + ${size} s²`
			: kind;
	}

	/** (2πσ²)^{-D/2} lost before an exponential. */
	private normaliserOf(
		ratio: Form,
	): { kind: string; cost: number; factor: Expr } | null {
		const { env } = this.bench;
		const whole = asOneLogarithm(env, env.functions.apply(env, "log", ratio));
		return whole?.hasPi
			? {
					kind: "lost normaliser",
					cost: 1.4,
					factor: this.notation(exponentiated(whole)),
				}
			: null;
	}

	private missing(residual: Form): Told[] {
		const { env } = this.bench;
		const found: Told[] = [];
		const asLog = asOneLogarithm(env, residual);
		if (asLog)
			found.push(
				this.added(
					asLog.hasPi ? "lost normaliser" : "missing term",
					1.35,
					this.notation(written(asLog)),
				),
			);
		else if (singleTerm(residual))
			found.push(
				this.added(
					this.nameOfMissing(residual),
					1.35,
					this.notation(raise(env, residual)),
				),
			);
		for (const { tree, form } of this.leftTerms) {
			const ratio = ratioOf(env, residual, form);
			const named = ratio && nameOfRatio(ratio);
			if (named && named.cost <= 1.3)
				found.push(
					this.added("missing term", 1.4, scaled(tree, raise(env, ratio))),
				);
		}
		return found;
	}

	private added(kind: string, cost: number, term: Expr): Told {
		return { kind, cost, apply: (right) => add(right, term) };
	}

	/** ∂(φ log φ)/∂φ = log φ + 1: a residual of ±1 beside a logarithm and a derivative. */
	private nameOfMissing(residual: Form): string {
		const { left, right } = this.bench.claim;
		const isOne = residual.key === "1·" || residual.key === "-1·";
		const derivative = some(left, (e) => e.kind === "derivative");
		const logarithm = some(right, (e) => e.kind === "apply" && e.fn === "log");
		return isOne && derivative && logarithm
			? "missing +1 of d(φ log φ)"
			: "missing term";
	}

	private notation(e: Expr): Expr {
		return inNotation(
			e,
			this.bench.row,
			this.vectors,
			this.bench.claim.context,
			this.taken,
		);
	}
}

function dropped(place: Place): Told {
	return {
		kind: "term too many",
		cost: 1.1,
		apply: (right) => replaceAt(right, place.path, add()),
	};
}
