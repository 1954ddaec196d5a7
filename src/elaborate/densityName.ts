import type { Surface, SurfaceCall, SurfaceName } from "../latex/surface.js";
import { keyOf, subscriptText } from "./names.js";

/** The letters that name densities: `p`, `q`, `q^*`, `p_θ`, `\tilde p`. */

export type DensityLetter = "p" | "q";

export function densityLetter(name: SurfaceName): DensityLetter | null {
	if (name.style === "bb" || name.style === "frak") return null;
	return name.name === "p" || name.name === "q" ? name.name : null;
}

export type DensityCall = SurfaceCall & {
	readonly function: { readonly name: DensityLetter };
};

/** A call `p(…)` or `q(…)`. Whether p is a declared symbol was decided by the grammar. */
export function isDensityCall(s: Surface): s is DensityCall {
	return s.kind === "call" && densityLetter(s.function) !== null;
}

/** The name of an unnamed density, by its letter and everything that decorates it. */
export function tableName(name: SurfaceName): string {
	const subscripts = name.subscripts.map((s) => subscriptText(s) ?? "?");
	return [keyOf(name), ...subscripts].join("_");
}

/** Whether the name is `q^*` or `q^\star`: the optimal factor. */
export function isOptimal(name: SurfaceName): boolean {
	return (
		densityLetter(name) === "q" &&
		name.labels.length === 1 &&
		["*", "star", "opt", "⋆", "∗"].includes(name.labels[0] as string)
	);
}

/** `\mathcal L`, `ELBO`, `\mathcal L_{\text{ELBO}}`. */
export function isElboName(name: SurfaceName): boolean {
	if (name.accents.length > 0 || name.subscripts.length > 0) return false;
	if (name.name === "ELBO") return name.labels.length === 0;
	return (
		name.name === "L" &&
		name.style === "cal" &&
		name.labels.every((l) => l === "ELBO")
	);
}

/** `KL`, `D_{KL}`, `\mathbb{KL}`. */
export function isKlName(name: SurfaceName): boolean {
	if (name.name === "KL") return true;
	return (
		name.name === "D" &&
		[
			...name.labels,
			...name.subscripts.map((s) => subscriptText(s) ?? ""),
		].join("") === "KL"
	);
}

export function isEntropyName(name: SurfaceName): boolean {
	return (
		name.name === "H" &&
		name.subscripts.length === 0 &&
		name.labels.length === 0
	);
}

/** `I`, `I_q`, `\mathrm{MI}`. */
export function isInformationName(name: SurfaceName): boolean {
	const [subscript, ...more] = name.subscripts;
	return (
		(name.name === "I" || name.name === "MI") &&
		name.accents.length + name.labels.length + more.length === 0 &&
		(!subscript || isDensityName(subscript))
	);
}

function isDensityName(s: Surface): boolean {
	return s.kind === "name" && densityLetter(s) !== null;
}
