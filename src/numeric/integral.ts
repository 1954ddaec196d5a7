import type { Compiler, Run } from "./compiler.js";
import { Cubature, type PointFunction } from "./cubature.js";
import { compileDomain, type Trace, type Unit } from "./domainStore.js";
import { type ChangeOfVariable, changeBetween } from "./domains.js";
import type { Frame } from "./frame.js";
import { freeOf } from "./free.js";
import { type Factor, type Leaf, Opening } from "./integrand.js";
import { argumentsOfAbs } from "./kinks.js";
import type { IntegralNode } from "./scalar.js";
import { seriesOf } from "./series.js";
import { Undecided } from "./undecided.js";

/** The most products that sums among the factors may be multiplied out into. */
const mostProducts = 729;

/**
 * ∫ body. Sums are integrated term by term; a product falls apart into factors that share no variable, each integrated
 * over its own. Labels are listed before real variables are integrated, since they decide which of these a factor reads.
 */
export function compileIntegral<T>(
	compiler: Compiler<T>,
	node: IntegralNode,
): Run<T> {
	const domain = compileDomain(compiler, node);
	return (frame) => {
		const opening = new Opening(compiler, frame);
		const { store, units } = domain(frame);
		opening.activate(store);
		const integration = new Integration(compiler, frame, opening);
		return integration.sum([], units, [opening.leaf(node.body, [])]);
	};
}

/** Factors that share units without a value, and the units with a value that they read. */
interface Group<T> {
	readonly factors: readonly Factor<T>[];
	readonly units: ReadonlySet<Unit<T>>;
	readonly given: ReadonlySet<Unit<T>>;
}

class Integration<T> {
	/** Values of the labels that are being listed. */
	private readonly values = new Map<Unit<T>, number>();
	/** Integrals by factors, units and labels: most assignments of labels share theirs with others. */
	private readonly known = new Map<string, T>();
	private readonly names = new Map<object, number>();

	constructor(
		private readonly compiler: Compiler<T>,
		private readonly frame: Frame<T>,
		private readonly opening: Opening<T>,
	) {}

	/** ∫ factors · Σ terms. */
	sum(
		factors: readonly Factor<T>[],
		units: readonly Unit<T>[],
		terms: readonly Leaf<T>[],
	): T {
		const { A } = this.compiler;
		let total = A.zero;
		for (const term of terms) {
			const opened = this.opening.open(term.node, term.slots);
			total = A.add(
				total,
				this.product(
					[...factors, ...opened.factors],
					[...units, ...opened.units],
				),
			);
			for (const unit of opened.units) this.opening.close(unit.store);
		}
		return total;
	}

	private product(factors: readonly Factor<T>[], units: readonly Unit<T>[]): T {
		const { A } = this.compiler;
		if (units.some((u) => isContinuous(u))) {
			const multiplied = this.multiplyOut(factors, units);
			if (multiplied !== null) return multiplied;
		}
		const { constants, groups, unread } = this.grouped(factors, units);
		let total = A.one;
		for (const factor of constants) total = A.mul(total, this.evaluate(factor));
		for (const unit of unread) total = A.mul(total, this.measureOf(unit));
		for (const group of groups) total = A.mul(total, this.together(group));
		return total;
	}

	/** Chooses a sum among the factors and integrates its terms one by one; null if there is none, or too many. */
	private multiplyOut(
		factors: readonly Factor<T>[],
		units: readonly Unit<T>[],
	): T | null {
		const sums = factors.flatMap((factor) => {
			const [leaf] = factor.leaves;
			const plain =
				leaf &&
				!factor.isExponent &&
				factor.leaves.length === 1 &&
				this.opening.mentions(leaf.node);
			const terms = plain ? this.opening.summands(leaf) : null;
			return terms ? [{ factor, terms }] : [];
		});
		const [first] = sums;
		if (
			!first ||
			sums.reduce((count, s) => count * Math.max(1, s.terms.length), 1) >
				mostProducts
		)
			return null;
		return this.sum(
			factors.filter((f) => f !== first.factor),
			units,
			first.terms,
		);
	}

	/** Factors and units that belong together, factors that read no unit, and units that no factor reads. */
	private grouped(factors: readonly Factor<T>[], units: readonly Unit<T>[]) {
		const constants: Factor<T>[] = [];
		let groups: Group<T>[] = [];
		for (const factor of factors) {
			const { missing, given } = this.read(factor, units);
			if (missing.size === 0) {
				constants.push(factor);
				continue;
			}
			const touching = groups.filter((g) =>
				[...g.units].some((u) => missing.has(u)),
			);
			const joined: Group<T> = {
				factors: [...touching.flatMap((g) => g.factors), factor],
				units: new Set([...touching.flatMap((g) => [...g.units]), ...missing]),
				given: new Set([...touching.flatMap((g) => [...g.given]), ...given]),
			};
			groups = [...groups.filter((g) => !touching.includes(g)), joined];
		}
		const unread = units.filter((u) => !groups.some((g) => g.units.has(u)));
		return { constants, groups, unread };
	}

	/**
	 * What a factor reads, found by evaluating it with stand-ins. One that reads a label without a value may read any of
	 * the variables that its nodes mention; one that integrates by itself is taken to read all of them.
	 */
	private read(factor: Factor<T>, units: readonly Unit<T>[]): Trace<T> {
		const nodes = factor.leaves.map((leaf) => freeOf(leaf.node));
		const mentioned = new Set(nodes.flatMap((n) => [...n.binders]));
		const candidates = units.filter((u) => mentioned.has(u.store.binder.id));
		const trace: Trace<T> = { missing: new Set(), given: new Set() };
		if (candidates.length === 0) return trace;
		if (nodes.some((n) => n.integrates))
			return {
				missing: new Set(candidates),
				given: new Set(this.values.keys()),
			};
		const stores = this.opening.storesOf(mentioned);
		for (const store of stores) store.watch(trace);
		const isRead = this.canEvaluate(factor);
		for (const store of stores) store.watch(null);
		if (!isRead) return { missing: new Set(candidates), given: trace.given };
		if ([...trace.missing].some((u) => !isContinuous(u)))
			for (const unit of candidates)
				if (isContinuous(unit)) trace.missing.add(unit);
		return trace;
	}

	/** Whether a factor has a value with stand-ins for its variables; a logarithm may have none just there. */
	private canEvaluate(factor: Factor<T>): boolean {
		try {
			this.evaluate(factor);
			return true;
		} catch (thrown) {
			if (thrown instanceof Undecided) return false;
			throw thrown;
		}
	}

	private evaluate(factor: Factor<T>): T {
		const { A } = this.compiler;
		const product = factor.leaves.reduce(
			(p, leaf) => A.mul(p, this.opening.evaluate(leaf)),
			A.one,
		);
		this.frame.work.charge(
			factor.leaves.length + freeOf((factor.leaves[0] as Leaf<T>).node).nodes,
		);
		return factor.isExponent ? A.exp(product) : product;
	}

	/** The integral of 1 over a unit. */
	private measureOf(unit: Unit<T>): T {
		const { A } = this.compiler;
		if (unit.weights)
			return unit.weights.reduce((sum, w) => A.add(sum, w), A.zero);
		return unit.range === "unit" ? A.one : A.constant("infinity");
	}

	private together({ factors, units, given }: Group<T>): T {
		const discrete = [...units].find((u) => !isContinuous(u));
		if (discrete) return this.listed(factors, [...units], discrete);
		const key = [
			...factors.map((f) => this.nameOf(f)),
			...[...units].map((u) => this.nameOf(u)),
			...[...given].map((u) => `${this.nameOf(u)}=${this.values.get(u)}`),
		].join(" ");
		const known = this.known.get(key);
		if (known !== undefined) return known;
		const made = this.cubature(factors, [...units]);
		this.known.set(key, made);
		return made;
	}

	/** One label after the other, each with all of its values. */
	private listed(
		factors: readonly Factor<T>[],
		units: readonly Unit<T>[],
		label: Unit<T>,
	): T {
		const { A } = this.compiler;
		const rest = units.filter((u) => u !== label);
		const at = (value: number): T => {
			label.store.assign(label, A.fromNumber(value));
			this.values.set(label, value);
			return this.product(factors, rest);
		};
		const total =
			label.weights === null
				? seriesOf(A, at)
				: label.weights.reduce(
						(sum, w, i) => A.add(sum, A.mul(w, at(label.first + i))),
						A.zero,
					);
		label.store.assign(label, undefined);
		this.values.delete(label);
		return total;
	}

	private nameOf(thing: object): number {
		const name = this.names.get(thing) ?? this.names.size;
		this.names.set(thing, name);
		return name;
	}

	private cubature(
		factors: readonly Factor<T>[],
		units: readonly Unit<T>[],
	): T {
		const { A } = this.compiler;
		const exponents = factors.filter((f) => f.isExponent);
		const plain = factors.filter((f) => !f.isExponent);
		const productOf = (list: readonly Leaf<T>[]): T =>
			list.reduce((p, leaf) => A.mul(p, this.opening.evaluate(leaf)), A.one);
		const work = factors.reduce(
			(sum, f) =>
				sum + f.leaves.reduce((s, leaf) => s + freeOf(leaf.node).nodes, 0),
			0,
		);
		const f: PointFunction<T> = {
			charge: () => this.frame.work.charge(work),
			foresee: (evaluations) => this.frame.work.foresee(evaluations * work),
			exponent:
				exponents.length === 0
					? null
					: () =>
							exponents.reduce(
								(sum, f) => A.add(sum, productOf(f.leaves)),
								A.zero,
							),
			plain:
				plain.length === 0
					? null
					: () => plain.reduce((p, f) => A.mul(p, productOf(f.leaves)), A.one),
		};
		const kinks = this.kinksOf(factors, units);
		if (kinks.length === 0) return new Cubature(A, units, f).integrate();
		return piecesOf(units[0] as Unit<T>, kinks)
			.map((change) => new Cubature(A, units, f, [change]).integrate())
			.reduce((total, piece) => A.add(total, piece));
	}

	/** Where absolute values in the factors have their kinks, for an integral over one number. */
	private kinksOf(
		factors: readonly Factor<T>[],
		units: readonly Unit<T>[],
	): readonly number[] {
		const bent = factors
			.flatMap((f) => f.leaves)
			.flatMap(({ node, slots }) =>
				argumentsOfAbs(node).map((a) => this.opening.leaf(a, slots)),
			)
			.filter((leaf) => this.opening.mentions(leaf.node));
		const [unit, ...more] = units;
		if (bent.length === 0 || !unit) return [];
		if (more.length > 0)
			throw new Undecided("an absolute value under several integrals");
		const at = (leaf: Leaf<T>, x: number): number => {
			unit.store.assign(unit, this.compiler.A.fromNumber(x));
			return this.compiler.A.toNumber(this.opening.evaluate(leaf));
		};
		const kinks = bent.map((leaf) => rootOfAffine((x) => at(leaf, x)));
		unit.store.assign(unit, undefined);
		return kinks.flat();
	}
}

function isContinuous<T>({ range }: Unit<T>): boolean {
	return range !== "finite" && range !== "counts";
}

/** The root of a function that is affine on the unit interval; none if it is constant. */
function rootOfAffine(f: (x: number) => number): readonly number[] {
	const [a, b, c] = [f(0.25), f(0.5), f(0.75)] as const;
	const slope = (c - a) / 0.5;
	if (!(Math.abs(a + c - 2 * b) <= 1e-9 * Math.abs(c - a)))
		throw new Undecided("an absolute value of what is not affine");
	return slope === 0 ? [] : [0.25 - a / slope];
}

/** The range of a variable, cut at the places that lie in it. */
function piecesOf<T>(
	{ range }: Unit<T>,
	places: readonly number[],
): readonly ChangeOfVariable[] {
	const from = range === "real" ? Number.NEGATIVE_INFINITY : 0;
	const to = range === "unit" ? 1 : Number.POSITIVE_INFINITY;
	const inside = places.filter((x) => from < x && x < to);
	const ends = [...new Set([from, ...inside, to])].sort((a, b) => a - b);
	return ends.slice(1).map((end, i) => changeBetween(ends[i] as number, end));
}
