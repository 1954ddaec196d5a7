import Fraction from "fraction.js";
import { deltaAtom } from "./atoms.js";
import type { Environment } from "./environment.js";
import type { BoundIndex, Factor, Form, Term } from "./form.js";
import type { Ix } from "./ix.js";
import { mentions } from "./mentions.js";
import type { Instance } from "./moment.js";
import { isComplement, logarithmOf } from "./powers.js";
import {
	atomForm,
	open,
	plus,
	product,
	soleAtom,
	substitute,
	sumOver,
	times,
} from "./ring.js";

/** What of a random number or of an entry of a random vector an exponent is linear in. */
type Statistic = "x" | "1/x" | "log x" | "log(1 − x)";

interface Part {
	readonly statistic: Statistic;
	readonly component: Ix;
	readonly coefficient: Form;
	readonly bound: readonly BoundIndex[];
}

/** exp(c + Σ_k u_k T(x_k)): the exponent of an exponential family, by its coefficients. */
export class Exponent {
	constructor(
		private readonly env: Environment,
		private readonly isVector: boolean,
		private readonly parts: readonly Part[],
		readonly constant: Form,
	) {}

	/** Whether nothing but these statistics occurs. */
	isOf(...statistics: readonly Statistic[]): boolean {
		return this.parts.every((p) => statistics.includes(p.statistic));
	}

	/** The coefficient of a statistic of the entry at a component. */
	at(statistic: Statistic, k: Ix = "1"): Form {
		const own = this.parts.filter((p) => p.statistic === statistic);
		return plus(...own.map((part) => this.coefficientAt(part, k)));
	}

	private coefficientAt({ component, coefficient, bound }: Part, k: Ix): Form {
		const { env } = this;
		const own = bound.find((b) => b.name === component);
		const chosen = () =>
			this.isVector
				? times(env, coefficient, atomForm(env, deltaAtom(component, k)))
				: coefficient;
		const form = own
			? substitute(env, coefficient, new Map([[own.name, k]]))
			: chosen();
		return bound
			.filter((b) => b !== own)
			.reduce((acc, b) => sumOver(env, acc, b.name, b.range), form);
	}
}

/** A product of an exponential and other factors. */
export interface Tilted {
	readonly exponent: Exponent;
	readonly rest: readonly Factor[];
}

/** A product as the exponential in it, linear in statistics of the variable, and all else; null if it is not linear. */
export function exponentOf(
	env: Environment,
	instance: Instance,
	factors: readonly Factor[],
): Tilted | null {
	const isExponential = ({ atom, exponent }: Factor) =>
		atom.kind === "function" && atom.name === "exp" && exponent.equals(1);
	const parts: Part[] = [];
	const constants: Form[] = [];
	for (const { atom } of factors.filter(isExponential)) {
		if (atom.kind !== "function") continue;
		for (const term of atom.argument.terms.values()) {
			if (!term.factors.some((f) => mentions(f, instance.variable))) {
				constants.push(
					product(env, term.coefficient, term.factors, term.bound),
				);
				continue;
			}
			const part = partOf(env, instance, term);
			if (!part) return null;
			parts.push(part);
		}
	}
	const isVector = instance.extent !== 1;
	return {
		exponent: new Exponent(env, isVector, parts, plus(...constants)),
		rest: factors.filter((f) => !isExponential(f)),
	};
}

function partOf(env: Environment, instance: Instance, term: Term): Part | null {
	const opened = open(env, term);
	const moving = opened.factors.filter((f) => mentions(f, instance.variable));
	const [only, more] = moving;
	const found = only && !more ? statisticOf(instance, only) : null;
	if (!found) return null;
	const others = opened.factors.filter((f) => f !== only);
	return {
		...found,
		coefficient: product(env, opened.coefficient, others, []),
		bound: opened.bound,
	};
}

function statisticOf(
	{ variable, plates }: Instance,
	{ atom, exponent }: Factor,
): Pick<Part, "statistic" | "component"> | null {
	if (atom.kind === "symbol" && atom.name === variable) {
		const component = atom.ix[plates] ?? "1";
		if (exponent.equals(1)) return { statistic: "x", component };
		return exponent.equals(new Fraction(-1))
			? { statistic: "1/x", component }
			: null;
	}
	const argument = exponent.equals(1) ? logarithmOf(atom) : null;
	if (!argument) return null;
	const inner = soleAtom(argument);
	if (inner?.kind === "symbol" && inner.name === variable)
		return { statistic: "log x", component: inner.ix[plates] ?? "1" };
	return isComplement(argument, variable)
		? { statistic: "log(1 − x)", component: "1" }
		: null;
}
