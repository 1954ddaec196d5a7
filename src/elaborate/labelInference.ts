import type { Dim } from "../expr/tree.js";
import type { Surface, SurfaceName } from "../latex/surface.js";
import { Problem } from "../problem.js";
import { keyWith } from "./lookup.js";
import { isPlainName, keyOf, latexOf } from "./names.js";
import { readSpace } from "./space.js";
import { dimOf, type RawBlock } from "./statement.js";
import { visitSurface } from "./surfaceWalk.js";
import type { Knowledge, Variable } from "./variable.js";

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
			labelsOfWeights(v, variables, block, knowledge);
		if (v.labels === null)
			throw new Problem(
				`how many values \`${latexOf(v.raw.variable)}\` has is not known`,
				v.raw.span,
				"\\mathrm{Cat}(1/K, …, 1/K), or a declared vector: symbols: {pi: simplex[K]}",
			);
	}
}

/** `c ∼ Cat(θ)` with `θ ∈ Δ^{K−1}`, or with `θ ∼ Dirichlet(α)`: as many as α says. */
function labelsOfWeights(
	v: Variable,
	variables: readonly Variable[],
	block: RawBlock,
	knowledge: Knowledge,
): Dim | null {
	const [only] = v.raw.parameters;
	const member = block.members.find(
		(m) => only?.kind === "name" && keyOf(m.name) === keyOf(only),
	);
	if (member) return readSpace(member.space).shape[0] ?? null;
	const weights =
		only?.kind === "name"
			? variables.find((u) => u.name === keyOf(only))?.raw.parameters
			: undefined;
	if (!weights) return null;
	return listedLabels(weights) ?? declaredLabels(weights, knowledge);
}

export function listedLabels(parameters: readonly Surface[]): Dim | null {
	const [only] = parameters;
	if (only?.kind === "big" && only.operator === "column" && only.upper)
		return dimOf(only.upper);
	const items =
		only?.kind === "tuple" && parameters.length === 1 ? only.items : parameters;
	if (items.length < 2) return null;
	if (!items.some((s) => s.kind === "dots")) return items.length;
	const [first, last] = [items[0], items.at(-1)] as [Surface, Surface];
	// In α_0, …, α_0 the subscript belongs to the name and counts nothing.
	const isRepeated =
		first.kind === "name" &&
		last.kind === "name" &&
		keyWith(first) === keyWith(last);
	if (isRepeated) return null;
	const size =
		last.kind === "name"
			? last.subscripts.at(-1)
			: last.kind === "fraction"
				? last.denominator
				: undefined;
	if (isPlainName(size)) return size.name;
	return size?.kind === "number" ? Number(size.text) : null;
}

export function declaredLabels(
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
