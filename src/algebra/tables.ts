import { symbolAtom } from "./atoms.js";
import type { Atom } from "./form.js";
import type { Ix } from "./ix.js";

/**
 * Unnamed densities and functions as atoms. Their names tell what they are: `⟨p;theta|x,z⟩` is the joint density p_θ(x, z),
 * `ƒf;theta|z` the function f_θ(z), and `⟨∂theta p;theta|x,z⟩` the derivative of the former by θ.
 */

/** A joint density of sorted variables at some values. */
export function densityAtom(
	law: string,
	parameters: readonly string[],
	variables: readonly string[],
	at: readonly Ix[],
): Atom {
	return symbolAtom(`⟨${named(law, parameters)}|${variables.join(",")}⟩`, at);
}

/** An unnamed function of sorted variables at some values. */
export function functionAtom(
	letter: string,
	parameters: readonly string[],
	variables: readonly string[],
	at: readonly Ix[],
): Atom {
	return symbolAtom(`ƒ${named(letter, parameters)}|${variables.join(",")}`, at);
}

function named(law: string, parameters: readonly string[]): string {
	return [law, ...parameters].join(";");
}

/** Whether an atom's name is one of an unnamed density, function or derivative of these. */
export function isTable(name: string): boolean {
	return name.startsWith("⟨") || name.startsWith("ƒ");
}

/** Whether it is the name of a density, which is positive, and no derivative. */
export function isDensity(name: string): boolean {
	return name.startsWith("⟨") && !name.startsWith("⟨∂");
}

/** Whether a density or function depends on a parameter. */
export function slidesWith(name: string, parameter: string): boolean {
	if (!isTable(name)) return false;
	const [head] = name.split("|") as [string];
	return head.split(";").slice(1).includes(parameter);
}

/** ∂/∂θ of a density or function. The order of several derivatives makes no difference. */
export function slopeAtom(
	name: string,
	parameter: string,
	at: readonly Ix[],
): Atom {
	const [, bracket, taken, rest] = /^(⟨|ƒ)((?:∂\S+ )*)(.*)$/s.exec(
		name,
	) as RegExpExecArray;
	const all = [
		...(taken as string).split(" ").filter(Boolean),
		`∂${parameter}`,
	];
	return symbolAtom(`${bracket}${all.sort().join(" ")} ${rest}`, at);
}

/**
 * What is left of a density, or of a derivative of one, with one of its variables summed out: a marginal; of none left 1,
 * and 0 for the derivative.
 */
export function marginalOf(
	name: string,
	at: readonly Ix[],
	gone: Ix,
): Atom | "one" | "nought" {
	const [law, list] = name.slice(1, -1).split("|") as [string, string];
	const place = at.indexOf(gone);
	const kept = list.split(",").filter((_, i) => i !== place);
	if (kept.length === 0) return law.startsWith("∂") ? "nought" : "one";
	return symbolAtom(
		`⟨${law}|${kept.join(",")}⟩`,
		at.filter((_, i) => i !== place),
	);
}
