import type { SymbolInfo } from "../expr/context.js";
import type { Dim, Shape } from "../expr/tree.js";
import type { Surface, SurfaceName } from "../latex/surface.js";
import { Problem } from "../problem.js";
import { isIdentity } from "./identity.js";
import { declaredLabels, listedLabels } from "./labelInference.js";
import { isPlainName, keyOf, latexOf } from "./names.js";
import { readSpace } from "./space.js";
import type { RawBlock, RawStatement } from "./statement.js";
import { isOverMatrices } from "./support.js";
import { someSurface, visitSurface } from "./surfaceWalk.js";
import type { Knowledge, Variable } from "./variable.js";

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
		v.shape ??=
			shapeOfDeclaredCovariance(v, knowledge) ??
			shapeOfDiagonal(v, variables, knowledge);
	}
	for (const v of variables)
		if (v.raw.distribution.name === "Dirichlet")
			v.shape ??= shapeOfWeights(v, variables, knowledge);
	for (const v of variables)
		if (isOverMatrices(v.raw.distribution))
			v.shape ??= shapeOfDeclaredScale(v, knowledge);
	for (const v of variables) v.shape ??= shapeOfRandomMatrix(v, variables);
	for (const v of variables)
		if (v.raw.distribution.name === "Multinomial")
			v.shape ??= shapeOfCounts(v, variables, knowledge);
	propagate(variables, knowledge);
	for (const v of variables) inferFromUse(v, variables, knowledge);
	for (const v of variables) v.shape ??= shapeFromMean(v, variables, knowledge);
	const vectors = variables.filter(
		(v) =>
			v.shape === null &&
			!isOverMatrices(v.raw.distribution) &&
			(hasIdentity(v.raw) ||
				hasMatrix(v.raw) ||
				randomMatrixOf(v, variables) !== null),
	);
	for (const v of vectors)
		v.shape = [identitySize(v.raw) ?? commonSize(variables) ?? "D"];
	propagate(variables, knowledge);
	for (const v of variables)
		if (isOverMatrices(v.raw.distribution))
			v.shape ??= shapeOfUse(v, variables);
	for (const v of variables) v.shape ??= [];
}

/** The D of a declared `S: posdef[D,D]`, or of an array of such, that is the covariance or precision. */
function shapeOfDeclaredCovariance(
	v: Variable,
	knowledge: Knowledge,
): Shape | null {
	const name = covarianceName(v.raw);
	const info = name ? knowledge.declared(keyOf(name)) : undefined;
	const size = info?.dims.at(-1);
	return info?.type === "posdef" && size !== undefined ? [size] : null;
}

/** D × D where the scale of a random matrix is declared as such. */
function shapeOfDeclaredScale(v: Variable, knowledge: Knowledge): Shape | null {
	let found: Shape | null = null;
	for (const parameter of v.raw.parameters)
		visitSurface(parameter, (s) => {
			const info = s.kind === "name" ? knowledge.declared(keyOf(s)) : undefined;
			if (info?.type === "posdef") found ??= info.dims.slice(-2);
		});
	return found;
}

/** The random matrix that the covariance of a Normal mentions: `Λ_k^{-1}`, `(β_0 Λ_k)^{-1}`, `Σ`. */
function randomMatrixOf(
	v: Variable,
	variables: readonly Variable[],
): Variable | null {
	const [, covariance] = v.raw.parameters;
	if (v.raw.distribution.name !== "Normal" || !covariance) return null;
	const isMentioned = (u: Variable) =>
		someSurface(covariance, (s) => s.kind === "name" && keyOf(s) === u.name);
	return (
		variables.find(
			(u) => isOverMatrices(u.raw.distribution) && isMentioned(u),
		) ?? null
	);
}

/** The D of a random D × D matrix that is in the covariance. */
function shapeOfRandomMatrix(
	v: Variable,
	variables: readonly Variable[],
): Shape | null {
	const size = randomMatrixOf(v, variables)?.shape?.[0];
	return size === undefined ? null : [size];
}

/** A random matrix is as large as the vectors whose covariance it is in. */
function shapeOfUse(v: Variable, variables: readonly Variable[]): Shape {
	const user = variables.find((u) => randomMatrixOf(u, variables) === v);
	const size =
		user?.shape?.[0] ?? identitySize(v.raw) ?? commonSize(variables) ?? "D";
	return [size, size];
}

/** The D of `diag(α)` in a covariance, for a declared α: positive[D] or a variable α_d, d = 1…D. */
function shapeOfDiagonal(
	v: Variable,
	variables: readonly Variable[],
	knowledge: Knowledge,
): Shape | null {
	const [, covariance] = v.raw.parameters;
	if (v.raw.distribution.name !== "Normal" || !covariance) return null;
	let found: Shape | null = null;
	visitSurface(covariance, (s) => {
		const [of] =
			s.kind === "call" && s.function.name === "diag" ? s.arguments : [];
		if (of?.kind !== "name") return;
		const plates = variables.find((u) => u.name === keyOf(of))?.plates;
		const dims =
			plates?.map((p) => p.size) ?? knowledge.declared(keyOf(of))?.dims;
		const size = dims?.[of.subscripts.length];
		if (size !== undefined) found ??= [size];
	});
	return found;
}

/** The letter that is the whole covariance of a Normal, or whose inverse it is. */
function covarianceName(raw: RawStatement): SurfaceName | null {
	const [, covariance] = raw.parameters;
	if (raw.distribution.name !== "Normal" || !covariance) return null;
	const inner = covariance.kind === "power" ? covariance.base : covariance;
	return inner.kind === "name" ? inner : null;
}

/** Σ and Λ stand for matrices. */
function hasMatrix(raw: RawStatement): boolean {
	const name = covarianceName(raw)?.name;
	return name === "Sigma" || name === "Lambda";
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

/** Counts are as many as the probabilities that they are drawn with. */
function shapeOfCounts(
	v: Variable,
	variables: readonly Variable[],
	knowledge: Knowledge,
): Shape {
	for (const parameter of v.raw.parameters) {
		const key = parameter.kind === "name" ? keyOf(parameter) : null;
		const drawn = variables.find((u) => u.name === key)?.shape;
		if (drawn?.length === 1) return drawn;
		const size =
			listedLabels([parameter]) ??
			(key === null ? null : (knowledge.declared(key)?.dims.at(-1) ?? null));
		if (size !== null) return [size];
		const shape = knowledge.shapeOfExpression(parameter, variables);
		if (shape?.length === 1) return shape;
	}
	throw new Problem(
		`how many counts \`${latexOf(v.raw.variable)}\` has is not known`,
		v.raw.span,
		"declared probabilities: symbols: {pi: simplex[K]}",
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

/** The shape of w from `X w` with a declared X: the one size that makes the mean of another variable readable. */
function inferFromUse(
	v: Variable,
	variables: readonly Variable[],
	knowledge: Knowledge,
): void {
	if (v.shape || v.isLabel) return;
	const uses = variables.flatMap((u) => {
		const [mean] = u.raw.parameters;
		const inMean = (s: Surface) => s.kind === "name" && keyOf(s) === v.name;
		const isUse = u !== v && u.raw.distribution.name === "Normal" && mean;
		return isUse && mean.kind !== "name" && someSurface(mean, inMean)
			? [mean]
			: [];
	});
	const candidates: readonly Shape[] = [
		...(hasIdentity(v.raw) ? [] : [[]]),
		...knowledge.sizes().map((size) => [size]),
	];
	for (const mean of uses) {
		const fitting = candidates.filter((shape) => {
			const tried = variables.map((u) => (u === v ? { ...v, shape } : u));
			return knowledge.shapeOfExpression(mean, tried) !== null;
		});
		const [only] = fitting;
		if (only && fitting.length === 1) v.shape = only;
	}
}

/** Whether a parameter mentions `I`. */
export function hasIdentity(raw: RawStatement): boolean {
	return raw.parameters.some((p) => someSurface(p, isIdentity));
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

/** The one size that the Normal vectors found so far have. */
function commonSize(variables: readonly Variable[]): Dim | null {
	const sizes = new Set(
		variables.flatMap((v) =>
			v.raw.distribution.name === "Normal" && v.shape?.length === 1
				? v.shape
				: [],
		),
	);
	const [size] = sizes;
	return sizes.size === 1 ? (size ?? null) : null;
}
