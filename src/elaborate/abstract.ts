import type { SymbolInfo } from "../expr/context.js";
import type { Surface, SurfaceCall, SurfaceName } from "../latex/surface.js";
import { isEquals, isTilde } from "./comparison.js";
import {
	densityLetter,
	isDensityCall,
	isElboName,
	isKlName,
} from "./densityName.js";
import { distributionOf } from "./distributionCall.js";
import { keyWith } from "./lookup.js";
import { latexOf } from "./names.js";
import type { Setting } from "./setting.js";
import type { State } from "./state.js";
import { someSurface, visitSurface } from "./surfaceWalk.js";
import { findFactor, openTuples } from "./variables.js";

/**
 * Whether a passage is abstract, and what it is about. It is if one of its densities mentions a variable that neither
 * model nor family nor the front matter knows, or if there is neither model nor family.
 */
export function settingOf(
	surfaces: readonly Surface[],
	state: State,
	inherited: Setting | null,
): Setting | null {
	const calls = surfaces.flatMap(densityCalls);
	if (!isAbstract(surfaces, calls, state) && !inherited) return null;
	return describeSetting(surfaces, calls, state, inherited);
}

function densityCalls(surface: Surface): readonly SurfaceCall[] {
	const found: SurfaceCall[] = [];
	visitSurface(surface, (s) => {
		if (isDensityCall(s)) found.push(s);
	});
	return found;
}

function isAbstract(
	surfaces: readonly Surface[],
	calls: readonly SurfaceCall[],
	state: State,
): boolean {
	const { model, family } = state.context;
	if (!model && !family)
		return (
			calls.length > 0 ||
			surfaces.some((s) => someSurface(s, speaksOfDensities))
		);
	return calls.some((call) =>
		variablesOf(call).some(({ name }) => !isKnown(name, state)),
	);
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

interface Mention {
	readonly name: SurfaceName;
	readonly place: "of" | "given" | "parameter";
}

/** The variables of a density call, and on which side of the bar each stands. */
function variablesOf(call: SurfaceCall): readonly Mention[] {
	const mention = (place: Mention["place"]) => (s: Surface) => {
		const name = isEquals(s) ? s.left : s;
		return name.kind === "name" ? [{ name, place }] : [];
	};
	return [
		...openTuples(call.arguments).flatMap(mention("of")),
		...openTuples(call.given).flatMap(mention("given")),
		...openTuples(call.parameters).flatMap(mention("parameter")),
	];
}

function describeSetting(
	surfaces: readonly Surface[],
	calls: readonly SurfaceCall[],
	state: State,
	inherited: Setting | null,
): Setting {
	const mentions = calls.flatMap((call) =>
		variablesOf(call).map((m) => ({
			...m,
			letter: densityLetter(call.function),
		})),
	);
	const sampled = surfaces.flatMap(sampledNames);
	const names = new Map<string, SurfaceName>();
	for (const name of [...mentions.map((m) => m.name), ...sampled]) {
		const key = keyWith(name);
		if (key) names.set(key, name);
	}
	const keys = (wanted: readonly { name: SurfaceName }[]) =>
		unique(wanted.flatMap(({ name }) => keyWith(name) ?? []));
	const firstQ = calls.find((call) => densityLetter(call.function) === "q");
	const inQ = firstQ ? variablesOf(firstQ) : [];
	const latents = firstOf(
		keys(inQ.filter((m) => m.place === "of")),
		keys(sampled.map((name) => ({ name }))),
		inherited?.latents,
		known(state.unnamedLatents, names),
		posteriorVariables(surfaces),
		guessLatents(keys(mentions)),
	);
	const before = keys(
		mentions.filter((m) => m.letter === "p" && m.place === "of"),
	);
	const observed = firstOf(
		before.filter((k) => !latents.includes(k)),
		inherited?.observed,
		keys(mentions).filter((k) => !latents.includes(k)),
	);
	const parameters = keys(mentions).filter(
		(k) => !latents.includes(k) && !observed.includes(k),
	);
	const symbols = new Map(
		(inherited?.symbols ?? []).map((info) => [info.name, info]),
	);
	for (const [key, name] of names)
		symbols.set(key, unnamed(key, name, latents.includes(key)));
	return {
		symbols: [...symbols.values()],
		counted: new Set([
			...(inherited?.counted ?? []),
			...surfaces.flatMap((s) => countedIn(s, symbols)),
		]),
		latents,
		conditions: keys(inQ.filter((m) => m.place !== "of")),
		observed,
		parameters,
		ofHead: inherited?.ofHead ?? keys(headMentions(surfaces[0])),
	};
}

/** The variables of `p(x)` or `log p(x)` at the head of a chain. */
function headMentions(head: Surface | undefined): readonly Mention[] {
	const [inside] = head?.kind === "call" ? head.arguments : [];
	const call = head && isDensityCall(head) ? head : inside;
	return call && isDensityCall(call) ? variablesOf(call) : [];
}

function unnamed(
	key: string,
	name: SurfaceName,
	isLatent: boolean,
): SymbolInfo {
	const subscripts =
		name.subscripts.length > 0 ? `_{${key.slice(key.indexOf("_") + 1)}}` : "";
	return {
		name: key,
		latex: latexOf(name) + subscripts,
		type: "unnamed",
		dims: [],
		labels: null,
		role: isLatent ? "latent" : "datum",
		line: 0,
	};
}

/** The z of `E_{z ∼ q}`. */
function sampledNames(surface: Surface): readonly SurfaceName[] {
	const found: SurfaceName[] = [];
	visitSurface(surface, (s) => {
		if (s.kind !== "expectation" || !s.law || !isTilde(s.law)) return;
		for (const left of openTuples([s.law.left]))
			if (left.kind === "name") found.push(left);
	});
	return found;
}

/** The z of `KL(q ‖ p(z | x))`. */
function posteriorVariables(surfaces: readonly Surface[]): readonly string[] {
	const found: string[] = [];
	for (const surface of surfaces)
		visitSurface(surface, (s) => {
			if (s.kind !== "call" || !isKlName(s.function)) return;
			for (const operand of [...s.arguments, ...s.given])
				if (isDensityCall(operand))
					for (const { name, place } of variablesOf(operand))
						if (place === "of") found.push(keyWith(name) ?? "");
		});
	return unique(found.filter(Boolean));
}

const usuallyObserved = new Set(["x", "y", "X", "Y", "D", "cal:D"]);

function guessLatents(keys: readonly string[]): readonly string[] {
	return keys.filter((k) => !usuallyObserved.has(k));
}

/** Variables under a Σ. */
function countedIn(
	surface: Surface,
	symbols: ReadonlyMap<string, unknown>,
): readonly string[] {
	const found: string[] = [];
	visitSurface(surface, (s) => {
		if (s.kind !== "big" || s.operator !== "sum") return;
		const key = keyWith(s.index);
		if (key && symbols.has(key)) found.push(key);
	});
	return found;
}

function known(
	keys: readonly string[],
	names: ReadonlyMap<string, unknown>,
): readonly string[] {
	return keys.every((k) => names.has(k)) ? keys : [];
}

function firstOf(
	...lists: readonly (readonly string[] | undefined)[]
): readonly string[] {
	return lists.find((list) => list !== undefined && list.length > 0) ?? [];
}

function unique(keys: readonly string[]): readonly string[] {
	return [...new Set(keys)];
}
