import type { SymbolInfo } from "../expr/context.js";
import type { Surface, SurfaceName } from "../latex/surface.js";
import { isPlainName, keyOf, subscriptText } from "./names.js";
import type { Passage } from "./scope.js";
import type { Definition, FunctionDefinition } from "./state.js";

/** A declared symbol, and the subscripts that are left to index it once those of its name are taken off. */
export interface Found<T> {
	readonly what: T;
	readonly subscripts: readonly Surface[];
}

/**
 * The declared symbol that a name means. The longest name wins: `σ_0` is the symbol `sigma_0` if there is one, else
 * entry 0 of `sigma`.
 */
export function findSymbol(
	passage: Passage,
	s: SurfaceName,
): Found<SymbolInfo> | null {
	return longestKnown(s, (key) => passage.symbol(key) ?? null);
}

/** The definition that a name means; it must have all the subscripts that it was defined with. */
export function findDefinition(
	passage: Passage,
	s: SurfaceName,
): Found<Definition> | null {
	const found = longestKnown(
		s,
		(key) => passage.state.definitions.get(key) ?? null,
	);
	return found && found.subscripts.length >= found.what.params.length
		? found
		: null;
}

/** The function of the sheet that a name means. */
export function findFunction(
	passage: Passage,
	s: SurfaceName,
): Found<FunctionDefinition> | null {
	return longestKnown(s, (key) => passage.state.functions.get(key) ?? null);
}

function longestKnown<T>(
	s: SurfaceName,
	known: (key: string) => T | null,
): Found<T> | null {
	for (let taken = s.subscripts.length; taken >= 0; taken -= 1) {
		const what = isNamedApart(s, taken) ? null : known(keyWith(s, taken) ?? "");
		if (what) return { what, subscripts: s.subscripts.slice(taken) };
	}
	return numberedApart(s, known);
}

/** `γ_{t,1}` as entry t of a symbol `γ_1`, where there is no γ. */
function numberedApart<T>(
	s: SurfaceName,
	known: (key: string) => T | null,
): Found<T> | null {
	const last = s.subscripts.at(-1);
	if (last?.kind !== "number" || s.subscripts.length < 2) return null;
	const what = known(keyWith({ ...s, subscripts: [last] }) ?? "");
	return what ? { what, subscripts: s.subscripts.slice(0, -1) } : null;
}

/** The name of a variable with those of its subscripts that are no letters: `α_0`. */
export function nameOf(written: SurfaceName): string {
	const own = written.subscripts.filter((s) => !isPlainName(s));
	return keyWith({ ...written, subscripts: own }) ?? keyOf(written);
}

/** Indices count from 1, so that a subscript 0 belongs to the name: `μ_0` is no entry of μ. */
export function isNamedApart(s: SurfaceName, taken: number): boolean {
	const next = s.subscripts[taken];
	return next?.kind === "number" && next.text === "0";
}

/** The key of a name with its first subscripts made part of it, or null where these are no plain text. */
export function keyWith(
	s: SurfaceName,
	taken = s.subscripts.length,
): string | null {
	if (taken === 0) return keyOf(s);
	const texts = s.subscripts.slice(0, taken).map(subscriptText);
	return texts.includes(null)
		? null
		: `${keyOf({ ...s, labels: [] })}_${texts.join("")}${s.labels.map((l) => `^${l}`).join("")}`;
}

/** The keys of names, each once; names whose subscripts are no plain text have none. */
export function keysOf(names: readonly SurfaceName[]): readonly string[] {
	return unique(names.flatMap((name) => keyWith(name) ?? []));
}

/** A list without repetitions. */
export function unique(keys: readonly string[]): readonly string[] {
	return [...new Set(keys)];
}
