import type { Surface, SurfaceName } from "../surface.js";

/** Adds to `found` the names that stand in a formula, indices included, without those that a sum in it binds. */
export function collectFree(
	surface: Surface,
	found: Set<string>,
	bound: readonly string[] = [],
): void {
	if (surface.kind === "name" && !bound.includes(surface.name))
		found.add(surface.name);
	if (surface.kind === "big") {
		const inside = [...bound, surface.index.name];
		for (const part of [surface.lower, surface.upper])
			if (part) collectFree(part, found, bound);
		for (const part of [...surface.conditions, surface.body])
			collectFree(part, found, inside);
		return;
	}
	for (const part of partsOf(surface)) collectFree(part, found, bound);
}

/** The formulas directly inside a formula, subscripts and functions included. */
export function partsOf(surface: Surface): readonly Surface[] {
	switch (surface.kind) {
		case "number":
		case "dots":
			return [];
		case "name":
			return surface.subscripts;
		case "sum":
			return surface.terms.map((t) => t.term);
		case "product":
			return surface.factors;
		case "fraction":
			return [surface.numerator, surface.denominator];
		case "power":
			return [surface.base, surface.exponent];
		case "transposed":
		case "primed":
		case "bars":
			return [surface.of];
		case "entry":
			return [surface.of, ...surface.at];
		case "call":
			return [
				...subscriptsOf(surface.function),
				...surface.arguments,
				...surface.given,
				...surface.parameters,
			];
		case "expectation":
			return [
				...present(surface.law),
				...surface.arguments,
				...surface.given,
				...(surface.parameters ?? []),
			];
		case "big":
			return [
				...present(surface.lower, surface.upper),
				...surface.conditions,
				surface.body,
			];
		case "integral":
			return [
				...surface.measures,
				...present(surface.lower, surface.upper),
				surface.body,
			];
		case "indicator":
			return [surface.condition];
		case "derivative":
			return [surface.by, surface.of];
		case "evaluation":
			return [surface.of, ...surface.at];
		case "relation":
			return [surface.left, surface.right];
		case "tuple":
			return surface.items;
		case "matrix":
			return surface.rows.flat();
		case "cases":
			return surface.rows.flatMap((row) => [
				row.value,
				...present(row.condition),
			]);
		case "const":
			return present(surface.variable);
	}
}

function subscriptsOf(name: SurfaceName): readonly Surface[] {
	return name.subscripts;
}

function present(...parts: readonly (Surface | null)[]): Surface[] {
	return parts.filter((part) => part !== null);
}
