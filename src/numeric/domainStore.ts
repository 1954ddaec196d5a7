import type { Compiler } from "./compiler.js";
import { advance } from "./epoch.js";
import type { Frame, Store } from "./frame.js";
import { compileExtents, type Extents } from "./instances.js";
import type { IntegralNode } from "./scalar.js";
import { Undecided } from "./undecided.js";
import { canonicalVariable, extent } from "./world.js";

/**
 * One number to integrate over: a component of an instance. Finite ones list the weights of their values; there are no
 * weights for all counts.
 */
export interface Unit<T> {
	readonly store: DomainStore<T>;
	readonly instance: number;
	readonly component: number;
	readonly weights: readonly T[] | null;
	/** The first value of a finite range: 1 for labels, 0 for counts. */
	readonly first: number;
	readonly range: "real" | "positive" | "unit" | "finite" | "counts";
}

/** What a factor reads: units without a value, which get a stand-in, and units with one. */
export interface Trace<T> {
	readonly missing: Set<Unit<T>>;
	readonly given: Set<Unit<T>>;
}

/** The variables of an integral, with values for some of them; notes what is read while a trace is on. */
export class DomainStore<T> implements Store<T> {
	readonly binder;
	readonly plates;
	readonly shape;
	readonly width;
	private trace: Trace<T> | null = null;
	private readonly unitAt: Unit<T>[] = [];
	private readonly values: (T | undefined)[] = [];
	private readonly complements: (T | undefined)[] = [];

	constructor(
		node: IntegralNode,
		private readonly extents: Extents,
		/** A value inside of a range. */
		private readonly standIn: (range: Unit<T>["range"]) => T,
		/** Components that are no numbers to integrate over. */
		private readonly fixed: readonly (T | undefined)[],
	) {
		this.binder = node.binder;
		this.plates = extents.plates;
		this.shape = extents.shape;
		this.width = extents.width;
	}

	covers(instance: number): boolean {
		return this.extents.covers(instance);
	}

	/** What was read before counts for no trace, nor what is read for it afterwards. */
	watch(trace: Trace<T> | null): void {
		advance();
		this.trace = trace;
	}

	add(unit: Unit<T>): void {
		this.unitAt[unit.instance * this.width + unit.component] = unit;
	}

	read(instance: number, component: number): T {
		const fixed = this.fixed[component];
		if (fixed !== undefined) return fixed;
		const flat = instance * this.width + component;
		const value = this.values[flat];
		const { trace } = this;
		if (!trace) {
			if (value !== undefined) return value;
			throw new Undecided("an integral reads a variable before it has a value");
		}
		const list = value === undefined ? trace.missing : trace.given;
		const unit = this.unitAt[flat] as Unit<T>;
		list.add(unit);
		return value ?? this.standIn(unit.range);
	}

	complement(instance: number, component: number): T | null {
		return this.complements[instance * this.width + component] ?? null;
	}

	assign(
		{ instance, component }: Unit<T>,
		value: T | undefined,
		complement?: T,
	): void {
		advance();
		const flat = instance * this.width + component;
		this.values[flat] = value;
		this.complements[flat] = complement;
	}
}

/** The store of an integral with the units to integrate over. */
export interface Domain<T> {
	readonly store: DomainStore<T>;
	readonly units: readonly Unit<T>[];
}

/** Opens the store of an integral. */
export function compileDomain<T>(
	compiler: Compiler<T>,
	node: IntegralNode,
): (frame: Frame<T>) => Domain<T> {
	const { A } = compiler;
	const extents = compileExtents(compiler, node.binder);
	return (frame) => {
		const made = extents(frame);
		const ranges = rangesOf(node, made);
		const fixed = ranges.map((r) =>
			typeof r === "number" ? A.fromNumber(r) : undefined,
		);
		const half = A.fromNumber(0.5);
		const standIn = (range: Unit<T>["range"]) =>
			range === "unit" ? half : A.one;
		const store = new DomainStore(node, made, standIn, fixed);
		const weights = finiteWeights(compiler, node, frame);
		const units: Unit<T>[] = [];
		for (let instance = 0; instance < made.instances; instance += 1) {
			if (!made.covers(instance)) continue;
			for (let component = 0; component < made.width; component += 1) {
				const range = ranges[component];
				if (range === undefined || typeof range === "number") continue;
				const unit: Unit<T> = {
					store,
					instance,
					component,
					weights,
					first: node.range.kind === "counts" ? 0 : 1,
					range,
				};
				store.add(unit);
				units.push(unit);
			}
		}
		return { store, units };
	};
}

/** What each component ranges over; a number where it is always that. */
function rangesOf<T>(
	{ range }: IntegralNode,
	{ width, shape }: Extents,
): readonly (Unit<T>["range"] | number)[] {
	const each = (of: (component: number) => Unit<T>["range"] | number) =>
		Array.from({ length: width }, (_, component) => of(component));
	const rows = shape[0] ?? 1;
	switch (range.kind) {
		case "labels":
		case "unnamed":
			return each(() => "finite");
		case "counts":
			return each(() => (range.upTo === null ? "counts" : "finite"));
		case "compositions":
			throw new Undecided("sums over vectors of counts are not computed");
		case "simplex":
			return each((k) => (k === width - 1 ? 1 : "unit"));
		case "posdef":
			return each((c) => triangular(Math.floor(c / rows), c % rows));
		default: {
			const { kind } = range;
			return each(() => kind);
		}
	}
}

/** Of a lower triangular matrix with a positive diagonal. */
function triangular(row: number, column: number): "positive" | "real" | number {
	if (row === column) return "positive";
	return row > column ? "real" : 0;
}

/** The weights of the values of a finite range, which are first, first + 1, …; null for other ranges, that of all counts too. */
function finiteWeights<T>(
	{ A }: Compiler<T>,
	{ range }: IntegralNode,
	frame: Frame<T>,
): readonly T[] | null {
	const ones = (length: number): T[] => Array.from({ length }, () => A.one);
	if (range.kind === "labels") return ones(extent(frame.world, range.size));
	if (range.kind === "counts")
		return range.upTo === null ? null : ones(range.upTo + 1);
	if (range.kind !== "unnamed") return null;
	const domain = frame.world.domains.get(
		canonicalVariable(frame.world, range.variable),
	);
	if (!domain)
		throw new Undecided(`the domain of ${range.variable} is not known`);
	return domain.weights.map((w) => A.fromNumber(w));
}
