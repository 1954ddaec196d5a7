import { bareName } from "../latex/bareName.js";
import type { Surface } from "../latex/surface.js";
import { isTilde } from "./comparison.js";
import { densityLetter } from "./densityName.js";
import { densityCalls, variablesOf } from "./mentions.js";
import type { State } from "./state.js";
import { mapSurface, someSurface } from "./surfaceWalk.js";

/**
 * `q(\cdot \mid x)` as the density of what is drawn from it, `z \sim q(\cdot \mid x)`; elsewhere of the variable that q, else p, is
 * written with, and of a z where none is and no model says what there is.
 */
export function withoutPlaceholders(
	sides: readonly Surface[],
	{ context }: State,
): readonly Surface[] {
	if (!sides.some((s) => someSurface(s, isPlaceholder))) return sides;
	const drawn = sides.map(inDraws);
	const isUnnamed = !context.model && !context.family;
	const written = writtenVariable(drawn);
	return drawn.map((s) => {
		const meant = written ?? (isUnnamed ? bareName("z", s.span) : null);
		return meant ? filled(s, meant) : s;
	});
}

function isPlaceholder(s: Surface): boolean {
	return s.kind === "name" && s.name === "·";
}

function inDraws(s: Surface): Surface {
	const inner = mapSurface(s, inDraws);
	if (inner.kind !== "expectation" || !inner.law || !isTilde(inner.law))
		return inner;
	const { left, right } = inner.law;
	return { ...inner, law: { ...inner.law, right: filled(right, left) } };
}

function filled(s: Surface, by: Surface): Surface {
	return isPlaceholder(s) ? by : mapSurface(s, (child) => filled(child, by));
}

/** What stands before the bar of q, else of p, somewhere in the chain. */
function writtenVariable(sides: readonly Surface[]): Surface | null {
	const calls = sides.flatMap(densityCalls);
	const written = (letter: "p" | "q") =>
		calls
			.filter((call) => densityLetter(call.function) === letter)
			.flatMap(variablesOf)
			.find(({ name, place }) => place === "of" && !isPlaceholder(name));
	return (written("q") ?? written("p"))?.name ?? null;
}
