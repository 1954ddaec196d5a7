import type { Surface } from "../latex/surface.js";
import { type DensityCall, densityLetter, tableName } from "./densityName.js";
import { keyWith } from "./lookup.js";
import { densityCalls, variablesOf } from "./mentions.js";
import { usuallyObserved } from "./setting.js";
import { visitSurface } from "./surfaceWalk.js";

/**
 * Texts write the prior p(z) and the evidence p(x) of a model p_θ(x, z) without its parameters (Kingma & Welling 2014).
 */

/**
 * The decorated p that an undecorated one belongs to, or null. It does if there is just one, if all that is written without
 * decoration is a prior or an evidence, and if nothing is written both ways: in KL(p(x) ‖ p_θ(x)) they are two densities. A
 * p(x) that is averaged over may be the law of the data, and is left alone.
 */
export function ownJoint(surfaces: readonly Surface[]): string | null {
	const calls = surfaces
		.flatMap(densityCalls)
		.filter(({ function: name }) => densityLetter(name) === "p");
	const isPlain = (call: DensityCall) => tableName(call.function) === "p";
	const plain = calls.filter(isPlain);
	const decorated = calls.filter((call) => !isPlain(call));
	const [name, ...others] = new Set(
		decorated.map((call) => tableName(call.function)),
	);
	if (!name || others.length > 0 || plain.length === 0) return null;
	const spelled = new Set(decorated.map(spelling));
	const averaged = averagedIn(surfaces);
	const belongs = (call: DensityCall) => {
		const variables = variablesOf(call);
		const keys = variables.map((m) => keyWith(m.name) ?? "");
		return (
			!spelled.has(spelling(call)) &&
			variables.every((m) => m.place === "of") &&
			keys.every((key) => !usuallyObserved.has(key) || !averaged.has(key))
		);
	};
	return plain.every(belongs) ? name : null;
}

function spelling(call: DensityCall): string {
	const variables = variablesOf(call);
	const keys = (mentions: typeof variables) =>
		mentions.map((m) => keyWith(m.name)).sort();
	const of = variables.filter((m) => m.place === "of");
	const behind = variables.filter((m) => m.place !== "of");
	return `${keys(of)}|${keys(behind)}`;
}

/** Variables that an expectation, a Σ or an ∫ is over. */
function averagedIn(surfaces: readonly Surface[]): ReadonlySet<string> {
	const found = new Set<string>();
	const add = (s: Surface) =>
		visitSurface(s, (name) => {
			const key = name.kind === "name" ? keyWith(name) : null;
			if (key) found.add(key);
		});
	for (const surface of surfaces)
		visitSurface(surface, (s) => {
			if (s.kind === "integral") s.measures.forEach(add);
			if (s.kind === "big") add(s.index);
			if (s.kind !== "expectation" || !s.law) return;
			for (const call of densityCalls(s.law))
				for (const m of variablesOf(call)) if (m.place === "of") add(m.name);
			if (s.law.kind === "relation") add(s.law.left);
			if (s.law.kind === "name") add(s.law);
		});
	return found;
}
