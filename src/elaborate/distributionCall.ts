import type { Distribution, Spelling } from "../distributions/distribution.js";
import { distributionCalled } from "../distributions/index.js";
import { multinomial } from "../distributions/multinomial/density.js";
import { shapeOf } from "../expr/shape.js";
import type { Dim, Expr, Shape } from "../expr/tree.js";
import { freshName, sameTree, visit } from "../expr/walk.js";
import type { Surface, SurfaceCall, SurfaceTuple } from "../latex/surface.js";
import { Problem, type Span } from "../problem.js";
import { asMeant } from "./conventions.js";
import { withDiagonals } from "./entrywiseVariance.js";
import { labelOf } from "./labels.js";
import { listPattern } from "./listPattern.js";
import { findSymbol } from "./lookup.js";
import { explicitColumn, readNumberEntry } from "./matrix.js";
import type { Scope } from "./scope.js";
import { conform, describe, isScalar } from "./shapes.js";
import { readWhole } from "./symbols.js";

/** Named distributions: `\mathcal N(x; m, S)` as a value, and the parameters of `x ∼ \mathcal N(m, S)`. */

/** The distribution that a call names, or null. */
export function distributionOf(s: Surface): Distribution | null {
	if (
		s.kind !== "call" ||
		s.function.labels.length > 0 ||
		s.function.accents.length > 0
	)
		return null;
	const behind = [...s.given, ...s.parameters];
	const written = withoutOneDraw(s, behind.length > 0 ? behind : s.arguments);
	const isList = written.some((p) => p.kind === "dots");
	const spelling = spellingOf(s);
	return distributionCalled(
		spelling,
		(isList ? 1 : written.length) + spelling.subscripts,
	);
}

/** `Mult(1, π)` is one draw, as is `Mult(π)`: the law of a label. */
function withoutOneDraw(
	{ function: f }: SurfaceCall,
	parameters: readonly Surface[],
): readonly Surface[] {
	const isOne = (s: Surface) => s.kind === "number" && s.text === "1";
	const draws = multinomial.aliases.includes(f.name) && parameters.length === 2;
	return draws ? parameters.filter((s) => !isOne(s)) : parameters;
}

/** Where a law stands and how it is spelled. */
export interface Spelled {
	readonly span: Span;
	readonly spelling: Spelling;
}

export function spelled(call: SurfaceCall): Spelled {
	return { span: call.span, spelling: spellingOf(call) };
}

/** How the call names its distribution. */
function spellingOf(call: SurfaceCall): Spelling {
	const { name, style } = call.function;
	return { name, style, subscripts: subscriptsOf(call).length };
}

/** The subscripts of the name: in `t_{2a}` the number and the letter are one, a product. */
function subscriptsOf({ function: f }: SurfaceCall): readonly Surface[] {
	const [number, letter, ...more] = f.subscripts;
	const isProduct =
		number?.kind === "number" && letter?.kind === "name" && more.length === 0;
	return isProduct
		? [{ kind: "product", factors: f.subscripts, span: f.span }]
		: f.subscripts;
}

/**
 * The parameters as written, apart from the variable if there is one before a bar or semicolon; subscripts of the name
 * that are parameters come first.
 */
export function splitArguments(call: SurfaceCall): {
	variable: Surface | null;
	parameters: readonly Surface[];
} {
	const { variable, parameters } = splitBrackets(call);
	const isOwn = distributionOf(call)?.takesSubscripts === true;
	return {
		variable,
		parameters: [...(isOwn ? subscriptsOf(call) : []), ...parameters],
	};
}

function splitBrackets(call: SurfaceCall): {
	variable: Surface | null;
	parameters: readonly Surface[];
} {
	const behind = [...call.given, ...call.parameters];
	if (behind.length === 0)
		return {
			variable: null,
			parameters: withoutOneDraw(call, call.arguments),
		};
	const [variable, ...others] = call.arguments;
	if (!variable || others.length > 0)
		throw new Problem(
			`\`${call.function.name}\` takes one variable before the bar`,
			call.span,
			`${call.function.name}(x \\mid …)`,
		);
	return { variable, parameters: withoutOneDraw(call, behind) };
}

/** `\mathcal N(x_i; \mu_k, λ² I)`: the value of the density. */
export function readDistributionValue(
	scope: Scope,
	call: SurfaceCall,
	distribution: Distribution,
): Expr {
	const { variable, parameters } = splitArguments(call);
	if (!variable)
		throw new Problem(
			`\`${call.function.name}(…)\` is a distribution and no number`,
			call.span,
			`its density at a value, as in ${call.function.name}(x \\mid …)`,
		);
	const { spelling, span } = spelled(call);
	const convention = distribution.convention?.(parameters.length, spelling);
	if (convention) scope.passage.note(convention, span);
	const value = readWhole(scope, variable);
	const of = labelOf(value) ?? value;
	if (distribution.name === "Categorical") mustBeLabel(scope, of, variable);
	return {
		kind: "pdf",
		distribution: distribution.name,
		of,
		parameters: readParameters(
			scope,
			distribution,
			parameters,
			shapeOf(of),
			spelled(call),
		),
	};
}

/** What a Categorical is the law of: a label, or a column declared one-hot. */
function mustBeLabel(scope: Scope, of: Expr, { span }: Surface): void {
	if (shapeOf(of).length === 0) return;
	const type =
		of.kind === "symbol" ? scope.passage.symbol(of.name)?.type : undefined;
	if (type !== "onehot" || shapeOf(of).length !== 1)
		throw new Problem(
			"a Categorical is a law of labels",
			span,
			"a label c_i, or a column declared as `z: onehot[K]`",
		);
}

/**
 * Canonical parameters of a distribution over values of a shape.
 * @throws Problem if their number or shapes do not fit.
 */
export function readParameters(
	scope: Scope,
	distribution: Distribution,
	written: readonly Surface[],
	shape: Shape,
	{ span, spelling }: Spelled,
): Readonly<Record<string, Expr>> {
	const meant = withDiagonals(scope, distribution, written);
	const trees = gather(distribution, meant, span).map((s) =>
		s.kind === "tuple"
			? readTuple(scope, s, shape[0] ?? null)
			: readWhole(scope, s),
	);
	const fitted =
		distribution.name === "Normal"
			? fitNormal(trees, written, shape, span)
			: trees.map((t) => labelOf(t) ?? fitEvent(t, shape));
	try {
		const { conventions } = scope.passage.state;
		const canonical = asMeant(conventions, distribution.name, fitted);
		const read = distribution.readParameters(canonical, shape, spelling);
		boundDegrees(scope, distribution, read, shape);
		return read;
	} catch (problem) {
		if (problem instanceof Problem && !problem.span)
			throw new Problem(problem.message, span, problem.expected);
		throw problem;
	}
}

/** `I` and `c I` have the shape of a random matrix, a vector of ones that of a random vector. */
function fitEvent(tree: Expr, shape: Shape): Expr {
	const fits =
		!isScalar(tree) && (shape.length === 2 || shapeOf(tree).length === 1);
	return (fits ? conform(tree, shape) : null) ?? tree;
}

/** A letter for degrees of freedom stands for numbers that a density exists for. */
function boundDegrees(
	scope: Scope,
	{ degrees }: Distribution,
	parameters: Readonly<Record<string, Expr>>,
	shape: Shape,
): void {
	const parameter = degrees ? parameters[degrees] : undefined;
	if (parameter?.kind !== "symbol") return;
	const info = scope.passage.symbol(parameter.name);
	if (info && shape[0] !== undefined)
		scope.passage.addSymbol({ ...info, above: shape[0] });
}

/** A list of probabilities or concentrations may stand without brackets of its own: `Cat(1/K, …, 1/K)`. */
export function gather(
	distribution: Distribution,
	written: readonly Surface[],
	span: Span,
): readonly Surface[] {
	const listed =
		written.some((s) => s.kind === "dots") ||
		(distribution.parameters.length === 1 && written.length > 1);
	if (!listed) return written;
	return [{ kind: "tuple", items: written, span }];
}

/** A Normal's mean has the shape of its variable, its covariance that shape twice. */
function fitNormal(
	trees: readonly Expr[],
	written: readonly Surface[],
	shape: Shape,
	span: Span,
): readonly Expr[] {
	const wanted: readonly Shape[] = [
		shape,
		shape.length === 0 ? [] : [shape[0] as Dim, shape[0] as Dim],
	];
	return trees.map((tree, i) => {
		const target = wanted[i];
		const fitted =
			target && !(i === 1 && isScalar(tree) && target.length > 0)
				? conform(tree, target)
				: target
					? null
					: tree;
		if (fitted) return fitted;
		throw new Problem(
			`shape mismatch: the ${i === 0 ? "mean" : "covariance"} is ${describe(shapeOf(tree))}, the variable ${describe(shape)}`,
			written[i]?.span ?? span,
			i === 0
				? describe(target as Shape)
				: shape.length === 0
					? "a variance, a number"
					: "a matrix, such as \\sigma^2 I",
		);
	});
}

/** `(1/K, …, 1/K)`, `(π_1, …, π_K)` or `(a, b, c)` as a column; its length may be known from elsewhere. */
export function readTuple(
	scope: Scope,
	s: SurfaceTuple,
	length: Dim | null = null,
): Expr {
	const items = s.items.filter((item) => item.kind !== "dots");
	if (items.length === s.items.length)
		return explicitColumn(items.map((item) => readNumberEntry(scope, item)));
	const [first, last] = [items[0], items.at(-1)];
	if (!first || !last)
		throw new Problem(
			"a list of dots alone",
			s.span,
			"(1/K, …, 1/K) or (π_1, …, π_K)",
		);
	return (
		wholeSymbol(scope, items, last) ??
		patternedColumn(scope, items, length, s.span)
	);
}

/** `π_1, …, π_K` is the vector π. */
function wholeSymbol(
	scope: Scope,
	items: readonly Surface[],
	last: Surface,
): Expr | null {
	const [first] = items;
	if (first?.kind !== "name" || last.kind !== "name") return null;
	const end = last.subscripts.at(-1);
	const isAtItsPlace = (item: Surface, n: number) => {
		const at = item.kind === "name" ? item.subscripts.at(-1) : null;
		return at?.kind === "number" && at.text === String(n + 1);
	};
	if (!end || !items.slice(0, -1).every(isAtItsPlace)) return null;
	const vector = { ...first, subscripts: first.subscripts.slice(0, -1) };
	const found = findSymbol(scope.passage, vector);
	if (!found) return null;
	const tree = readWhole(scope, vector);
	const upper = scope.read(end);
	const [dim] = shapeOf(tree);
	const spansAll =
		shapeOf(tree).length === 1 &&
		(upper.kind === "size"
			? upper.name === dim
			: upper.kind === "num" && upper.value.equals(dim as number));
	return spansAll ? tree : null;
}

/** `a_1^2, …, a_K^2` by its pattern, or `1/K, …, 1/K`: one number, as often as the size in it says. */
function patternedColumn(
	scope: Scope,
	items: readonly Surface[],
	length: Dim | null,
	span: Span,
): Expr {
	const trees = items.map((item) => readNumberEntry(scope, item));
	const pattern = listPattern(trees);
	if (pattern) return { kind: "tabulate", ...pattern };
	const [body] = trees as [Expr];
	const sizes = new Set<string>();
	visit(body, (n) => n.kind === "size" && sizes.add(n.name));
	const size = sizes.size === 1 ? [...sizes][0] : undefined;
	const equal = trees.every((t) => sameTree(t, body));
	const known = length ?? size;
	if (!equal || known === undefined || (size ?? known) !== known)
		throw new Problem(
			"the dots in this list could stand for several things",
			span,
			"(1/K, …, 1/K), (π_1, …, π_K), or the vector's name",
		);
	return { kind: "tabulate", index: freshName("k"), size: known, body };
}
