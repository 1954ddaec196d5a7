import type { SymbolInfo } from "../expr/context.js";
import type { Surface, SurfaceName } from "../latex/surface.js";
import {
	type DensityCall,
	densityLetter,
	isElboName,
	isKlName,
	tableName,
} from "./densityName.js";
import { inSmall } from "./information.js";
import { keysOf, keyWith, unique } from "./lookup.js";
import {
	countedIn,
	densityCalls,
	divergenceVariables,
	functionArguments,
	headMentions,
	informedNames,
	type Mention,
	sampledNames,
	variablesOf,
} from "./mentions.js";
import { latexOfKey } from "./names.js";
import { ownJoint } from "./sameJoint.js";
import { type Setting, usuallyObserved } from "./setting.js";
import { slidesIn } from "./slides.js";
import type { State } from "./state.js";
import { someSurface, visitSurface } from "./surfaceWalk.js";
import { lawName } from "./tables.js";
import { checkValues, valueKeys } from "./unnamedValues.js";
import { openTuples } from "./variables.js";

/** What an abstract passage is about, by all that its formulas mention. A chain that goes on is about the same. */
export function describeSetting(
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
		all.filter((k) => !usuallyObserved.has(k) && !isBehindOnly(mentions, k)),
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
	checkValues(calls);
	const values = valueKeys(calls);
	return {
		symbols: [
			...keys
				.filter((key) => !slides.includes(key))
				.map((key) => unnamed(key, latents.includes(key))),
			...unique(values).map((key) => unnamed(key, false)),
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

/** Whether a name only ever stands behind a semicolon, as the θ of `p(x; θ)`. */
function isBehindOnly(mentions: readonly Mention[], key: string): boolean {
	return mentions.every(
		({ name, place }) => place === "parameter" || keyWith(name) !== key,
	);
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
	const isBare = surfaces.some((side) =>
		someSurface(side, (s) => isBareQ(s) || isBound(s)),
	);
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

function isBound(s: Surface): boolean {
	return s.kind === "name" && isElboName(s);
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

function firstOf(
	...lists: readonly (readonly string[] | undefined)[]
): readonly string[] {
	return lists.find((list) => list !== undefined && list.length > 0) ?? [];
}
