import type { Surface, SurfaceName } from "../latex/surface.js";
import { Problem, type Span } from "../problem.js";
import {
	densityLetter,
	isDensityCall,
	isElboName,
	isKlName,
} from "./densityName.js";
import { describeSetting } from "./describeSetting.js";
import { distributionOf } from "./distributionCall.js";
import { keysOf, keyWith } from "./lookup.js";
import {
	densityCalls,
	informedNames,
	isFunctionLetter,
	variablesOf,
} from "./mentions.js";
import type { Setting } from "./setting.js";
import type { State } from "./state.js";
import { someSurface, surfaceChildren } from "./surfaceWalk.js";
import { findFactor } from "./variables.js";

/**
 * Whether a passage is abstract, and what it is about. It is if one of its densities mentions a variable that neither
 * model nor family nor the front matter knows, or if there is neither model nor family.
 */
export function settingOf(
	surfaces: readonly Surface[],
	state: State,
	inherited: Setting | null,
): Setting | null {
	if (
		!inherited &&
		(!isAbstract(surfaces, state) || usesValues(surfaces, state))
	)
		return null;
	const [block] = state.unreadBlocks;
	if (block) throw unreadBlock(block, surfaces[0]?.span ?? null);
	return describeSetting(surfaces, state, inherited);
}

/** What a passage says that needs a block which could not be read. */
export function unreadBlock(block: string, span: Span | null): Problem {
	return new Problem(
		`the ${block} that this needs could not be read`,
		span,
		`a \`::: ${block}\` block without errors`,
	);
}

function isAbstract(surfaces: readonly Surface[], state: State): boolean {
	const { model, family, symbols } = state.context;
	const calls = surfaces.flatMap(densityCalls);
	if (!model && !family)
		return (
			calls.length > 0 ||
			surfaces.some((side) =>
				someSurface(
					side,
					(s) =>
						(speaksOfDensities(s) &&
							!(s.kind === "name" && symbols.has(s.name))) ||
						informedNames(s).some((name) => !isKnown(name, state)),
				),
			)
		);
	return calls.some((call) =>
		variablesOf(call).some(({ name }) => !isKnown(name, state)),
	);
}

/**
 * Whether a formula computes with a variable of its own unnamed densities, as `\log p(x) = \sum_i (x_i - \mu)^2` does for a
 * declared x: then only the sides with a density are without meaning.
 */
function usesValues(surfaces: readonly Surface[], state: State): boolean {
	const { model, family, symbols } = state.context;
	if (model || family) return false;
	const mentioned = new Set(
		keysOf(
			surfaces
				.flatMap(densityCalls)
				.flatMap(variablesOf)
				.map((m) => m.name),
		),
	);
	const isValue = (s: Surface): boolean => {
		if (isDensityCall(s)) return false;
		if (
			s.kind === "call" &&
			(isFunctionLetter(s.function) || isKlName(s.function))
		)
			return false;
		if (s.kind === "expectation") return s.arguments.some(isValue);
		if (s.kind === "integral") return isValue(s.body);
		if (s.kind === "big") return isValue(s.body);
		if (s.kind !== "name") return surfaceChildren(s).some(isValue);
		const key = keyWith(s, 0);
		const type = key ? symbols.get(key)?.type : undefined;
		return (
			key !== null &&
			mentioned.has(key) &&
			type !== undefined &&
			type !== "unnamed"
		);
	};
	return surfaces.some(isValue);
}

/** `E_q`, a KL divergence or 𝓛 of densities that are not named distributions. */
function speaksOfDensities(s: Surface): boolean {
	if (s.kind === "name")
		return (
			isElboName(s) || (densityLetter(s) !== null && s.subscripts.length === 0)
		);
	if (s.kind === "call" && isKlName(s.function))
		return ![...s.arguments, ...s.given].some((a) => distributionOf(a));
	return s.kind === "call" && isElboName(s.function);
}

function isKnown(name: SurfaceName, state: State): boolean {
	const factors = [
		...(state.context.model?.statements ?? []),
		...(state.context.family?.factors ?? []),
	];
	if (findFactor(factors, name)) return true;
	for (let taken = 0; taken <= name.subscripts.length; taken += 1) {
		const key = keyWith(name, taken);
		const info = key ? state.context.symbols.get(key) : undefined;
		if (info && info.type !== "unnamed") return true;
		if (key && state.definitions.has(key)) return true;
	}
	return false;
}
