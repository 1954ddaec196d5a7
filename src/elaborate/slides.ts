import type { Surface } from "../latex/surface.js";
import { tableName } from "./densityName.js";
import { keysOf, keyWith } from "./lookup.js";
import { densityCalls, differentiatedBy, functionCalls } from "./mentions.js";
import type { State } from "./state.js";

/** What a passage differentiates by that no one declared, where its densities are decorated with it or given it. */
export function slidesIn(
	surfaces: readonly Surface[],
	{ context, definitions }: State,
): readonly string[] {
	const calls = surfaces.flatMap((s) => [
		...densityCalls(s),
		...functionCalls(s),
	]);
	const belongs = (key: string) =>
		calls.some(
			(call) =>
				tableName(call.function).split("_").slice(1).includes(key) ||
				[...call.given, ...call.parameters].some(
					(s) => s.kind === "name" && keyWith(s) === key,
				),
		);
	const isAlsoDrawn = (key: string) =>
		calls.some((call) =>
			call.arguments.some((s) => s.kind === "name" && keyWith(s) === key),
		);
	return keysOf(surfaces.flatMap(differentiatedBy)).filter(
		(key) =>
			!context.symbols.has(key) &&
			!definitions.has(key) &&
			belongs(key) &&
			!isAlsoDrawn(key),
	);
}
