import type { Form } from "../../algebra/form.js";
import { asRational } from "../../algebra/ring.js";
import { sub } from "../../expr/build.js";
import type { Expr } from "../../expr/tree.js";
import { some } from "../../expr/walk.js";
import type { Bench } from "./bench.js";
import {
	asOneLogarithm,
	exponentiated,
	type Logarithm,
	written,
} from "./logarithms.js";
import { isCrossTerm, isOfProductRule, squaredMeans } from "./names.js";
import { placesOf, type Scope } from "./place.js";
import { nameOfRatio, ratioOf } from "./proportion.js";
import type { Told } from "./residual.js";
import { inOrder, scaled } from "./tidy.js";
import type { View } from "./view.js";
import type { Writer } from "./writer.js";

/** A term that is added costs a little more than a factor; each further one is nearly an edit of its own. */
export const costOfTerm = 1.35;
/** A number such as the −½ of a KL. */
const costOfConstant = 1.28;
export const costOfAnother = 0.4;
/** Terms that may be missing at once. */
export const mostTerms = 4;
/** A term of the left side is preferred only where the residual has no shorter form. */
const costOfTermOfLeft = 0.05;
/** Signs and numbers, but no other letters, may be put before a term of the left side. */
const mostOfRatio = 1.3;

/** Terms that the right side lacks, as the residual tells them. */
export class Missing {
	private leftTerms: readonly { tree: Expr; form: Form }[] | null = null;

	constructor(
		private readonly bench: Bench,
		private readonly view: View,
		private readonly writer: Writer,
		private readonly scope: Scope,
	) {}

	/** What may be added to the side so that the residual vanishes: at most so many terms. */
	terms(residual: Form, most: number): Told[] {
		if (this.isWholeLeft(residual)) return [];
		const { bench } = this;
		const told = (f: () => Told[]) => bench.attempt(f) ?? [];
		const asLog = bench.attempt(() => asOneLogarithm(bench.env, residual));
		return [
			...told(() =>
				asLog ? [this.lostLogarithm(asLog)] : this.lostTerms(residual, most),
			),
			...told(() => this.lostTermsOfLeft(residual)),
		];
	}

	/** What a residual that is missing is called. */
	kindOf(residual: Form): string {
		const { left } = this.bench.claim;
		if (isOfProductRule(left)) return "product rule: one half is lost";
		if (isCrossTerm(residual, left))
			return "cross term lost; (a − b)² = a² − 2ab + b²";
		return this.isVariance(residual) ? "E[x²] for E[x]²" : "missing term";
	}

	/** To add all of the left side is no repair. */
	private isWholeLeft(residual: Form): boolean {
		const terms = [...this.bench.left.terms.keys()];
		return terms.every((key) => residual.terms.has(key));
	}

	private lostLogarithm(logarithm: Logarithm): Told {
		const { notation } = this.writer;
		if (this.view.isLogarithmic && !logarithm.hasPi) {
			const factor = exponentiated(notation, logarithm);
			const apply = (right: Expr) => scaled(right, factor);
			return { kind: "missing factor", cost: costOfTerm, apply };
		}
		const kind = logarithm.hasPi ? "lost normaliser" : "missing term";
		return this.added(kind, costOfTerm, written(notation, logarithm));
	}

	/** The residual itself, where it is one term or a few beside others that are right. */
	private lostTerms(residual: Form, most: number): Told[] {
		const count = residual.terms.size;
		if (count === 0 || count > most) return [];
		if (count > 1 && !this.areMissing(residual)) return [];
		const isConstant = asRational(residual) !== null;
		const cost = isConstant
			? costOfConstant
			: costOfTerm + costOfAnother * (count - 1);
		const term = this.writer.side(residual);
		return this.isOneOfEntropy(residual)
			? [this.added("missing +1 of d(φ log φ)", 1, term)]
			: [this.added(this.kindOf(residual), cost, term)];
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
			const term = scaled(tree, this.writer.number(ratio));
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
}
