import { distributionNamed } from "../distributions/index.js";
import {
	logMultivariateGamma,
	logWishartNormaliser,
	multivariateDigamma,
	multivariateGamma,
} from "../distributions/multivariateGamma.js";
import {
	add,
	apply,
	div,
	entry,
	exp,
	index,
	log,
	matmul,
	mul,
	neg,
	num,
	one,
	pow,
	product,
	sum,
} from "../expr/build.js";
import { sameShape, shapeOf } from "../expr/shape.js";
import type { Dim, Expr, Factor, FunctionName } from "../expr/tree.js";
import { freshName } from "../expr/walk.js";
import type { Surface, SurfaceCall } from "../latex/surface.js";
import { Problem } from "../problem.js";
import { mustBeScalar } from "./arithmetic.js";
import { readTuple } from "./distributionCall.js";
import type { Scope } from "./scope.js";
import { describe, isScalar } from "./shapes.js";
import { readWhole } from "./symbols.js";

type Reader = (scope: Scope, call: SurfaceCall) => Expr;

/** Functions of one number, by the names they are written with. */
const scalarFunctions: Readonly<Record<string, FunctionName>> = {
	log: "log",
	ln: "log",
	exp: "exp",
	Gamma: "gamma",
	gamma: "gamma",
	lgamma: "lgamma",
	gammaln: "lgamma",
	psi: "digamma",
	Psi: "digamma",
	digamma: "digamma",
	trigamma: "trigamma",
	abs: "abs",
	sigmoid: "sigmoid",
	sigma: "sigmoid",
	logistic: "sigmoid",
	expit: "sigmoid",
};

/** Functions that need more than that. */
const otherFunctions: Readonly<Record<string, Reader>> = {
	sqrt: (scope, call) => ({
		kind: "pow",
		base: scalarArgument(scope, call),
		exponent: num("1/2"),
	}),
	tr: trace,
	Tr: trace,
	trace: trace,
	det: determinant,
	max: (scope, call) => extreme(scope, call, 1),
	min: (scope, call) => extreme(scope, call, -1),
	logdet: (scope, call) => log(determinant(scope, call)),
	diag: diagonal,
	B: beta,
	Beta: beta,
	binom: binomial,
	factorial: wholeFactorial,
	hadamard,
	tanh: (scope, call) => tanh(scalarArgument(scope, call)),
	sinh: (scope, call) => hyperbolic(scalarArgument(scope, call), -1),
	cosh: (scope, call) => hyperbolic(scalarArgument(scope, call), 1),
	logit: (scope, call) => logit(scalarArgument(scope, call)),
	softmax,
};

/** tanh x = 2σ(2x) − 1. DLMF 4.28.1, 4.28.2 and 4.28.4. */
function tanh(x: Expr): Expr {
	return add(mul(num(2), apply("sigmoid", mul(num(2), x))), num(-1));
}

/** (eˣ ± e⁻ˣ)/2. */
function hyperbolic(x: Expr, sign: 1 | -1): Expr {
	return mul(num("1/2"), add(exp(x), mul(num(sign), exp(neg(x)))));
}

function logit(x: Expr): Expr {
	return add(log(x), neg(log(add(one, neg(x)))));
}

/** The vector of e^{w_k} / Σ_l e^{w_l}. Bishop, Pattern Recognition and Machine Learning, (4.62). */
function softmax(scope: Scope, call: SurfaceCall): Expr {
	const of = readWhole(scope, oneArgument(call));
	const [size] = shapeOf(of);
	if (size === undefined || shapeOf(of).length !== 1)
		throw new Problem(
			`shape mismatch: \`softmax\` of ${describe(shapeOf(of))}`,
			call.span,
			"a vector",
		);
	const [at, other] = [freshName("k"), freshName("l")];
	const weight = (name: string) => exp(entry(of, index(name)));
	const body = div(weight(at), sum(other, size, weight(other)));
	return { kind: "tabulate", index: at, size, body };
}

/** The greatest or least of several numbers: max(a, b) = (a + b + |a − b|)/2. */
function extreme(scope: Scope, call: SurfaceCall, sign: 1 | -1): Expr {
	const name = call.function.name;
	const numbers = call.arguments.map((a) =>
		mustBeScalar(scope.read(a), a.span),
	);
	const others =
		call.function.subscripts.length +
		call.given.length +
		call.parameters.length;
	if (numbers.length < 2 || others > 0)
		throw new Problem(
			`\\${name} of something else than a list of numbers`,
			call.span,
			`\\${name}(a, b)`,
		);
	return numbers.reduce((a, b) =>
		mul(num("1/2"), add(a, b, mul(num(sign), apply("abs", add(a, neg(b)))))),
	);
}

/** @throws Problem for a number that need not be whole. */
function wholeFactorial(scope: Scope, call: SurfaceCall): Expr {
	const n = scalarArgument(scope, call);
	if (isWhole(scope, n)) return factorial(n);
	throw new Problem(
		"the factorial of a number that need not be whole",
		call.span,
		"a count, or \\Gamma(x + 1)",
	);
}

/** Sums and products of counts, sizes, indices and whole numbers. */
function isWhole(scope: Scope, e: Expr): boolean {
	const { model } = scope.passage.state.context;
	switch (e.kind) {
		case "size":
		case "index":
			return true;
		case "num":
			return e.value.d === 1n;
		case "symbol": {
			const type = scope.passage.symbol(e.name)?.type;
			const statement = model?.statements.find((s) => s.variable === e.name);
			return type === "count" || type === "integer" || isCount(statement);
		}
		case "add":
			return e.terms.every((t) => isWhole(scope, t));
		case "mul":
			return e.factors.every((f) => isWhole(scope, f));
		case "sum":
		case "product":
		case "maximum":
			return isWhole(scope, e.body);
		case "indicator":
			return true;
		default:
			return false;
	}
}

function isCount(statement: Factor | undefined): boolean {
	if (!statement) return false;
	const { distribution, shape, labels } = statement;
	return (
		distributionNamed(distribution).support(shape, labels).kind === "counts"
	);
}

/** n! = Γ(n + 1). */
function factorial(n: Expr): Expr {
	return apply("gamma", add(n, one));
}

/** The reader of a function with a fixed meaning, or null. */
export function namedFunction(call: SurfaceCall): Reader | null {
	const { name, labels, accents } = call.function;
	if (labels.length > 0 || accents.length > 0) return null;
	if (Object.hasOwn(scalarFunctions, name))
		return (scope, c) =>
			applyNamed(scope, c, scalarFunctions[name] as FunctionName);
	return Object.hasOwn(otherFunctions, name)
		? (otherFunctions[name] as Reader)
		: null;
}

function applyNamed(scope: Scope, call: SurfaceCall, fn: FunctionName): Expr {
	const { subscripts } = call.function;
	const logarithm =
		fn === "log" && subscripts.length === 0
			? logOfNamed(scope, oneArgument(call))
			: null;
	if (logarithm) return logarithm;
	const argument = scalarArgument(scope, call);
	if (subscripts.length === 0)
		return fn === "log" ? logOf(argument) : apply(fn, argument);
	const [base] = subscripts;
	if (subscripts.length === 1 && base && fn === "log")
		return div(log(argument), log(mustBeScalar(scope.read(base), base.span)));
	if (fn === "digamma" && base?.kind === "number" && base.text === "1")
		return apply("trigamma", argument);
	const dim = dimensionOf(scope, call);
	if (dim !== null && fn === "gamma") return multivariateGamma(argument, dim);
	if (dim !== null && fn === "digamma")
		return multivariateDigamma(argument, dim);
	throw new Problem(
		`\`${call.function.name}\` takes no subscript`,
		call.span,
		"the function without a subscript",
	);
}

/** The D of `\Gamma_D` and `\psi_D`, a size; else null. */
function dimensionOf(scope: Scope, call: SurfaceCall): Dim | null {
	const [base, ...more] = call.function.subscripts;
	const dim = base && more.length === 0 ? scope.read(base) : null;
	return dim?.kind === "size" ? dim.name : null;
}

/** log Γ_D and log B(W, ν), which are sums of their own; null for other arguments. */
function logOfNamed(scope: Scope, s: Surface): Expr | null {
	if (s.kind !== "call" || namedFunction(s) === null) return null;
	const { name } = s.function;
	if (name === "B") return logOfWishartNormaliser(scope, s);
	const dim = name === "Gamma" ? dimensionOf(scope, s) : null;
	return dim === null
		? null
		: logMultivariateGamma(scalarArgument(scope, s), dim);
}

/** log Γ is a function of its own. */
function logOf(argument: Expr): Expr {
	return argument.kind === "apply" && argument.fn === "gamma"
		? apply("lgamma", argument.argument)
		: log(argument);
}

function oneArgument(call: SurfaceCall) {
	const [argument] = call.arguments;
	if (
		!argument ||
		call.arguments.length !== 1 ||
		call.given.length + call.parameters.length > 0
	)
		throw new Problem(
			`\`${call.function.name}\` takes one argument`,
			call.span,
			`${call.function.name}(x)`,
		);
	return argument;
}

function scalarArgument(scope: Scope, call: SurfaceCall): Expr {
	const argument = oneArgument(call);
	const tree = scope.read(argument);
	if (!isScalar(tree))
		throw new Problem(
			`shape mismatch: \`${call.function.name}\` of ${describe(shapeOf(tree))}`,
			argument.span,
			"a number",
		);
	return tree;
}

function squareArgument(scope: Scope, call: SurfaceCall): Expr {
	const argument = oneArgument(call);
	const tree = scope.read(argument);
	const shape = shapeOf(tree);
	if (shape.length === 0 || (shape.length === 2 && shape[0] === shape[1]))
		return tree;
	throw new Problem(
		`shape mismatch: \`${call.function.name}\` of ${describe(shape)}`,
		argument.span,
		"a square matrix",
	);
}

function trace(scope: Scope, call: SurfaceCall): Expr {
	const of = squareArgument(scope, call);
	return isScalar(of) ? of : { kind: "trace", of };
}

function determinant(scope: Scope, call: SurfaceCall): Expr {
	const of = squareArgument(scope, call);
	return isScalar(of) ? of : { kind: "determinant", of };
}

/** The diagonal matrix of a column. */
function diagonal(scope: Scope, call: SurfaceCall): Expr {
	const isList = call.arguments.length > 1;
	const of = isList
		? readTuple(scope, {
				kind: "tuple",
				items: call.arguments,
				span: call.span,
			})
		: columnOf(scope, oneArgument(call));
	if (shapeOf(of).length === 1) return { kind: "diagonal", of };
	throw new Problem(
		`shape mismatch: \`diag\` of ${describe(shapeOf(of))}`,
		call.span,
		"a vector",
	);
}

function columnOf(scope: Scope, argument: Surface): Expr {
	return powersOfColumn(scope, argument) ?? readWhole(scope, argument);
}

/** `\mathrm{diag}(\sigma^2)`: the power of a column within `diag` is that of each entry; null for anything else. */
function powersOfColumn(scope: Scope, argument: Surface): Expr | null {
	if (argument.kind !== "power") return null;
	const base = readWhole(scope, argument.base);
	const [size, ...more] = shapeOf(base);
	if (size === undefined || more.length > 0 || size === 1) return null;
	const exponent = mustBeScalar(
		scope.read(argument.exponent),
		argument.exponent.span,
	);
	const name = freshName("d");
	return {
		kind: "tabulate",
		index: name,
		size,
		body: pow(entryOf(base, index(name)), exponent),
	};
}

/** u ⊙ v = diag(u) v of two columns; of two matrices that of the products of their entries. */
function hadamard(scope: Scope, call: SurfaceCall): Expr {
	const [a, b] = call.arguments.map((s) => readWhole(scope, s));
	if (!a || !b || isScalar(a) || isScalar(b))
		throw new Problem(
			"⊙ of a number",
			call.span,
			"u \\odot v of two vectors or matrices",
		);
	if (!sameShape(shapeOf(a), shapeOf(b)))
		throw new Problem(
			`shape mismatch: ${describe(shapeOf(a))} ⊙ ${describe(shapeOf(b))}`,
			call.span,
			"two of one shape",
		);
	return shapeOf(a).length === 1
		? matmul({ kind: "diagonal", of: a }, b)
		: hadamardOfMatrices(a, b);
}

function hadamardOfMatrices(a: Expr, b: Expr): Expr {
	const [rows, columns] = shapeOf(a) as [Dim, Dim];
	const [d, e] = [freshName("d"), freshName("e")];
	const at = [index(d), index(e)];
	const body = mul(entry(a, ...at), entry(b, ...at));
	const row: Expr = { kind: "tabulate", index: e, size: columns, body };
	return { kind: "tabulate", index: d, size: rows, body: row };
}

/** log B(W, ν) of a matrix and a number, the normaliser of a Wishart; null for other arguments. */
function logOfWishartNormaliser(scope: Scope, call: SurfaceCall): Expr | null {
	const [a, b] = call.arguments;
	if (!a || !b || call.arguments.length !== 2) return null;
	const scale = readWhole(scope, a);
	const [rows, columns] = shapeOf(scale);
	if (rows === undefined || rows !== columns) return null;
	const degrees = mustBeScalar(scope.read(b), b.span);
	return logWishartNormaliser(scale, degrees, rows);
}

/** B(a, b) = Γ(a)Γ(b)/Γ(a + b), and B(α) = Π_k Γ(α_k)/Γ(Σ_k α_k) of a vector. */
function beta(scope: Scope, call: SurfaceCall): Expr {
	const ofMatrix = logOfWishartNormaliser(scope, call);
	if (ofMatrix) return exp(ofMatrix);
	const [a, b] = call.arguments;
	if (a && b && call.arguments.length === 2) {
		const [x, y] = [
			mustBeScalar(scope.read(a), a.span),
			mustBeScalar(scope.read(b), b.span),
		];
		return div(
			mul(apply("gamma", x), apply("gamma", y)),
			apply("gamma", add(x, y)),
		);
	}
	const of = readWhole(scope, oneArgument(call));
	const [size] = shapeOf(of);
	if (shapeOf(of).length !== 1)
		throw new Problem(
			"B takes two numbers or one vector",
			call.span,
			"B(a, b) or B(α)",
		);
	const name = freshName("k");
	const at = entryOf(of, index(name));
	return div(
		product(name, size as Dim, apply("gamma", at)),
		apply("gamma", sum(name, size as Dim, at)),
	);
}

/** One component of a column; of a symbol the symbol with one more subscript. */
export function entryOf(of: Expr, at: Expr): Expr {
	return of.kind === "symbol"
		? { ...of, indices: [...of.indices, at], shape: [] }
		: entry(of, at);
}

function binomial(scope: Scope, call: SurfaceCall): Expr {
	const [n, k] = call.arguments.map((a) => mustBeScalar(scope.read(a), a.span));
	if (!n || !k || call.arguments.length !== 2)
		throw new Problem(
			"a binomial takes two numbers",
			call.span,
			"\\binom{n}{k}",
		);
	return div(factorial(n), mul(factorial(k), factorial(add(n, neg(k)))));
}
