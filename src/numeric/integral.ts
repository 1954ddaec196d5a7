import type { Compiler, Run } from "./compiler.js";
import { Cubature } from "./cubature.js";
import { compileDomain, type DomainStore, type Unit } from "./domainStore.js";
import type { Frame } from "./frame.js";
import { freeOf } from "./free.js";
import { type Factor, type Leaf, Opening } from "./integrand.js";
import type { IntegralNode } from "./scalar.js";

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
		const store = domain(frame);
		opening.activate(store);
		const integration = new Integration(compiler, frame, opening);
		return integration.sum([], store.units, [opening.leaf(node.body, [])]);
	};
}

class Integration<T> {
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
			for (const unit of opened.units)
				this.opening.binders.delete(unit.store.binder.id);
		}
		return total;
	}

	private product(factors: readonly Factor<T>[], units: readonly Unit<T>[]): T {
		const { A } = this.compiler;
		if (units.some((u) => u.range !== "finite")) {
			const multiplied = this.multiplyOut(factors, units);
			if (multiplied !== null) return multiplied;
		}
		const { constants, groups, unread } = this.grouped(factors, units);
		let total = A.one;
		for (const factor of constants) total = A.mul(total, this.evaluate(factor));
		for (const unit of unread) total = A.mul(total, this.measureOf(unit));
		for (const group of groups)
			total = A.mul(total, this.together(group.factors, group.units));
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
		let groups: { factors: Factor<T>[]; units: Set<Unit<T>> }[] = [];
		for (const factor of factors) {
			const read = this.unitsRead(factor, units);
			if (read.size === 0) {
				constants.push(factor);
				continue;
			}
			const touching = groups.filter((g) =>
				[...g.units].some((u) => read.has(u)),
			);
			const together = {
				factors: [...touching.flatMap((g) => g.factors), factor],
				units: read,
			};
			for (const group of touching)
				for (const unit of group.units) read.add(unit);
			groups = [...groups.filter((g) => !touching.includes(g)), together];
		}
		const unread = units.filter((u) => !groups.some((g) => g.units.has(u)));
		return {
			constants,
			groups: groups.map((g) => ({ factors: g.factors, units: [...g.units] })),
			unread,
		};
	}

	/**
	 * Found by evaluating the factor with stand-ins. A factor that reads a label without a value may read any of the
	 * variables that its nodes mention; one that integrates by itself is taken to read all of them.
	 */
	private unitsRead(
		factor: Factor<T>,
		units: readonly Unit<T>[],
	): Set<Unit<T>> {
		const mentioned = new Set(
			factor.leaves.flatMap((leaf) => [...freeOf(leaf.node).binders]),
		);
		const candidates = units.filter((u) => mentioned.has(u.store.binder.id));
		if (candidates.length === 0) return new Set();
		if (factor.leaves.some((leaf) => freeOf(leaf.node).integrates))
			return new Set(candidates);
		const stores = new Set<DomainStore<T>>(candidates.map((u) => u.store));
		const read = new Set<Unit<T>>();
		for (const store of stores) store.trace = read;
		this.evaluate(factor);
		for (const store of stores) store.trace = null;
		const labelRead = [...read].some((u) => u.range === "finite");
		return labelRead
			? new Set([...read, ...candidates.filter((u) => u.range !== "finite")])
			: read;
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

	private together(
		factors: readonly Factor<T>[],
		units: readonly Unit<T>[],
	): T {
		const finite = units.find((u) => u.weights !== null);
		if (!finite) return this.cubature(factors, units);
		const { A } = this.compiler;
		const rest = units.filter((u) => u !== finite);
		let total = A.zero;
		(finite.weights as readonly T[]).forEach((weight, i) => {
			finite.store.assign(finite, A.fromNumber(finite.first + i));
			total = A.add(total, A.mul(weight, this.product(factors, rest)));
		});
		finite.store.assign(finite, undefined);
		return total;
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
		return new Cubature(A, units, {
			charge: () => this.frame.work.charge(work),
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
		}).integrate();
	}
}
