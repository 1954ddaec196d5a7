import type { Distribution } from "../distributions/distribution.js";
import { shapeOf } from "../expr/shape.js";
import type { Dim, Expr, Factor, Shape } from "../expr/tree.js";
import { freshName } from "../expr/walk.js";
import type { Surface, SurfaceCall, SurfaceName } from "../latex/surface.js";
import { Problem } from "../problem.js";
import {
	distributionOf,
	readParameters,
	splitArguments,
} from "./distributionCall.js";
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
		readParameters(scope, distribution, parameters, shape, call.span);
	if (known) return lawOfKnown(known, distribution, read(known.factor.shape));
	const name = variable ? plainName(variable) : null;
	const declared = name ? scope.passage.symbol(keyOf(name)) : undefined;
	const shape =
		declared && declared.type !== "unnamed"
			? declared.dims
			: shapeOfParameters(scope, distribution, parameters);
	const factor = ownFactor(distribution, name, shape, read(shape));
	if (!declared) declare(scope, distribution, factor, name);
	return factorLaw([factor], [{ ...all(factor.variable), at: [] }]);
}

interface Known {
	readonly factor: Factor;
	readonly instance: Instance;
}

/** A variable of model or family, such as the μ_k of `μ_k ∼ N(m, S)`. */
function knownVariable(scope: Scope, variable: Surface): Known | null {
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

function plainName(variable: Surface): SurfaceName {
	if (isPlainName(variable)) return variable;
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
		dims: factor.shape,
		labels: factor.labels,
		role: "latent",
		line: 0,
	});
}

/** A variable that is not declared has the shape of the first parameter that is a vector or matrix. */
function shapeOfParameters(
	scope: Scope,
	distribution: Distribution,
	written: readonly Surface[],
): Shape {
	const isMatrix = isOverMatrices(distribution);
	if (!isOverVectors(distribution) && !isMatrix) return [];
	for (const s of written) {
		if (s.kind === "dots" || s.kind === "tuple") return [];
		const tree = scope.read(s);
		const [dim] = shapeOf(tree);
		if (!isScalar(tree) && dim !== undefined && dim !== unknownSize)
			return isMatrix ? [dim, dim] : [dim];
	}
	return [];
}

function labelsOf(parameters: Readonly<Record<string, Expr>>): Dim | null {
	const { probabilities } = parameters;
	return probabilities ? (shapeOf(probabilities)[0] ?? null) : null;
}
