import type { Distribution } from "../distributions/distribution.js";
import { shapeOf } from "../expr/shape.js";
import type { Dim, Expr, Factor, Plate, Shape } from "../expr/tree.js";
import { freshName } from "../expr/walk.js";
import type { Surface, SurfaceCall, SurfaceName } from "../latex/surface.js";
import { Problem } from "../problem.js";
import {
	distributionOf,
	gather,
	readParameters,
	readTuple,
	spelled,
	splitArguments,
} from "./distributionCall.js";
import { withDiagonals } from "./entrywiseVariance.js";
import { readIndex } from "./indices.js";
import { all, type Instance } from "./instance.js";
import { factorLaw, type Law } from "./law.js";
import { isPlainName, keyOf, latexOf } from "./names.js";
import type { Scope } from "./scope.js";
import { isScalar, unknownSize } from "./shapes.js";
import {
	isOverLabels,
	isOverMatrices,
	isOverVectors,
	valueType,
} from "./support.js";
import { readInstance } from "./variables.js";

/** Laws that a formula names itself: `u ∼ N(m, s²)`, `N(u; m, s²)`, or `N(m, s²)` where the variable needs no name. */
export function readNamedLaw(
	scope: Scope,
	call: SurfaceCall,
	sampled: Surface | null = null,
): Law {
	const distribution = distributionOf(call);
	if (!distribution)
		throw new Problem("this is no distribution", call.span, "a named one");
	const { variable: inside, parameters } = splitArguments(call);
	const variable = sampled ?? inside;
	const known = variable ? knownVariable(scope, variable) : null;
	const read = (shape: Shape) =>
		readParameters(scope, distribution, parameters, shape, spelled(call));
	if (known) return lawOfKnown(known, distribution, read(known.factor.shape));
	const name = variable ? sampledName(variable) : null;
	const at = (name?.subscripts ?? []).length;
	const base = name && { ...name, subscripts: [] };
	const declared = base ? scope.passage.symbol(keyOf(base)) : undefined;
	const shape =
		declared && declared.type !== "unnamed"
			? declared.dims.slice(at)
			: undeclaredShape(scope, distribution, call);
	const values = read(shape);
	const indices = (name?.subscripts ?? []).map((s) => readIndex(scope, s));
	const plates = indices.map((i, n) =>
		plateOf(scope, i, name?.subscripts[n] as Surface),
	);
	const factor = { ...ownFactor(distribution, base, shape, values), plates };
	if (!declared) declare(scope, distribution, factor, base);
	return factorLaw([factor], [{ ...all(factor.variable), at: indices }]);
}

/** The plate that a sampled variable's subscript runs over; its own index is one that parameters as written cannot mention. */
function plateOf(scope: Scope, at: Expr, place: Surface): Plate {
	const size =
		at.kind === "index"
			? (scope.boundAs(at.name)?.range ?? scope.passage.rangeOf(at.name))
			: null;
	if (at.kind === "index" && size !== null)
		return { index: freshName(at.name), size };
	throw new Problem(
		"a law over this",
		place.span,
		"a name such as x, or x_i with an index whose range is known",
	);
}

interface Known {
	readonly factor: Factor;
	readonly instance: Instance;
}

/** A variable of model or family, such as the μ_k of `μ_k ∼ N(m, S)`. */
export function knownVariable(scope: Scope, variable: Surface): Known | null {
	const { model, family } = scope.passage.state.context;
	const factors = [...(model?.statements ?? []), ...(family?.factors ?? [])];
	const instance = readInstance(scope, factors, variable);
	const factor = factors.find((f) => f.variable === instance?.variable);
	if (!instance || !factor) return null;
	if (instance.at) return { factor, instance };
	throw new Problem("one law for many variables", variable.span, "one of them");
}

/** The law of one instance; plates get names that the parameters as written cannot mention. */
function lawOfKnown(
	{ factor, instance }: Known,
	distribution: Distribution,
	parameters: Factor["parameters"],
): Law {
	const plates = factor.plates.map((p) => ({
		...p,
		index: freshName(p.index),
	}));
	const own = {
		...factor,
		plates,
		distribution: distribution.name,
		parameters,
	};
	return factorLaw([own], [instance]);
}

function sampledName(variable: Surface): SurfaceName {
	if (variable.kind === "name" && isPlainName({ ...variable, subscripts: [] }))
		return variable;
	throw new Problem("a law over this", variable.span, "a name such as x");
}

function ownFactor(
	distribution: Distribution,
	name: SurfaceName | null,
	shape: Shape,
	parameters: Factor["parameters"],
): Factor {
	const count = labelsOf(parameters);
	return {
		variable: name ? keyOf(name) : freshName("u"),
		plates: [],
		distribution: distribution.name,
		parameters,
		shape,
		labels: isOverLabels(distribution) ? count : null,
	};
}

function declare(
	scope: Scope,
	distribution: Distribution,
	factor: Factor,
	name: SurfaceName | null,
): void {
	scope.passage.addSymbol({
		name: factor.variable,
		latex: name ? latexOf(name) : "u",
		type: valueType(distribution, factor.shape, factor.labels),
		dims: [...factor.plates.map((p) => p.size), ...factor.shape],
		labels: factor.labels,
		role: "latent",
		line: 0,
	});
}

function undeclaredShape(
	scope: Scope,
	distribution: Distribution,
	call: SurfaceCall,
): Shape {
	const shape = shapeOfLaw(scope, distribution, call);
	if (shape) return shape;
	if (distribution.support([], null).kind === "real") return [];
	throw new Problem(
		"how long these vectors are is not known",
		call.span,
		"a vector or a list with a known number of entries among the parameters",
	);
}

/**
 * The shape of a law's values: that of the first parameter that is a vector or matrix. Null where it takes vectors and no
 * parameter says how long they are.
 */
export function shapeOfLaw(
	scope: Scope,
	distribution: Distribution,
	call: SurfaceCall,
): Shape | null {
	const isMatrix = isOverMatrices(distribution);
	if (!isOverVectors(distribution) && !isMatrix) return [];
	const { parameters } = splitArguments(call);
	const meant = withDiagonals(scope, distribution, parameters);
	const trees = gather(distribution, meant, call.span).map((s) =>
		s.kind === "tuple" ? readTuple(scope, s) : scope.read(s),
	);
	for (const tree of trees) {
		const [dim] = shapeOf(tree);
		if (!isScalar(tree) && dim !== undefined && dim !== unknownSize)
			return isMatrix ? [dim, dim] : [dim];
	}
	const isReal = distribution.support([], null).kind === "real";
	return isReal && trees.every(isScalar) ? [] : null;
}

function labelsOf(parameters: Readonly<Record<string, Expr>>): Dim | null {
	const { probabilities } = parameters;
	return probabilities ? (shapeOf(probabilities)[0] ?? null) : null;
}
