import type { Form } from "../../algebra/form.js";
import { mentions } from "../../algebra/mentions.js";
import {
	asRational,
	collect,
	minus,
	plus,
	scale,
	singleTerm,
} from "../../algebra/ring.js";
import { add, mul, num, one, size, zero } from "../../expr/build.js";
import { shapeOf } from "../../expr/shape.js";
import type { Expr } from "../../expr/tree.js";
import type { Bench } from "./bench.js";
import type { Surroundings } from "./edit.js";
import { asOneLogarithm, exponentiated } from "./logarithms.js";
import { squaresOfMeans } from "./means.js";
import { costOfAnother, costOfTerm, Missing, mostTerms } from "./missing.js";
import { variableOf } from "./names.js";
import type { Place, Scope } from "./place.js";
import { nameOfRatio, quotientOf, ratioOf } from "./proportion.js";
import { severalTerms } from "./several.js";
import { inOrder, scaled } from "./tidy.js";
import { overlap, type Path, replaceAt, textOf } from "./tree.js";
import { isSpread } from "./variance.js";
import type { View } from "./view.js";
import { Writer } from "./writer.js";

/** A bracket that lacks a term is a shorter change than the term written out beside it. */
const costOfBracket = 0.05;
/** Terms that a bracket may lack. */
const mostInBracket = 2;
/** How large a change of a factor may be that is one of two edits. */
const mostOfBeginning = 1.3;

/** An edit of the right side that the residual left − right tells outright, without trying. */
export interface Told {
	readonly kind: string;
	readonly cost: number;
	apply(right: Expr): Expr;
	/** Whether it leaves a term out, so that those beside it move. */
	readonly leavesOut?: true;
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
	private readonly missing: Missing;
	private readonly writer: Writer;

	constructor(
		private readonly bench: Bench,
		view: View,
		places: readonly Place[],
		scope: Scope,
		private readonly around: Surroundings,
	) {
		this.writer = new Writer(bench, around.symbols, scope);
		this.missing = new Missing(bench, view, this.writer, scope);
		this.places = places.filter((p) => p.linear && p.standsAlone);
		this.brackets = places.filter((p) => isBracket(p) || isBare(p));
	}

	/** What explains a residual, outside of the given path (where something has already been edited). */
	explain(residual: Form, edited: Path | null = null): Told[] {
		const { bench, places, around } = this;
		return [
			...this.factors(residual, edited),
			...this.missing.terms(residual, edited ? 1 : mostTerms),
			...(edited ? [] : severalTerms(bench, places, around, residual)),
			...(edited ? [] : squaresOfMeans(bench, this.writer, places, residual)),
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
		const given = this.bench.moving(minus(coefficient, around));
		const ratio = quotientOf(env, residual, given, mostInBracket);
		if (!ratio || (isBare(place) && !asRational(ratio))) return [];
		const more = ratio.terms.size - 1;
		if (more > 0 && !isWhole(ratio)) return [];
		const terms = inOrder(this.writer.number(ratio));
		const left = termsOf(place.node);
		if (termsOf(terms).some((t) => left.some((l) => isMultiple(t, l))))
			return [];
		return [
			{
				kind: this.missing.kindOf(residual),
				cost: costOfTerm - costOfBracket + costOfAnother * more,
				apply: (right) => replaceAt(right, place.path, add(...left, terms)),
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
		return this.places.flatMap(
			(place) =>
				this.bench.attempt(() => this.beginningsAt(place, residual)) ?? [],
		);
	}

	private beginningsAt(place: Place, residual: Form): Beginning[] {
		const whole = this.bench.formOfSummand(place.summand);
		const given = whole && this.bench.moving(whole);
		if (!given || given.terms.size === 0) return [];
		return this.halfway(place, given, residual).flatMap(({ told, change }) => {
			const left = minus(residual, change);
			const isRemoval = plus(given, change).terms.size === 0;
			return left.terms.size < residual.terms.size
				? [{ ...told, path: place.path, residual: left, isRemoval }]
				: [];
		});
	}

	/** Edits of one place, with the change that each makes. */
	private halfway(
		place: Place,
		given: Form,
		residual: Form,
	): { told: Told; change: Form }[] {
		const numbers = [-1, 2, 0.5].map((factor) => {
			const [kind, cost] = factor === -1 ? ["sign", 1] : ["factor 2", 1.05];
			const told = { kind, cost, apply: this.multiplied(place, num(factor)) };
			return { told: told as Told, change: scale(given, factor - 1) };
		});
		const counts = this.around.sizes.flatMap((name) => {
			const apply = this.multiplied(place, size(name));
			const edited = scaled(place.node, size(name));
			const whole = this.bench.formOf(place.with(edited));
			if (!whole) return [];
			const kind = this.kindAt(place, `factor ${name}`, whole);
			const told: Told = { kind, cost: 1.1, apply };
			return [{ told, change: minus(this.bench.moving(whole), given) }];
		});
		const removed = { told: dropped(place), change: scale(given, -1) };
		return [
			...numbers,
			...counts,
			...(place.parent ? [removed] : []),
			...(given.terms.size === 1 ? this.ofOneTerm(place, given, residual) : []),
		];
	}

	/** The factor by which a single term differs from one that the residual wants instead. */
	private ofOneTerm(
		place: Place,
		given: Form,
		residual: Form,
	): { told: Told; change: Form }[] {
		return [...residual.terms.values()].flatMap((term) => {
			const change = collect([term]);
			const wanted = plus(given, change);
			const ratio = ratioOf(this.bench.env, wanted, given);
			const named = ratio && nameOfRatio(ratio);
			if (!named || named.cost > mostOfBeginning) return [];
			const told = {
				kind: this.kindAt(place, named.kind, ratio),
				cost: named.cost,
				apply: this.multiplied(place, this.writer.number(ratio)),
			};
			return [{ told, change }];
		});
	}

	private multiplied({ node, path }: Place, factor: Expr): Told["apply"] {
		const edited = scaled(node, factor);
		return (right) => replaceAt(right, path, edited);
	}

	private factorAt(place: Place, residual: Form): Told[] {
		const whole = this.bench.formOfSummand(place.summand);
		const given = whole && this.bench.moving(whole);
		if (!given || given.terms.size === 0) return [];
		const wanted = plus(residual, given);
		if (wanted.terms.size === 0) return place.parent ? [dropped(place)] : [];
		const ratio = ratioOf(this.bench.env, wanted, given);
		const named = ratio && this.factorOf(ratio);
		if (!named || isReplaced(ratio, given, wanted, this.bench.left)) return [];
		const { cost, factor } = named;
		const kind = this.kindAt(place, named.kind, ratio);
		return [{ kind, cost, apply: this.multiplied(place, factor) }];
	}

	/** A ratio as a factor with its name; null if it is too large a change. */
	private factorOf(ratio: Form): NamedFactor | null {
		const named = nameOfRatio(ratio);
		if (!named) return this.normaliserOf(ratio);
		return { ...named, factor: this.writer.number(ratio) };
	}

	/** A variance of a vector that lacks the factor D, and a derivative that lacks one in its variable, have a name of its own. */
	private kindAt(place: Place, kind: string, ratio: Form): string {
		const by = variableOf(this.bench.claim.left);
		if (by && place.parent === null && mentionsSymbol(ratio, by))
			return "chain rule: the inner derivative is lost";
		const length = kind.replace("factor ", "");
		return isSpread(place.node, length, this.bench.claim.context)
			? `the variance term is counted once; E[μᵀμ] = mᵀm + ${length} s²`
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
					factor: exponentiated(this.writer.notation, whole),
				}
			: null;
	}
}

/** Whether nothing stands in a denominator. */
function isWhole(form: Form): boolean {
	return [...form.terms.values()].every((t) =>
		t.factors.every((f) => f.exponent.s > 0n),
	);
}

/**
 * Whether a ratio in letters leaves none of those that stood there: that would be another term altogether. A number that
 * stands among other terms may have lost its letters, if it is the right one: −1 for −b s.
 */
function isReplaced(
	ratio: Form,
	given: Form,
	wanted: Form,
	whole: Form,
): boolean {
	if (symbolsOf(ratio).size === 0) return false;
	if (asRational(given))
		return (
			wanted.key === whole.key || !singleTerm(ratio)?.coefficient.equals(1)
		);
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

/** A letter beside other factors: the a of a log x for (a − 1) log x, the N of N/2 for (N + 1)/2. */
function isBare({ node, parent, linear }: Place): boolean {
	if (!linear || parent?.kind !== "mul" || shapeOf(node).length > 0)
		return false;
	return node.kind === "symbol" || node.kind === "size";
}

/** Whether two terms differ in a number alone, so that one would be collected into the other. */
function isMultiple(a: Expr, b: Expr): boolean {
	const rest = (e: Expr) =>
		textOf(mul(...factorsOf(e).filter((f) => f.kind !== "num")));
	return rest(a) === rest(b);
}

function factorsOf(e: Expr): readonly Expr[] {
	return e.kind === "mul" ? e.factors : [e];
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
		leavesOut: true,
	};
}
