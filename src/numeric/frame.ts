import type { Arithmetic } from "./arithmetic.js";
import type { DualArithmetic } from "./dual.js";
import type { Binder } from "./scalar.js";
import { Undecided } from "./undecided.js";
import type { World, WorldValue } from "./world.js";

/** A count of node evaluations, the same on every machine, so that what is too much is so everywhere. */
export class Work {
	private used = 0;
	/** Whether the limit stood in the way. */
	isSpent = false;

	constructor(private readonly limit: number) {}

	get spent(): number {
		return this.used;
	}

	charge(units: number): void {
		this.used += units;
		this.stopBeyond(this.used);
	}

	/** Gives up before work that would not be finished. */
	foresee(units: number): void {
		this.stopBeyond(this.used + units);
	}

	private stopBeyond(units: number): void {
		if (units <= this.limit) return;
		this.isSpent = true;
		throw new Undecided("it takes too many evaluations");
	}
}

/** Values of a symbol of the world, flattened, the last axis running fastest. */
export interface FlatArray<T> {
	readonly dims: readonly number[];
	readonly data: readonly T[];
}

/** The variables of an active binder: an array of `instances` × `width` numbers, unassigned until drawn. */
export interface Store<T> {
	readonly binder: Binder;
	readonly plates: readonly number[];
	readonly shape: readonly number[];
	readonly width: number;
	covers(instance: number): boolean;
	/** The value, or an exception from the binder that asks for it. */
	read(instance: number, component: number): T;
	/** Instances and values of what is drawn, where that are labels; null where it is not. */
	labelsDrawn?(): readonly T[] | null;
	/** 1 minus a value that has been read, where that is known to more digits than the value tells. */
	complement(instance: number, component: number): T | null;
}

/** Where a number lives: in the store of a binder, or in the world. */
export interface Location {
	readonly binder: number | null;
	readonly name: string;
	readonly flat: number;
}

/**
 * What an evaluation in one arithmetic reads and writes. A derivative opens a frame of dual numbers over the frame it
 * stands in: slots are shared, everything else is read through and lifted, and one number, the seed, has slope 1.
 */
export class Frame<T> {
	readonly stores: (Store<T> | undefined)[] = [];
	private readonly arrays = new Map<string, FlatArray<T>>();

	private constructor(
		readonly A: Arithmetic<T>,
		readonly world: World,
		readonly slots: number[],
		readonly work: Work,
		private readonly below: {
			readonly frame: Frame<unknown>;
			readonly seed: Location;
		} | null,
	) {}

	static base<T>(
		A: Arithmetic<T>,
		world: World,
		slots: number,
		work: Work,
	): Frame<T> {
		return new Frame(A, world, new Array<number>(slots).fill(1), work, null);
	}

	static over<T>(
		frame: Frame<T>,
		A: DualArithmetic<T>,
		seed: Location,
	): Frame<ReturnType<DualArithmetic<T>["lift"]>> {
		return new Frame(A, frame.world, frame.slots, frame.work, {
			frame: frame as Frame<unknown>,
			seed,
		});
	}

	/** The values of a free symbol; null if the world has none. */
	array(name: string): FlatArray<T> | null {
		const known = this.arrays.get(name);
		if (known) return known;
		const made = this.below ? this.lifted(name) : this.flattened(name);
		if (made) this.arrays.set(name, made);
		return made;
	}

	private flattened(name: string): FlatArray<T> | null {
		const value = this.world.values.get(name);
		if (value === undefined) return null;
		const dims: number[] = [];
		for (let v: WorldValue | undefined = value; typeof v === "object"; v = v[0])
			dims.push(v.length);
		const data: T[] = [];
		this.addNumbers(value, data);
		return { dims, data };
	}

	private addNumbers(value: WorldValue, data: T[]): void {
		if (typeof value === "number") data.push(this.A.fromNumber(value));
		else for (const part of value) this.addNumbers(part, data);
	}

	private lifted(name: string): FlatArray<T> | null {
		const { frame, seed } = this.below as {
			frame: Frame<unknown>;
			seed: Location;
		};
		const array = frame.array(name);
		if (!array) return null;
		const seeded = seed.binder === null && seed.name === name ? seed.flat : -1;
		return {
			dims: array.dims,
			data: array.data.map((x, i) => this.lift(x, i === seeded)),
		};
	}

	private lift(x: unknown, seeded: boolean): T {
		const A = this.A as unknown as DualArithmetic<unknown>;
		return (seeded ? A.seed(x) : A.lift(x)) as T;
	}

	/** The active store of a binder, in this frame or below. */
	store(id: number): Store<unknown> {
		const found = this.stores[id] ?? this.below?.frame.store(id);
		if (!found) throw new Error("a variable is read outside of its binder");
		return found as Store<unknown>;
	}

	readBound(id: number, instance: number, component: number): T {
		const store = this.stores[id];
		if (store) return store.read(instance, component);
		if (!this.below)
			throw new Error("a variable is read outside of its binder");
		const { frame, seed } = this.below;
		const flat = instance * frame.store(id).width + component;
		return this.lift(
			frame.readBound(id, instance, component),
			seed.binder === id && seed.flat === flat,
		);
	}

	/** Null where nobody knows better, or where 1 − x depends on the seed. */
	boundComplement(id: number, instance: number, component: number): T | null {
		const store = this.stores[id];
		if (store) return store.complement(instance, component);
		if (!this.below) return null;
		const { frame, seed } = this.below;
		const flat = instance * frame.store(id).width + component;
		if (seed.binder === id && seed.flat === flat) return null;
		const known = frame.boundComplement(id, instance, component);
		return known === null ? null : this.lift(known, false);
	}
}
