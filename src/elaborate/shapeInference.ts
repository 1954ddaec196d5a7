import type { SymbolInfo } from "../expr/context.js";
import type { Dim, Plate, Shape } from "../expr/tree.js";
import type { Surface, SurfaceName } from "../latex/surface.js";
import { Problem } from "../problem.js";
import { isPlainName, keyOf, latexOf } from "./names.js";
import { readSpace } from "./space.js";
import type { RawBlock, RawStatement } from "./statement.js";
import { someSurface, visitSurface } from "./surfaceWalk.js";

/** A variable of a block while its shape is being found. */
export interface Variable {
	readonly name: string;
	readonly raw: RawStatement;
	readonly plates: readonly Plate[];
	readonly isLabel: boolean;
	shape: Shape | null;
	labels: Dim | null;
}

/** What the inference may ask of the rest of the sheet. */
export interface Knowledge {
	readonly declared: (key: string) => SymbolInfo | undefined;
	/** The shape of a mean that is an expression, if it can be read with what is known so far. */
	readonly shapeOfExpression: (
		s: Surface,
		variables: readonly Variable[],
	) => Shape | null;
}

/**
 * Finds the shape of every variable: from `x_i ∈ ℝ^D`, from declared symbols, from an `I` in the covariance, and from
 * the variable that is its mean. A variable without any such hint is a number.
 */
export function inferShapes(
	variables: readonly Variable[],
	block: RawBlock,
	knowledge: Knowledge,
): void {
	for (const { name, space } of block.members) {
		const own = variables.find((v) => v.name === keyOf(name));
		if (own) setShape(own, readSpace(space).shape, name);
	}
	for (const v of variables) {
		const info = knowledge.declared(v.name);
		if (info && !v.isLabel)
			setShape(v, info.dims.slice(v.plates.length), v.raw.variable);
		if (v.isLabel) v.shape = [];
	}
	for (const v of variables)
		if (v.raw.distribution.name === "Dirichlet")
			v.shape ??= shapeOfWeights(v, variables, knowledge);
	propagate(variables, knowledge);
	for (const v of variables) v.shape ??= shapeFromMean(v, variables, knowledge);
	const vectors = variables.filter(
		(v) => v.shape === null && hasIdentity(v.raw),
	);
	for (const v of vectors)
		v.shape = [identitySize(v.raw) ?? commonSize(variables) ?? "D"];
	propagate(variables, knowledge);
	for (const v of variables) v.shape ??= [];
}

/** Weights are as many as the labels that are drawn with them, as the list of their parameters says, or as declared. */
function shapeOfWeights(
	v: Variable,
	variables: readonly Variable[],
	knowledge: Knowledge,
): Shape {
	const drawn = variables.find((u) =>
		u.raw.parameters.some((p) => p.kind === "name" && keyOf(p) === v.name),
	);
	const size =
		drawn?.labels ??
		listedLabels(v.raw.parameters) ??
		declaredLabels(v.raw.parameters, knowledge);
	if (size !== null) return [size];
	throw new Problem(
		`how many weights \`${latexOf(v.raw.variable)}\` has is not known`,
		v.raw.span,
		"a declared parameter: symbols: {alpha: positive[K]}",
	);
}

function setShape(v: Variable, shape: Shape, place: SurfaceName): void {
	if (v.shape && v.shape.join() !== shape.join())
		throw new Problem(
			`shape mismatch: \`${latexOf(place)}\` is stated with two shapes`,
			place.span,
			"one shape",
		);
	v.shape = shape;
}

/** A variable has the shape of the variable or declared symbol that is its mean, and the other way round. */
function propagate(variables: readonly Variable[], knowledge: Knowledge): void {
	for (let changed = true; changed; ) {
		changed = false;
		for (const v of variables) {
			const mean =
				v.raw.distribution.name === "Normal"
					? meanName(v.raw.parameters[0], variables)
					: null;
			if (!mean) continue;
			const other = variables.find((u) => u.name === mean.key);
			if (other?.shape && !v.shape) v.shape = other.shape;
			else if (other && !other.shape && v.shape) other.shape = v.shape;
			else if (!other && !v.shape)
				v.shape = declaredShape(knowledge.declared(mean.key), mean.subscripts);
			else continue;
			changed ||= v.shape !== null && (!other || other.shape !== null);
		}
	}
}

function declaredShape(
	info: SymbolInfo | undefined,
	subscripts: number,
): Shape | null {
	return info ? info.dims.slice(subscripts) : null;
}

/** The symbol that is the whole mean: `μ_{c_i}`, `μ`, or the μ of `c_i^⊤ μ`. */
function meanName(
	mean: Surface | undefined,
	variables: readonly Variable[],
): { key: string; subscripts: number } | null {
	if (mean?.kind === "name")
		return { key: keyOf(mean), subscripts: mean.subscripts.length };
	if (mean?.kind !== "product" || mean.factors.length !== 2) return null;
	const [left, right] = mean.factors;
	const chooses =
		left?.kind === "transposed" && left.of.kind === "name" ? left.of : null;
	const isLabel =
		chooses && variables.some((v) => v.isLabel && v.name === keyOf(chooses));
	return isLabel && right?.kind === "name"
		? { key: keyOf(right), subscripts: right.subscripts.length + 1 }
		: null;
}

function shapeFromMean(
	v: Variable,
	variables: readonly Variable[],
	knowledge: Knowledge,
): Shape | null {
	const [mean] = v.raw.parameters;
	if (!mean || v.raw.distribution.name !== "Normal" || mean.kind === "number")
		return null;
	return knowledge.shapeOfExpression(mean, variables);
}

/** Whether a parameter mentions `I`. */
export function hasIdentity(raw: RawStatement): boolean {
	return raw.parameters.some((p) => someSurface(p, isIdentity));
}

export function isIdentity(s: Surface): boolean {
	return (
		s.kind === "name" &&
		s.name === "I" &&
		s.accents.length === 0 &&
		s.labels.length === 0
	);
}

/** The D of `I_D`. */
function identitySize(raw: RawStatement): Dim | null {
	let size: Dim | null = null;
	for (const p of raw.parameters)
		visitSurface(p, (s) => {
			const [sub] = s.kind === "name" && isIdentity(s) ? s.subscripts : [];
			if (isPlainName(sub)) size = sub.name;
			if (sub?.kind === "number") size = Number(sub.text);
		});
	return size;
}

/** The one size that the vectors found so far have. */
function commonSize(variables: readonly Variable[]): Dim | null {
	const sizes = new Set(
		variables.flatMap((v) => (v.shape?.length === 1 ? v.shape : [])),
	);
	const [size] = sizes;
	return sizes.size === 1 ? (size ?? null) : null;
}

/**
 * The number of values of a label: of `1/K, …, 1/K` and `π_1, …, π_K` the last one says it, a declared π has it as its
 * last axis, and `μ_{c_i}` takes it from the axis that the label picks from.
 */
export function inferLabels(
	variables: readonly Variable[],
	block: RawBlock,
	knowledge: Knowledge,
): void {
	for (const { name, space } of block.members) {
		const own = variables.find((v) => v.isLabel && v.name === keyOf(name));
		if (own) own.labels = readSpace(space).labels;
	}
	for (const v of variables) {
		if (!v.isLabel) continue;
		v.labels ??=
			listedLabels(v.raw.parameters) ??
			declaredLabels(v.raw.parameters, knowledge) ??
			labelsByUse(v, variables, knowledge) ??
			labelsOfWeights(v, variables, knowledge);
		if (v.labels === null)
			throw new Problem(
				`how many values \`${latexOf(v.raw.variable)}\` has is not known`,
				v.raw.span,
				"\\mathrm{Cat}(1/K, …, 1/K), or a declared vector: symbols: {pi: simplex[K]}",
			);
	}
}

/** `c ∼ Cat(θ)` with `θ ∼ Dirichlet(α)`: as many as α says. */
function labelsOfWeights(
	v: Variable,
	variables: readonly Variable[],
	knowledge: Knowledge,
): Dim | null {
	const [only] = v.raw.parameters;
	const weights =
		only?.kind === "name"
			? variables.find((u) => u.name === keyOf(only))?.raw.parameters
			: undefined;
	if (!weights) return null;
	return listedLabels(weights) ?? declaredLabels(weights, knowledge);
}

function listedLabels(parameters: readonly Surface[]): Dim | null {
	const [only] = parameters;
	const items =
		only?.kind === "tuple" && parameters.length === 1 ? only.items : parameters;
	if (items.length < 2) return null;
	if (!items.some((s) => s.kind === "dots")) return items.length;
	const last = items.at(-1) as Surface;
	const size =
		last.kind === "name"
			? last.subscripts.at(-1)
			: last.kind === "fraction"
				? last.denominator
				: undefined;
	if (isPlainName(size)) return size.name;
	return size?.kind === "number" ? Number(size.text) : null;
}

function declaredLabels(
	parameters: readonly Surface[],
	knowledge: Knowledge,
): Dim | null {
	const [only] = parameters;
	if (only?.kind !== "name" || parameters.length !== 1) return null;
	return knowledge.declared(keyOf(only))?.dims.at(-1) ?? null;
}

function labelsByUse(
	label: Variable,
	variables: readonly Variable[],
	knowledge: Knowledge,
): Dim | null {
	let found: Dim | null = null;
	const axesOf = (name: SurfaceName): readonly Dim[] | undefined =>
		variables.find((v) => v.name === keyOf(name))?.plates.map((p) => p.size) ??
		knowledge.declared(keyOf(name))?.dims;
	for (const v of variables)
		for (const parameter of v.raw.parameters)
			visitSurface(parameter, (s) => {
				if (s.kind === "name")
					s.subscripts.forEach((sub, i) => {
						if (sub.kind === "name" && keyOf(sub) === label.name)
							found ??= axesOf(s)?.[i] ?? null;
					});
				if (s.kind === "product")
					s.factors.forEach((f, i) => {
						const next = s.factors[i + 1];
						if (
							f.kind === "transposed" &&
							f.of.kind === "name" &&
							keyOf(f.of) === label.name &&
							next?.kind === "name"
						)
							found ??= axesOf(next)?.[0] ?? null;
					});
			});
	return found;
}
