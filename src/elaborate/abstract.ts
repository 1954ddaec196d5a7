import type { SymbolInfo } from "../expr/context.js";
import type { Surface, SurfaceName } from "../latex/surface.js";
import { Problem, type Span } from "../problem.js";
import {
	type DensityCall,
	densityLetter,
	isDensityCall,
	isElboName,
	isKlName,
	tableName,
} from "./densityName.js";
import { distributionOf } from "./distributionCall.js";
import { inSmall } from "./information.js";
import { keyWith } from "./lookup.js";
import {
	countedIn,
	densityCalls,
	differentiatedBy,
	divergenceVariables,
	functionArguments,
	functionCalls,
	headMentions,
	informedNames,
	isFunctionLetter,
	sampledNames,
	variablesOf,
} from "./mentions.js";
import { latexOfKey } from "./names.js";
import { ownJoint } from "./sameJoint.js";
import { type Setting, usuallyObserved } from "./setting.js";
import type { State } from "./state.js";
import { someSurface, surfaceChildren, visitSurface } from "./surfaceWalk.js";
import { lawName } from "./tables.js";
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

function describeSetting(
	surfaces: readonly Surface[],
	state: State,
	inherited: Setting | null,
): Setting {
	const calls = surfaces.flatMap(densityCalls);
	const slides = unique([
		...(inherited?.slides ?? []),
		...slidesIn(surfaces, state),
	]);
	const variablesIn = (call: DensityCall) =>
		variablesOf(call).filter((m) => !slides.includes(keyWith(m.name) ?? ""));
	const mentions = calls.flatMap(variablesIn);
	const p = calls.filter((call) => densityLetter(call.function) === "p");
	const q = calls.filter((call) => densityLetter(call.function) === "q");
	const inQ = q[0] ? variablesIn(q[0]) : [];
	const all = keysOf(mentions.map((m) => m.name));
	const arguments_ = unique([
		...keysOf(surfaces.flatMap(functionArguments)),
		...keysOf(
			surfaces.flatMap(informedNames).map((name) => spelledIn(all, name)),
		),
	]);
	const latents = firstOf(
		state.unnamedFactors.flatMap((f) => f.variables),
		keysOf(inQ.filter((m) => m.place === "of").map((m) => m.name)),
		keysOf(surfaces.flatMap(sampledNames)),
		inherited?.latents,
		keysOf(surfaces.flatMap(divergenceVariables)),
		latentsBefore(state, surfaces, all),
		all.filter((k) => !usuallyObserved.has(k)),
		arguments_,
		usualLatent(surfaces, state, all),
	);
	const ofP = keysOf(
		p.flatMap(variablesIn).flatMap((m) => (m.place === "of" ? [m.name] : [])),
	);
	const observed = firstOf(
		ofP.filter((k) => !latents.includes(k)),
		inherited?.observed,
		all.filter((k) => !latents.includes(k)),
	);
	const keys = unique([
		...(inherited?.symbols ?? []).map((info) => info.name),
		...all,
		...keysOf(surfaces.flatMap(sampledNames)),
		...arguments_,
		...latents,
	]);
	const joint = jointOf(surfaces, inherited);
	return {
		symbols: [
			...keys
				.filter((key) => !slides.includes(key))
				.map((key) => unnamed(key, latents.includes(key))),
			...slides.map(sliding),
		],
		slides,
		counted: new Set([
			...(inherited?.counted ?? []),
			...surfaces.flatMap((s) => countedIn(s, new Set(keys))),
		]),
		q: firstOf(unique(q.map((call) => nameOf(call, slides))), inherited?.q),
		p: unique([
			...(inherited?.p ?? []),
			...p.map((call) => joint ?? nameOf(call, slides)),
		]),
		joint,
		latents,
		factors: state.unnamedFactors,
		conditions: keysOf(inQ.filter((m) => m.place !== "of").map((m) => m.name)),
		observed,
		parameters: all.filter(
			(k) => !latents.includes(k) && !observed.includes(k),
		),
		ofHead:
			inherited?.ofHead ?? keysOf(headMentions(surfaces[0]).map((m) => m.name)),
	};
}

/** The X of `H(X)` is the x of `p(x)`, where there is one. */
function spelledIn(known: readonly string[], name: SurfaceName): SurfaceName {
	const small = inSmall(name);
	return known.includes(keyWith(small) ?? "") ? small : name;
}

function nameOf(call: DensityCall, slides: readonly string[]): string {
	const behind = openTuples([...call.given, ...call.parameters]);
	return lawName(tableName(call.function), behind, slides);
}

/** What a passage differentiates by that no one declared, where its densities are decorated with it or given it. */
function slidesIn(
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

/** A chain that goes on keeps to what the densities of its beginning are. */
function jointOf(
	surfaces: readonly Surface[],
	inherited: Setting | null,
): string | null {
	if (inherited && inherited.p.length > 0) return inherited.joint;
	return ownJoint(surfaces);
}

/** The variables that q was over in an earlier passage, if this one goes on to speak of them or of a bare q. */
function latentsBefore(
	state: State,
	surfaces: readonly Surface[],
	mentioned: readonly string[],
): readonly string[] {
	const before = state.unnamedLatents;
	const isBare = surfaces.some((side) => someSurface(side, isBareQ));
	return isBare || before.every((k) => mentioned.includes(k)) ? before : [];
}

/** Where nothing but densities is spoken of, and these by their letters alone, they are of a variable z. */
function usualLatent(
	surfaces: readonly Surface[],
	state: State,
	mentioned: readonly string[],
): readonly string[] {
	const isFree = !mentioned.includes("z") && !state.context.symbols.has("z");
	const names = surfaces.flatMap(namesWithin);
	const isOfLetters = names.every(
		(s) =>
			isElboName(s) ||
			isKlName(s) ||
			densityLetter(s) !== null ||
			mentioned.includes(keyWith(s) ?? ""),
	);
	return isFree && isOfLetters && names.length > 0 ? ["z"] : [];
}

function namesWithin(surface: Surface): readonly SurfaceName[] {
	const found: SurfaceName[] = [];
	visitSurface(surface, (s) => {
		if (s.kind === "name") found.push(s);
	});
	return found;
}

function isBareQ(s: Surface): boolean {
	return s.kind === "name" && densityLetter(s) === "q";
}

function unnamed(key: string, isLatent: boolean): SymbolInfo {
	return {
		name: key,
		latex: latexOfKey(key),
		type: "unnamed",
		dims: [],
		labels: null,
		role: isLatent ? "latent" : "datum",
		line: 0,
	};
}

/** A parameter of unnamed densities: a number. */
function sliding(key: string): SymbolInfo {
	return { ...unnamed(key, false), type: "real", role: "parameter" };
}

function keysOf(names: readonly SurfaceName[]): readonly string[] {
	return unique(names.flatMap((name) => keyWith(name) ?? []));
}

function firstOf(
	...lists: readonly (readonly string[] | undefined)[]
): readonly string[] {
	return lists.find((list) => list !== undefined && list.length > 0) ?? [];
}

function unique(keys: readonly string[]): readonly string[] {
	return [...new Set(keys)];
}
