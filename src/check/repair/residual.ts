import type { Form } from "../../algebra/form.js";
import { mentions } from "../../algebra/mentions.js";
import { raise } from "../../algebra/raise.js";
import { minus, plus, scale } from "../../algebra/ring.js";
import { add, num, one, sub, zero } from "../../expr/build.js";
import { shapeOf } from "../../expr/shape.js";
import type { Expr, Sym } from "../../expr/tree.js";
import { some } from "../../expr/walk.js";
import type { Bench } from "./bench.js";
import { inNotation } from "./fold.js";
import {
	asOneLogarithm,
	exponentiated,
	type Logarithm,
	written,
} from "./logarithms.js";
import {
	isCrossTerm,
	isOfProductRule,
	squaredMeans,
	variableOf,
} from "./names.js";
import { type Place, placesOf, type Scope } from "./place.js";
import { nameOfRatio, ratioOf } from "./proportion.js";
import { severalSigns } from "./signs.js";
import { inOrder, scaled } from "./tidy.js";
import { overlap, type Path, replaceAt } from "./tree.js";
import { isSpread } from "./variance.js";
import type { View } from "./view.js";

/** A term that is added costs a little more than a factor; each further one is nearly an edit of its own. */
const costOfTerm = 1.35;
const costOfAnother = 0.4;
const mostTerms = 3;
/** A term of the left side is preferred only where the residual has no shorter form. */
const costOfTermOfLeft = 0.05;
/** A bracket that lacks a term is a shorter change than the term written out beside it. */
const costOfBracket = 0.05;
/** Signs and numbers, but no other letters, may be put before a term of the left side. */
const mostOfRatio = 1.3;

/** An edit of the right side that the residual left − right tells outright, without trying. */
export interface Told {
	readonly kind: string;
	readonly cost: number;
	apply(right: Expr): Expr;
}

/** An edit that does not suffice, but leaves a shorter residual. */
export interface Beginning extends Told {
	readonly path: Path;
	readonly residual: Form;
	/** Whether it only leaves something out. */
	readonly isRemoval: boolean;
}

interface NamedFactor {
	readonly kind: string;
	readonly cost: number;
	readonly factor: Expr;
}

/** Everything the residual is explained by: a factor of one summand, a summand too many, a term that is missing. */
export class Residuals {
	private readonly places: readonly Place[];
	/** Sums in a product, or under Σ, that a term may be missing from. */
	private readonly brackets: readonly Place[];
	private leftTerms: readonly { tree: Expr; form: Form }[] | null = null;

	constructor(
		private readonly bench: Bench,
		private readonly view: View,
		places: readonly Place[],
		private readonly scope: Scope,
		private readonly vectors: readonly Sym[],
	) {
		this.places = places.filter((p) => p.linear && p.standsAlone);
		this.brackets = places.filter(isBracket);
	}

	/** What explains a residual, outside of the given path (where something has already been edited). */
	explain(residual: Form, edited: Path | null = null): Told[] {
		const missing = this.bench.attempt(() => this.missing(residual)) ?? [];
		return [
			...this.factors(residual, edited),
			...missing,
			...(edited ? [] : severalSigns(this.bench, this.places, residual)),
			...this.withinBrackets(residual, edited),
		];
	}

	/** Terms that are missing from a bracket: the −1 of (a − 1) log x. */
	private withinBrackets(residual: Form, edited: Path | null): Told[] {
		return this.brackets
			.filter((place) => !edited || !overlap(place.path, edited))
			.flatMap(
				(place) =>
					this.bench.attempt(() => this.withinBracket(place, residual)) ?? [],
			);
	}

	/** The side is A · place + B, so that a place lacks the residual over A. */
	private withinBracket(place: Place, residual: Form): Told[] {
		const { env } = this.bench;
		const coefficient = this.bench.formOf(place.with(one));
		const around = this.bench.formOf(place.with(zero));
		if (!coefficient || !around) return [];
		const ratio = ratioOf(
			env,
			residual,
			this.bench.moving(minus(coefficient, around)),
		);
		if (ratio?.terms.size !== 1) return [];
		const term = inOrder(this.notation(raise(env, ratio)));
		const left = termsOf(place.node);
		return [
			{
				kind: this.kindOfMissing(residual),
				cost: costOfTerm - costOfBracket,
				apply: (right) => replaceAt(right, place.path, add(...left, term)),
			},
		];
	}

	/** Factors and surplus terms that explain a residual. */
	private factors(residual: Form, edited: Path | null): Told[] {
		return this.places
			.filter((place) => !edited || !overlap(place.path, edited))
			.flatMap(
				(place) =>
					this.bench.attempt(() => this.factorAt(place, residual)) ?? [],
			);
	}

	/** What completes a beginning. To put another term in the place of one is no repair. */
	complete({ residual, path, isRemoval }: Beginning): Told[] {
		return isRemoval
			? this.factors(residual, path)
			: this.explain(residual, path);
	}

	/** Single changes of a factor, and single terms left out, that leave a shorter residual. */
	beginnings(residual: Form): Beginning[] {
		return this.places.flatMap((place) => {
			const form = this.bench.formOfSummand(place.summand);
			if (!form) return [];
			return this.halfway(place).flatMap(({ told, factor }) => {
				const left = plus(residual, scale(form, 1 - factor));
				return left.terms.size < residual.terms.size
					? [
							{
								...told,
								path: place.path,
								residual: left,
								isRemoval: factor === 0,
							},
						]
					: [];
			});
		});
	}

	private halfway(place: Place): { told: Told; factor: number }[] {
		const factors = [-1, 2, 0.5].map((factor) => {
			const [kind, cost] = factor === -1 ? ["sign", 1] : ["factor 2", 1.05];
			const edited = scaled(place.node, num(factor));
			const apply = (right: Expr) => replaceAt(right, place.path, edited);
			return { factor, told: { kind, cost, apply } as Told };
		});
		return place.parent
			? [...factors, { factor: 0, told: dropped(place) }]
			: factors;
	}

	private factorAt(place: Place, residual: Form): Told[] {
		const whole = this.bench.formOfSummand(place.summand);
		const given = whole && this.bench.moving(whole);
		if (!given || given.terms.size === 0) return [];
		const wanted = plus(residual, given);
		if (wanted.terms.size === 0) return place.parent ? [dropped(place)] : [];
		const ratio = ratioOf(this.bench.env, wanted, given);
		const named = ratio && this.factorOf(ratio);
		if (!named || isReplaced(ratio, given, wanted)) return [];
		const { cost, factor } = named;
		return [
			{
				kind: this.kindAt(place, named.kind, ratio),
				cost,
				apply: (right) =>
					replaceAt(right, place.path, scaled(place.node, factor)),
			},
		];
	}

	/** A ratio as a factor with its name; null if it is too large a change. */
	private factorOf(ratio: Form): NamedFactor | null {
		const named = nameOfRatio(ratio);
		if (!named) return this.normaliserOf(ratio);
		return { ...named, factor: this.notation(raise(this.bench.env, ratio)) };
	}

	/** A variance of a vector that lacks the factor D, and a derivative that lacks one in its variable, have a name of its own. */
	private kindAt(place: Place, kind: string, ratio: Form): string {
		const by = variableOf(this.bench.claim.left);
		if (by && place.parent === null && mentionsSymbol(ratio, by))
			return "chain rule: the inner derivative is lost";
		const size = kind.replace("factor ", "");
		return isSpread(place.node, size, this.bench.claim.context)
			? `the variance term is counted once; E[μᵀμ] = mᵀm + ${size} s²`
			: kind;
	}

	/** (2πσ²)^{-D/2} lost before an exponential. */
	private normaliserOf(ratio: Form): NamedFactor | null {
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
		if (this.isWholeLeft(residual)) return [];
		const asLog = asOneLogarithm(this.bench.env, residual);
		const raised = asLog
			? [this.lostLogarithm(asLog)]
			: this.lostTerms(residual);
		return [...raised, ...this.lostTermsOfLeft(residual)];
	}

	/** To add all of the left side is no repair. */
	private isWholeLeft(residual: Form): boolean {
		const terms = [...this.bench.left.terms.keys()];
		return terms.every((key) => residual.terms.has(key));
	}

	private lostLogarithm(logarithm: Logarithm): Told {
		const kind = logarithm.hasPi ? "lost normaliser" : "missing term";
		return this.added(kind, costOfTerm, this.notation(written(logarithm)));
	}

	/** The residual itself, where it is one term or a few beside others that are right. */
	private lostTerms(residual: Form): Told[] {
		const count = residual.terms.size;
		if (count === 0 || count > mostTerms) return [];
		if (count > 1 && !this.areMissing(residual)) return [];
		const cost = costOfTerm + costOfAnother * (count - 1);
		const term = this.notation(raise(this.bench.env, residual));
		return this.isOneOfEntropy(residual)
			? [this.added("missing +1 of d(φ log φ)", 1, term)]
			: [this.added(this.kindOfMissing(residual), cost, term)];
	}

	private kindOfMissing(residual: Form): string {
		const { left } = this.bench.claim;
		if (isOfProductRule(left)) return "product rule: one half is lost";
		if (isCrossTerm(residual, left))
			return "cross term lost; (a − b)² = a² − 2ab + b²";
		return this.isVariance(residual) ? "E[x²] for E[x]²" : "missing term";
	}

	/** Whether the residual is a multiple of E[x²] − E[x]² for some E[x²] of the left side. */
	private isVariance(residual: Form): boolean {
		return squaredMeans(this.bench.claim.left).some(([whole, parted]) => {
			const variance = this.bench.formOf(sub(whole, parted));
			return variance && ratioOf(this.bench.env, residual, variance);
		});
	}

	/** Several terms are missing if they stand beside terms that are right, and none is there with another factor. */
	private areMissing(residual: Form): boolean {
		const { left, right } = this.bench;
		return (
			residual.terms.size < left.terms.size &&
			[...residual.terms.keys()].every((key) => !right.terms.has(key))
		);
	}

	/** A term of the left side that the residual is a simple multiple of. */
	private lostTermsOfLeft(residual: Form): Told[] {
		const { env } = this.bench;
		return this.termsOfLeft().flatMap(({ tree, form }) => {
			const ratio = ratioOf(env, residual, form);
			const named = ratio && nameOfRatio(ratio);
			if (!named || named.cost > mostOfRatio) return [];
			const term = scaled(tree, raise(env, ratio));
			return [this.added("missing term", costOfTerm + costOfTermOfLeft, term)];
		});
	}

	private termsOfLeft(): readonly { tree: Expr; form: Form }[] {
		this.leftTerms ??= placesOf(this.bench.claim.left, this.scope)
			.filter((p) => p.linear && p.parent?.kind === "add")
			.flatMap(({ summand: { tree } }) => {
				const form = this.bench.formOf(tree);
				return form ? [{ tree, form }] : [];
			});
		return this.leftTerms;
	}

	private added(kind: string, cost: number, term: Expr): Told {
		const tidied = inOrder(term);
		return { kind, cost, apply: (right) => this.view.append(right, tidied) };
	}

	/** ∂(φ log φ)/∂φ = log φ + 1: a residual of ±1 beside a logarithm and a derivative. */
	private isOneOfEntropy(residual: Form): boolean {
		const { left, right } = this.bench.claim;
		return (
			(residual.key === "1·" || residual.key === "-1·") &&
			some(left, (e) => e.kind === "derivative") &&
			some(right, (e) => e.kind === "apply" && e.fn === "log")
		);
	}

	private notation(e: Expr): Expr {
		return inNotation(
			e,
			this.bench.row,
			this.vectors,
			this.bench.claim.context,
			new Set(this.scope.keys()),
		);
	}
}

/** Whether a ratio in letters leaves none of those that stood there: that would be another term altogether. */
function isReplaced(ratio: Form, given: Form, wanted: Form): boolean {
	if (symbolsOf(ratio).size === 0) return false;
	const kept = symbolsOf(wanted);
	return ![...symbolsOf(given)].some((key) => kept.has(key));
}

function mentionsSymbol(form: Form, name: string): boolean {
	return [...form.terms.values()].some((term) =>
		term.factors.some((f) => mentions(f, name)),
	);
}

function symbolsOf(form: Form): Set<string> {
	const atoms = [...form.terms.values()].flatMap((t) =>
		t.factors.map((f) => f.atom),
	);
	const isLetter = (kind: string) => kind !== "size" && kind !== "constant";
	return new Set(atoms.filter((a) => isLetter(a.kind)).map((a) => a.key));
}

/** A sum of numbers that is not a summand itself. */
function isBracket({ node, parent, linear }: Place): boolean {
	if (!linear || !parent || parent.kind === "add") return false;
	if (shapeOf(node).length > 0) return false;
	return node.kind === "add";
}

function termsOf(e: Expr): readonly Expr[] {
	return e.kind === "add" ? e.terms : [e];
}

function dropped(place: Place): Told {
	return {
		kind: "term too many",
		cost: 1.1,
		apply: (right) => replaceAt(right, place.path, zero),
	};
}
