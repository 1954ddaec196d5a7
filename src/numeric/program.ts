import { Kept } from "../expr/kept.js";
import type { FunctionName } from "../expr/tree.js";
import type { Arithmetic } from "./arithmetic.js";
import type { Compiler, Run, RunWhole } from "./compiler.js";
import { compileDerivative } from "./derivative.js";
import { compileEvaluation } from "./evaluation.js";
import { compileExpectation } from "./expectation.js";
import type { Frame } from "./frame.js";
import { freeOf } from "./free.js";
import { functionOf } from "./functions.js";
import { compileIntegral } from "./integral.js";
import { compileMatrixNode } from "./matrixNode.js";
import { logOfValue } from "./positivity.js";
import type {
	BigNode,
	DensityNode,
	IndicatorNode,
	MaximumNode,
	Scalar,
} from "./scalar.js";
import { isPole, reciprocalGamma } from "./special.js";
import { compileTable } from "./tableNode.js";
import { Undecided } from "./undecided.js";
import { compileComplement, compileValue } from "./value.js";
import { extent } from "./world.js";

const programs = new WeakMap<object, Program<unknown>>();

/** The compiler to functions over an arithmetic; it remembers every node that it has compiled. */
export function programOver<T>(A: Arithmetic<T>): Compiler<T> {
	const known = programs.get(A) as Program<T> | undefined;
	if (known) return known;
	const made = new Program(A);
	programs.set(A, made as Program<unknown>);
	return made;
}

class Program<T> implements Compiler<T> {
	private readonly runs = new Kept<Scalar, Run<T>>();

	constructor(readonly A: Arithmetic<T>) {}

	run(node: Scalar): Run<T> {
		return this.runs.of(node, () => this.remembered(node, this.compile(node)));
	}

	whole(node: Scalar): RunWhole<T> {
		if (node.op === "number") {
			const value = node.value.valueOf();
			return () => value;
		}
		if (node.op === "slot") {
			const { slot } = node;
			return (frame) => frame.slots[slot] as number;
		}
		if (node.op === "size") {
			const { dim } = node;
			return (frame) => extent(frame.world, dim);
		}
		const run = this.run(node);
		const { A } = this;
		return (frame) => {
			const value = A.toNumber(run(frame));
			if (Number.isInteger(value)) return value;
			throw new Undecided("a subscript or a bound that is no whole number");
		};
	}

	/** A node that reads nothing but the world has one value in a frame, which is computed once. */
	private remembered(node: Scalar, run: Run<T>): Run<T> {
		const free = freeOf(node);
		if (
			free.nodes < 2 ||
			node.op === "value" ||
			free.slots.size > 0 ||
			free.binders.size > 0
		)
			return run;
		let frame: Frame<T> | null = null;
		let value: T;
		return (current) => {
			if (frame !== current) {
				value = run(current);
				frame = current;
			}
			return value;
		};
	}

	private compile(node: Scalar): Run<T> {
		const { A } = this;
		switch (node.op) {
			case "number": {
				const value = A.fromFraction(node.value);
				return () => value;
			}
			case "constant": {
				const value = A.constant(node.name);
				return () => value;
			}
			case "size":
			case "slot": {
				const whole = this.whole(node);
				return (frame) => A.fromNumber(whole(frame));
			}
			case "value":
				return compileValue(this, node);
			case "complement":
				return compileComplement(this, node);
			case "add":
				return this.add(node.terms.map((t) => this.run(t)));
			case "mul":
				return this.mul(node.factors);
			case "pow":
				return this.pow(node.base, node.exponent);
			case "apply":
				return this.apply(node.fn, node.argument);
			case "sum":
			case "product":
				return this.big(node);
			case "maximum":
				return this.maximum(node);
			case "indicator":
				return this.indicator(node);
			case "density": {
				const log = this.run(logOfValue(node));
				const isWithin = this.within(node);
				return (frame) => (isWithin(frame) ? A.exp(log(frame)) : A.zero);
			}
			case "determinant":
			case "inverse":
			case "cholesky":
				return compileMatrixNode(this, node);
			case "expectation":
				return compileExpectation(this, node);
			case "integral":
				return compileIntegral(this, node);
			case "derivative":
				return compileDerivative(this, programOver, node);
			case "evaluation":
				return compileEvaluation(this, node);
			case "table":
				return compileTable(this, node);
		}
	}

	/**
	 * A function of a number. At a pole of Γ of a difference, as of (n − k)! where k > n, or (n − 1)! where n = 0, a formula makes
	 * no claim.
	 */
	private apply(fn: FunctionName, of: Scalar): Run<T> {
		const { A } = this;
		const argument = this.run(of);
		const f = functionOf(A, fn);
		if (!polar.has(fn) || !isDifference(of))
			return (frame) => f(argument(frame));
		return (frame) => {
			const x = argument(frame);
			if (isPole(A.toNumber(x)))
				throw new Undecided("a factorial of a number below 0");
			return f(x);
		};
	}

	/**
	 * Whether a density is looked at on its support. Where the edge lies inside of what is integrated over, quadrature of a
	 * function that jumps would be trusted too far.
	 */
	private within({ within }: DensityNode): (frame: Frame<T>) => boolean {
		if (!within) return () => true;
		const { A } = this;
		const run = this.run(within);
		const jumps = freeOf(within).binders.size > 0;
		return (frame) => {
			const isInside = A.toNumber(run(frame)) !== 0;
			if (!isInside && jumps)
				throw new Undecided("a density that jumps inside of an integral");
			return isInside;
		};
	}

	private add(terms: readonly Run<T>[]): Run<T> {
		const { A } = this;
		const [first, ...rest] = terms;
		if (!first) return () => A.zero;
		return (frame) => {
			let total = first(frame);
			for (const term of rest) total = A.add(total, term(frame));
			return total;
		};
	}

	/** Indicators come first: where one is 0 the other factors need not be defined, and are not looked at. */
	private mul(factors: readonly Scalar[]): Run<T> {
		const { A } = this;
		const indicators = factors
			.filter((f) => f.op === "indicator")
			.map((f) => this.run(f));
		const others = factors.filter((f) => f.op !== "indicator");
		const runs = others.map((f) => this.run(f));
		const drawn = firstDrawn(others);
		return (frame) => {
			for (const holds of indicators)
				if (holds(frame) === A.zero) return A.zero;
			let total = runs[0]?.(frame) ?? A.one;
			for (let n = 1; n < runs.length; n += 1) {
				if (n === drawn && isNought(A, total)) return total;
				total = A.mul(total, (runs[n] as Run<T>)(frame));
			}
			return total;
		};
	}

	private pow(base: Scalar, exponent: Scalar): Run<T> {
		const { A } = this;
		const b = this.run(base);
		if (exponent.op === "number" && exponent.value.equals(-1))
			return this.reciprocal(base);
		if (exponent.op === "number" && exponent.value.equals(2))
			return (frame) => {
				const x = b(frame);
				return A.mul(x, x);
			};
		const e = this.run(exponent);
		if (exponent.op === "indicator")
			return (frame) => (e(frame) === A.zero ? A.one : b(frame));
		return (frame) => A.pow(b(frame), e(frame));
	}

	/** 1/x; that of a product of which Γ is a factor is 0 at a pole of Γ, so that a binomial is 0 beyond its range. */
	private reciprocal(of: Scalar): Run<T> {
		const { A } = this;
		if (of.op === "apply" && of.fn === "gamma") {
			const x = this.run(of.argument);
			return (frame) => reciprocalGamma(A, x(frame));
		}
		if (of.op === "mul" && of.factors.some(isGamma)) {
			const parts = of.factors.map((f) => this.reciprocal(f));
			return (frame) => parts.reduce((p, part) => A.mul(p, part(frame)), A.one);
		}
		const x = this.run(of);
		return (frame) => A.div(A.one, x(frame));
	}

	private big(node: BigNode): Run<T> {
		const { A } = this;
		const lower = this.whole(node.lower);
		const upper = this.whole(node.upper);
		const except = node.except.map((e) => this.whole(e));
		const body = this.run(node.body);
		const { slot } = node;
		const work = freeOf(node.body).nodes;
		const isSum = node.op === "sum";
		return (frame) => {
			let total = isSum ? A.zero : A.one;
			const from = lower(frame);
			const to = upper(frame);
			for (let at = from; at <= to; at += 1) {
				if (except.some((e) => e(frame) === at)) continue;
				frame.slots[slot] = at;
				frame.work.charge(work);
				total = isSum ? A.add(total, body(frame)) : A.mul(total, body(frame));
			}
			return total;
		};
	}

	/**
	 * NaN is the greatest, so that no undefined value is passed over. Quadrature over the edges where another value becomes
	 * the greatest would be trusted too far.
	 */
	private maximum({ slot, range, body }: MaximumNode): Run<T> {
		const { A } = this;
		const run = this.run(body);
		const work = freeOf(body).nodes;
		const isRandom = freeOf(body).binders.size > 0;
		return (frame) => {
			if (isRandom) throw new Undecided("the greatest of random numbers");
			const to = extent(frame.world, range);
			const value = (at: number): T => {
				frame.slots[slot] = at;
				frame.work.charge(work);
				return run(frame);
			};
			let greatest = value(1);
			for (let at = 2; at <= to; at += 1) {
				const next = value(at);
				if (!(A.toNumber(next) <= A.toNumber(greatest))) greatest = next;
			}
			return greatest;
		};
	}

	private indicator(node: IndicatorNode): Run<T> {
		const { A } = this;
		const left = this.whole(node.left);
		const right = this.whole(node.right);
		const holds = comparisons[node.comparison];
		return (frame) => (holds(left(frame), right(frame)) ? A.one : A.zero);
	}
}

/** Γ and its kin, which have poles at 0, −1, −2, … */
const polar: ReadonlySet<FunctionName> = new Set([
	"gamma",
	"lgamma",
	"digamma",
	"trigamma",
]);

/**
 * From which factor on a product need not be looked at where those before are 0: variables that are drawn, behind a factor
 * that depends on what is drawn. Of s λ₁ + (1 − s) λ₀ one rate is then not integrated over for either event.
 */
function firstDrawn(factors: readonly Scalar[]): number {
	const isDrawn = (f: Scalar) => f.op === "value" && f.binders.length > 0;
	const dependsOnDraws = (f: Scalar) => freeOf(f).binders.size > 0;
	const from = factors.findLastIndex((f) => !isDrawn(f)) + 1;
	const first = Math.max(1, from);
	return factors.slice(0, first).some(dependsOnDraws) ? first : -1;
}

/** 0, and not only at this value of the seed of a derivative. */
function isNought<T>(A: Arithmetic<T>, x: T): boolean {
	return A.toNumber(x) === 0 && A.identity(x) !== null;
}

function isGamma(node: Scalar): boolean {
	return node.op === "apply" && node.fn === "gamma";
}

/**
 * A sum of something that varies, of which something else is subtracted, a number too: of `1 − k` there is no more than one
 * value.
 */
function isDifference(node: Scalar): boolean {
	if (node.op !== "add") return false;
	const isNegative = (t: Scalar) => t.op === "number" && t.value.s < 0n;
	const isSubtracted = (t: Scalar) =>
		isNegative(t) || (t.op === "mul" && t.factors.some(isNegative));
	return (
		node.terms.some(isSubtracted) &&
		node.terms.some((t) => t.op !== "number" && !isSubtracted(t))
	);
}

const comparisons: Readonly<
	Record<IndicatorNode["comparison"], (a: number, b: number) => boolean>
> = {
	"=": (a, b) => a === b,
	"≠": (a, b) => a !== b,
	"<": (a, b) => a < b,
	"≤": (a, b) => a <= b,
};
