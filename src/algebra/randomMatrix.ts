import type Fraction from "fraction.js";
import { type Environment, freshIndex } from "./environment.js";
import {
	type Atom,
	columnSlot,
	type Factor,
	type Form,
	rowSlot,
} from "./form.js";
import type { Ix } from "./ix.js";
import type { Instance } from "./moment.js";
import { logarithmOf } from "./powers.js";
import { soleAtom, substitute } from "./ring.js";

type Place = readonly [Ix, Ix];

/** A product of entries of a random matrix, of its inverse, a power of its determinant and powers of the logarithm of that. */
export interface MatrixProduct {
	readonly entries: readonly Place[];
	readonly inverses: readonly Place[];
	readonly power: Fraction | null;
	readonly logs: number;
}

/** What such a product is made of; null if it has any other factor. */
export function matrixProduct(
	{ variable }: Instance,
	factors: readonly Factor[],
): MatrixProduct | null {
	const entries: Place[] = [];
	const inverses: Place[] = [];
	let power: Fraction | null = null;
	let logs = 0;
	for (const { atom, exponent } of factors) {
		if (isDeterminant(atom, variable)) {
			power = exponent;
			continue;
		}
		if (exponent.d !== 1n || exponent.s < 0n) return null;
		const count = Number(exponent.n);
		const logged = logarithmOf(atom);
		const inner = logged && soleAtom(logged);
		if (inner && isDeterminant(inner, variable)) logs += count;
		else if (atom.kind === "symbol" && atom.name === variable)
			entries.push(...repeated(atom.ix.slice(-2), count));
		else if (atom.kind === "inverse" && isWhole(atom.matrix, variable))
			inverses.push(...repeated([atom.row, atom.column], count));
		else return null;
	}
	return { entries, inverses, power, logs };
}

function repeated(at: readonly Ix[], count: number): Place[] {
	return Array.from({ length: count }, () => at as Place);
}

function isDeterminant(atom: Atom, variable: string): boolean {
	return atom.kind === "determinant" && isWhole(atom.matrix, variable);
}

/** Whether a matrix is the random one itself. */
function isWhole(matrix: Form, variable: string): boolean {
	const atom = soleAtom(matrix);
	return (
		atom?.kind === "symbol" &&
		atom.name === variable &&
		atom.ix.slice(-2).every((x) => x === rowSlot || x === columnSlot)
	);
}

/** A parameter that is a matrix, as the form of its (@r, @c) entry. */
export function matrixParameter(
	env: Environment,
	instance: Instance,
	name: string,
): Form {
	const r = freshIndex(env, instance.extent);
	const c = freshIndex(env, instance.extent);
	const slots = new Map([
		[r, rowSlot],
		[c, columnSlot],
	]);
	return substitute(env, instance.parameter(name, r, c), slots);
}
