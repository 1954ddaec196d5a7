import Fraction from "fraction.js";
import type { Compiler, Run } from "./compiler.js";
import { compileDomain, type DomainStore, type Unit } from "./domainStore.js";
import type { Frame } from "./frame.js";
import { freeOf } from "./free.js";
import type { BigNode, DensityNode, IntegralNode, Scalar } from "./scalar.js";

/** A node with the values of the loop indices around it. */
export interface Leaf<T> {
	readonly node: Scalar;
	readonly run: Run<T>;
	readonly slots: readonly (readonly [slot: number, value: number])[];
}

/** One factor of an integrand: the product of its leaves, or the exponential of that product. */
export interface Factor<T> {
	readonly isExponent: boolean;
	readonly leaves: readonly Leaf<T>[];
}

/** An integrand as a product. Inner integrals are opened too: their variables join those of the outer one. */
export interface Integrand<T> {
	readonly factors: readonly Factor<T>[];
	readonly units: readonly Unit<T>[];
}

const nought: Scalar = { op: "number", value: new Fraction(0) };

type Slots = Leaf<unknown>["slots"];

/** Takes integrands apart in a frame: products, densities and exponentials of sums become lists of factors. */
export class Opening<T> {
	/** Stores of the integral and of the inner ones that have been opened, by binder. */
	private readonly stores = new Map<number, DomainStore<T>>();

	constructor(
		private readonly compiler: Compiler<T>,
		private readonly frame: Frame<T>,
	) {}

	activate(store: DomainStore<T>): void {
		this.frame.stores[store.binder.id] = store;
		this.stores.set(store.binder.id, store);
	}

	close(store: DomainStore<T>): void {
		this.stores.delete(store.binder.id);
	}

	storesOf(binders: ReadonlySet<number>): readonly DomainStore<T>[] {
		return [...this.stores.values()].filter((s) => binders.has(s.binder.id));
	}

	mentions(node: Scalar): boolean {
		for (const id of freeOf(node).binders) if (this.stores.has(id)) return true;
		return false;
	}

	leaf(node: Scalar, slots: Slots): Leaf<T> {
		return { node, run: this.compiler.run(node), slots };
	}

	evaluate({ run, slots }: Leaf<T>): T {
		for (const [slot, value] of slots) this.frame.slots[slot] = value;
		return run(this.frame);
	}

	open(node: Scalar, slots: Slots): Integrand<T> {
		const made = { factors: [], units: [], repeated: false };
		this.factor(node, slots, made);
		return made;
	}

	/** The summands of a sum as leaves; null for what is no sum, or one whose bounds are a variable of the integral. */
	summands(leaf: Leaf<T>): readonly Leaf<T>[] | null {
		const { node, slots } = leaf;
		if (node.op === "add") return node.terms.map((t) => this.leaf(t, slots));
		if (node.op === "sum" && this.hasBounds(node))
			return this.each(node, slots).map((s) => this.leaf(node.body, s));
		return null;
	}

	/** Whether it is known, before the variables have values, over what a sum or product runs: not of Σ_{j < z}. */
	private hasBounds({ lower, upper, except }: BigNode): boolean {
		return ![lower, upper, ...except].some((e) => this.mentions(e));
	}

	/** The slots for each round of a sum or product. */
	private each(node: BigNode, slots: Slots): readonly Slots[] {
		const value = (e: Scalar): number =>
			this.compiler.A.toNumber(this.evaluate(this.leaf(e, slots)));
		const except = node.except.map(value);
		const rounds: Slots[] = [];
		const to = value(node.upper);
		for (let at = value(node.lower); at <= to; at += 1)
			if (!except.includes(at)) rounds.push([...slots, [node.slot, at]]);
		return rounds;
	}

	private factor(node: Scalar, slots: Slots, made: Made<T>): void {
		if (!this.mentions(node)) {
			made.factors.push({
				isExponent: false,
				leaves: [this.leaf(node, slots)],
			});
			return;
		}
		if (node.op === "mul")
			for (const f of node.factors) this.factor(f, slots, made);
		else if (node.op === "product" && this.hasBounds(node))
			for (const round of this.each(node, slots))
				this.factor(node.body, round, { ...made, repeated: true });
		else if (node.op === "density") this.density(node, slots, made);
		else if (node.op === "apply" && node.fn === "exp")
			this.exponent(node.argument, slots, [], made);
		else if (node.op === "integral" && !made.repeated)
			this.inner(node, slots, made);
		else
			made.factors.push({
				isExponent: false,
				leaves: [this.leaf(node, slots)],
			});
	}

	/** exp(log), and a factor that is 1 where the density is looked at on its support. */
	private density(node: DensityNode, slots: Slots, made: Made<T>): void {
		this.exponent(node.log, slots, [], made);
		if (!node.within) return;
		const support: DensityNode = { ...node, log: nought };
		const leaves = [this.leaf(support, slots)];
		made.factors.push({ isExponent: false, leaves });
	}

	private inner(node: IntegralNode, slots: Slots, made: Made<T>): void {
		for (const [slot, value] of slots) this.frame.slots[slot] = value;
		const { store, units } = compileDomain(this.compiler, node)(this.frame);
		this.activate(store);
		made.units.push(...units);
		this.factor(node.body, slots, made);
	}

	/** exp(coefficients · node): one factor for each summand. */
	private exponent(
		node: Scalar,
		slots: Slots,
		coefficients: readonly Leaf<T>[],
		made: Made<T>,
	): void {
		const summands = this.summands(this.leaf(node, slots));
		if (summands) {
			for (const s of summands)
				this.exponent(s.node, s.slots, coefficients, made);
			return;
		}
		if (node.op === "apply" && node.fn === "log" && coefficients.length === 0) {
			this.factor(node.argument, slots, made);
			return;
		}
		const random =
			node.op === "mul" ? node.factors.filter((f) => this.mentions(f)) : [];
		const [only] = random;
		if (node.op === "mul" && only && random.length === 1) {
			const rest = node.factors
				.filter((f) => f !== only)
				.map((f) => this.leaf(f, slots));
			this.exponent(only, slots, [...coefficients, ...rest], made);
			return;
		}
		made.factors.push({
			isExponent: true,
			leaves: [...coefficients, this.leaf(node, slots)],
		});
	}
}

interface Made<T> {
	readonly factors: Factor<T>[];
	readonly units: Unit<T>[];
	/** Inside a product over an index, where an inner integral occurs many times and cannot be opened. */
	readonly repeated: boolean;
}
