import type { SymbolInfo, ValueType } from "../expr/context.js";
import type { Dim } from "../expr/tree.js";
import type { Surface, SurfaceName } from "../latex/surface.js";
import { Problem } from "../problem.js";
import { isIdentity } from "./identity.js";
import { isNamedApart, keyWith } from "./lookup.js";
import {
	isPlainName,
	keyOf,
	latexOf,
	latexOfKey,
	subscriptText,
} from "./names.js";
import { hasIdentity } from "./shapeInference.js";
import { isOverMatrices } from "./support.js";
import { someSurface, surfaceChildren } from "./surfaceWalk.js";
import type { Variable } from "./variable.js";

/** Types of the parameters that a model or family mentions and nothing declares, from the places where they stand. */

export interface Known {
	readonly variables: readonly Variable[];
	readonly ranges: ReadonlyMap<string, Dim>;
	/** The axes of a symbol or size that is known, null for any other key. */
	readonly axesOf: (key: string) => readonly Dim[] | null;
	readonly isSize: (name: string) => boolean;
	readonly role: "parameter" | "variational";
	readonly line: number;
}

/** The undeclared parameters of one statement, with their types and shapes. */
export function inferParameters(
	v: Variable,
	known: Known,
): readonly SymbolInfo[] {
	return v.raw.parameters.flatMap((parameter, position) =>
		parameterNames(parameter, v, known).map((name) =>
			declare(name, placeOf(parameter, position, name, v), known),
		),
	);
}

/** Names in a parameter that are neither variables, indices, sizes nor known symbols; a sum's own index is none. */
function parameterNames(
	s: Surface,
	v: Variable,
	known: Known,
): readonly SurfaceName[] {
	if (s.kind === "call")
		return [...s.arguments, ...s.given, ...s.parameters].flatMap((a) =>
			parameterNames(a, v, known),
		);
	if (s.kind === "big") {
		const own = keyOf(s.index);
		return surfaceChildren(s)
			.filter((child) => child !== s.index)
			.flatMap((child) => parameterNames(child, v, known))
			.filter((name) => keyOf(name) !== own || name.subscripts.length > 0);
	}
	if (s.kind !== "name")
		return surfaceChildren(s).flatMap((child) =>
			parameterNames(child, v, known),
		);
	const isConstant =
		["0", "1", "e", "infty"].includes(s.name) && s.subscripts.length === 0;
	if (isIdentity(s) || isConstant) return [];
	if (
		s.name === "pi" &&
		v.raw.distribution.name === "Normal" &&
		s.subscripts.length === 0
	)
		return [];
	const prefixes = [...s.subscripts.keys(), s.subscripts.length];
	const isKnown = prefixes.some((taken) => {
		const key = isNamedApart(s, taken) ? null : keyWith(s, taken);
		const axes = key === null ? null : known.axesOf(key);
		return axes !== null && hasAxisFor(s.subscripts[taken], axes, known);
	});
	return isKnown ? [] : [s];
}

/** The N of `μ_N` is no entry of a number μ, nor of a vector with other axes: the name after N data is another one. */
function hasAxisFor(
	next: Surface | undefined,
	[axis]: readonly Dim[],
	known: Known,
): boolean {
	return !isPlainName(next) || !known.isSize(next.name) || axis === next.name;
}

interface Place {
	readonly type: ValueType;
	/** Axes of one value, behind those of the subscripts. */
	readonly event: readonly Dim[];
	/** Subscripts at the end that enumerate the last axis: the K of `π_1, …, π_K`. */
	readonly enumerated: boolean;
}

/** What a name is, by where it stands: a mean, a scale, a matrix, probabilities, or a positive number. */
function placeOf(
	parameter: Surface,
	position: number,
	name: SurfaceName,
	v: Variable,
): Place {
	const shape = v.shape ?? [];
	const { distribution } = v.raw;
	if (v.isLabel) return probabilities(parameter, name, v);
	if (isOverMatrices(distribution)) return scalePlace(name, shape);
	const place = distribution.places?.(v.raw.parameters.length, v.raw.spelling)[
		position
	];
	if (place)
		return {
			type: place.type,
			event: place.extent === "variable" ? shape : [],
			enumerated: false,
		};
	if (distribution.name !== "Normal") return positivePlace(v, name, shape);
	if (position === 0) return { type: "real", event: shape, enumerated: false };
	return covariancePlace(parameter, name, v);
}

/** Shapes, rates and concentrations; in a list `α_1, …, α_K` the last subscript counts, in `a, …, a` one number repeats. */
function positivePlace(
	v: Variable,
	name: SurfaceName,
	shape: readonly Dim[],
): Place {
	const listed = v.raw.parameters.some((p) => p.kind === "dots");
	const own = keyWith(name);
	const repeats =
		listed &&
		v.raw.parameters.every(
			(p) => p.kind === "dots" || (p.kind === "name" && keyWith(p) === own),
		);
	return {
		type: "positive",
		event: repeats ? [] : shape,
		enumerated: listed && !repeats,
	};
}

function probabilities(
	parameter: Surface,
	name: SurfaceName,
	v: Variable,
): Place {
	const listed = v.raw.parameters.length > 1 || parameter.kind === "tuple";
	if (!listed && parameter !== name)
		throw new Problem(
			`\`${latexOf(name)}\` has no declared type`,
			name.span,
			`add \`symbols: {${keyOf(name)}: …}\``,
		);
	return { type: "simplex", event: [v.labels as Dim], enumerated: listed };
}

/** The scale of a random matrix, a capital letter, is one itself; what else stands there is a positive number. */
function scalePlace(name: SurfaceName, shape: readonly Dim[]): Place {
	return isMatrixLetter(name)
		? { type: "posdef", event: shape, enumerated: false }
		: { type: "positive", event: [], enumerated: false };
}

function covariancePlace(
	parameter: Surface,
	name: SurfaceName,
	v: Variable,
): Place {
	const shape = v.shape ?? [];
	const [size] = shape;
	if (size === undefined || hasIdentity(v.raw))
		return { type: "positive", event: [], enumerated: false };
	const inDiagonal = someSurface(
		parameter,
		(s) =>
			s.kind === "call" &&
			s.function.name === "diag" &&
			s.arguments.some((a) => someSurface(a, (x) => x === name)),
	);
	if (inDiagonal) return { type: "positive", event: shape, enumerated: false };
	return isMatrixLetter(name)
		? { type: "posdef", event: [size, size], enumerated: false }
		: { type: "positive", event: [], enumerated: false };
}

/** Matrices are written with capital letters. */
function isMatrixLetter(name: SurfaceName): boolean {
	return /^(var)?[A-Z]/.test(name.name);
}

function declare(name: SurfaceName, place: Place, known: Known): SymbolInfo {
	const subscripts = place.enumerated
		? name.subscripts.slice(0, -1)
		: name.subscripts;
	const texts: string[] = [];
	const dims: Dim[] = [];
	for (const sub of subscripts) {
		const dim = dimOfSubscript(sub, known);
		if (dim !== null) dims.push(dim);
		else if (isPartOfName(sub, dims, known))
			texts.push(subscriptText(sub) ?? "");
		else
			throw new Problem(
				`the range of a subscript of \`${latexOf(name)}\` is not known`,
				sub.span,
				"its range, such as k = 1,…,K",
			);
	}
	const key =
		texts.length > 0 ? `${keyOf(name)}_${texts.join("")}` : keyOf(name);
	return {
		name: key,
		latex: latexOfKey(key),
		type: place.type,
		dims: [...dims, ...place.event],
		labels: null,
		role: known.role,
		line: known.line,
	};
}

/** The 0 of `μ_0`, the N of the `a_N` after N data, and the 1 of `γ_{t,1}` beside `γ_{t,2}` belong to the name. */
function isPartOfName(
	sub: Surface,
	before: readonly Dim[],
	known: Known,
): boolean {
	if (sub.kind === "number") return true;
	return before.length === 0 && isPlainName(sub) && known.isSize(sub.name);
}

function dimOfSubscript(sub: Surface, known: Known): Dim | null {
	if (isPlainName(sub) && known.ranges.has(sub.name))
		return known.ranges.get(sub.name) ?? null;
	if (sub.kind !== "name") return null;
	return (
		known.variables.find((v) => v.isLabel && v.name === keyOf(sub))?.labels ??
		null
	);
}
