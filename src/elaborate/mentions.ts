import type {
	Surface,
	SurfaceCall,
	SurfaceExpectation,
	SurfaceName,
} from "../latex/surface.js";
import { isEquals, isTilde } from "./comparison.js";
import {
	type DensityCall,
	densityLetter,
	isDensityCall,
	isEntropyName,
	isInformationName,
	isKlName,
} from "./densityName.js";
import { keyWith } from "./lookup.js";
import { visitSurface } from "./surfaceWalk.js";
import { openTuples } from "./variables.js";

/** What the formulas of a passage mention, before any of them is read: variables of densities, and how they stand. */

export interface Mention {
	readonly name: SurfaceName;
	readonly place: "of" | "given" | "parameter";
}

/** Calls of p and q, in reading order. */
export function densityCalls(surface: Surface): readonly DensityCall[] {
	const found: DensityCall[] = [];
	visitSurface(surface, (s) => {
		if (isDensityCall(s)) found.push(s);
	});
	return found;
}

/** The variables of a density call, and on which side of the bar each stands. */
export function variablesOf(call: SurfaceCall): readonly Mention[] {
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

/** The variables of `p(x)` or `log p(x)` at the head of a chain. */
export function headMentions(head: Surface | undefined): readonly Mention[] {
	const [inside] = head?.kind === "call" ? head.arguments : [];
	const call = head && isDensityCall(head) ? head : inside;
	return call && isDensityCall(call) ? variablesOf(call) : [];
}

/** The z of `E_{z ∼ q}`. */
export function sampledNames(surface: Surface): readonly SurfaceName[] {
	const found: SurfaceName[] = [];
	visitSurface(surface, (s) => {
		if (s.kind !== "expectation" || !s.law || !isTilde(s.law)) return;
		found.push(...namesIn(openTuples([s.law.left])));
	});
	return found;
}

const functionLetters = new Set(["f", "g", "h"]);

/** Whether a letter stands for an unspecified function. */
export function isFunctionLetter(name: SurfaceName): boolean {
	return functionLetters.has(name.name) && name.style === "plain";
}

/** Calls of unspecified functions. */
export function functionCalls(surface: Surface): readonly SurfaceCall[] {
	const found: SurfaceCall[] = [];
	visitSurface(surface, (s) => {
		if (s.kind === "call" && isFunctionLetter(s.function)) found.push(s);
	});
	return found;
}

/** The z of `f(z)`. */
export function functionArguments(surface: Surface): readonly SurfaceName[] {
	return functionCalls(surface).flatMap((call) =>
		namesIn(openTuples(call.arguments)),
	);
}

/** The θ of ∂/∂θ and ∇_θ. */
export function differentiatedBy(surface: Surface): readonly SurfaceName[] {
	const found: SurfaceName[] = [];
	visitSurface(surface, (s) => {
		if (s.kind === "derivative" && s.by.kind === "name") found.push(s.by);
	});
	return found;
}

/** The x and z of `H(x)`, `H(x | z)`, `I(x; z)`, where these are names and no densities. */
export function informedNames(surface: Surface): readonly SurfaceName[] {
	const found: SurfaceName[] = [];
	visitSurface(surface, (s) => {
		if (!isInformation(s)) return;
		const operands = [...s.arguments, ...s.given, ...(s.parameters ?? [])];
		found.push(...namesIn(openTuples(operands)));
	});
	return found.filter((name) => !densityLetter(name));
}

function isInformation(s: Surface): s is SurfaceCall | SurfaceExpectation {
	if (s.kind === "expectation") return s.operator === "H";
	if (s.kind !== "call") return false;
	return isInformationName(s.function)
		? s.arguments.length + s.parameters.length > 1
		: isEntropyName(s.function);
}

function namesIn(surfaces: readonly Surface[]): readonly SurfaceName[] {
	return surfaces.filter((s) => s.kind === "name");
}

/** The z of `KL(q ‖ p(z | x))`. */
export function divergenceVariables(surface: Surface): readonly SurfaceName[] {
	const found: SurfaceName[] = [];
	visitSurface(surface, (s) => {
		if (s.kind !== "call" || !isKlName(s.function)) return;
		for (const operand of [...s.arguments, ...s.given])
			if (isDensityCall(operand))
				for (const { name, place } of variablesOf(operand))
					if (place === "of") found.push(name);
	});
	return found;
}

/** Variables under a Σ. */
export function countedIn(
	surface: Surface,
	known: ReadonlySet<string>,
): readonly string[] {
	const found: string[] = [];
	visitSurface(surface, (s) => {
		if (s.kind !== "big" || s.operator !== "sum") return;
		const key = keyWith(s.index);
		if (key && known.has(key)) found.push(key);
	});
	return found;
}
