import type { Compiler } from "./compiler.js";
import type { Frame, Store } from "./frame.js";
import { compileExtents, type Extents } from "./instances.js";
import type { IntegralNode } from "./scalar.js";
import { Undecided } from "./undecided.js";
import { canonicalVariable, extent } from "./world.js";

/** One number to integrate over: a component of an instance. Finite ones list the weights of their values. */
export interface Unit<T> {
	readonly store: DomainStore<T>;
	readonly instance: number;
	readonly component: number;
	readonly weights: readonly T[] | null;
	/** The first value of a finite range: 1 for labels, 0 for counts. */
	readonly first: number;
	readonly range: "real" | "positive" | "unit" | "finite";
}

/** The variables of an integral. While a trace is on, what is read without a value is noted and given a stand-in. */
export class DomainStore<T> implements Store<T> {
	readonly binder;
	readonly plates;
	readonly shape;
	readonly width;
	units: readonly Unit<T>[] = [];
	trace: Set<Unit<T>> | null = null;
	private readonly values: (T | undefined)[] = [];

	constructor(
		node: IntegralNode,
		private readonly extents: Extents,
		private readonly standIn: T,
	) {
		this.binder = node.binder;
		this.plates = extents.plates;
		this.shape = extents.shape;
		this.width = extents.width;
	}

	covers(instance: number): boolean {
		return this.extents.covers(instance);
	}

	read(instance: number, component: number): T {
		const flat = instance * this.width + component;
		const value = this.values[flat];
		if (value !== undefined) return value;
		if (!this.trace)
			throw new Undecided("an integral reads a variable before it has a value");
		const unit = this.units.find(
			(u) => u.instance === instance && u.component === component,
		);
		if (unit) this.trace.add(unit);
		return this.standIn;
	}

	assign({ instance, component }: Unit<T>, value: T | undefined): void {
		this.values[instance * this.width + component] = value;
	}
}

/** Opens the store of an integral, with its units. */
export function compileDomain<T>(
	compiler: Compiler<T>,
	node: IntegralNode,
): (frame: Frame<T>) => DomainStore<T> {
	const { A } = compiler;
	const extents = compileExtents(compiler, node.binder);
	return (frame) => {
		const made = extents(frame);
		const store = new DomainStore(node, made, A.one);
		const weights = finiteWeights(compiler, node, frame);
		const units: Unit<T>[] = [];
		for (let instance = 0; instance < made.instances; instance += 1) {
			if (!made.covers(instance)) continue;
			for (let component = 0; component < made.width; component += 1)
				units.push({
					store,
					instance,
					component,
					weights,
					first: node.range.kind === "counts" ? 0 : 1,
					range: weights ? "finite" : continuous(node),
				});
		}
		store.units = units;
		return store;
	};
}

/** A range that is integrated over by cubature. */
function continuous({ range }: IntegralNode): "real" | "positive" | "unit" {
	if (range.kind === "simplex")
		throw new Undecided(
			"integrals over a simplex are not computed numerically",
		);
	if (
		range.kind === "labels" ||
		range.kind === "unnamed" ||
		range.kind === "counts"
	)
		throw new Error("a finite range has weights");
	return range.kind;
}

/** The weights of the values of a finite range, which are first, first + 1, …; null for other ranges. */
function finiteWeights<T>(
	{ A }: Compiler<T>,
	{ range }: IntegralNode,
	frame: Frame<T>,
): readonly T[] | null {
	const ones = (length: number): T[] => Array.from({ length }, () => A.one);
	if (range.kind === "labels") return ones(extent(frame.world, range.size));
	if (range.kind === "counts") {
		if (range.upTo === null)
			throw new Undecided("a sum over all counts is not computed numerically");
		return ones(range.upTo + 1);
	}
	if (range.kind !== "unnamed") return null;
	const domain = frame.world.domains.get(
		canonicalVariable(frame.world, range.variable),
	);
	if (!domain)
		throw new Undecided(`the domain of ${range.variable} is not known`);
	return domain.weights.map((w) => A.fromNumber(w));
}
