import type { Dim } from "../expr/tree.js";
import {
	arraysRead,
	type FoldScalar,
	freeIndices,
	type IndexScalar,
	isFullRange,
	isValue,
	keyOf,
	mapParts,
	type ReadScalar,
	replaceIndices,
	type Scalar,
} from "./scalar.js";

/** A sum over the data that is kept in the state: `Σ_i φ_ik x_i` for every k and component. */
export interface Statistic {
	readonly name: string;
	/** Name of the table that keeps the rounding errors while the sum is formed. */
	readonly lost: string;
	/** The indices of the kept array. */
	readonly over: readonly IndexScalar[];
	/** What one data point contributes. */
	readonly body: Scalar;
	/** The index over the data, free in `body`. */
	readonly row: IndexScalar;
}

/** Collects the sums over the data that values need, each once. */
export class Statistics {
	private readonly byKey = new Map<string, Statistic>();
	private readonly taken: Set<string>;

	/**
	 * @param axis the size of the data
	 * @param isFinal whether what a sum adds up at a data point is final once that point has been renewed
	 * @param reserved names that are in use
	 * @param prefix with which the names of these sums begin
	 */
	constructor(
		private readonly axis: Dim | null,
		private readonly isFinal: (fold: FoldScalar) => boolean,
		reserved: Iterable<string>,
		private readonly prefix = "sum",
	) {
		this.taken = new Set(reserved);
	}

	get all(): readonly Statistic[] {
		return [...this.byKey.values()];
	}

	/** The value with each sum over the data that can be kept replaced by a read of what is kept. */
	extract(value: Scalar): Scalar {
		if (value.kind === "fold" && this.canKeep(value)) return this.keep(value);
		return mapParts(value, (part) => this.extract(part));
	}

	private canKeep(fold: FoldScalar): boolean {
		return (
			fold.op === "+" &&
			fold.size === this.axis &&
			isFullRange(fold) &&
			this.isFinal(fold)
		);
	}

	private keep(fold: FoldScalar): ReadScalar {
		const free = [...freeIndices(fold).values()];
		const numbered = free.map(
			({ size }, n): IndexScalar => ({ kind: "index", name: `s${n}`, size }),
		);
		const names = new Map(
			free.map((index, n) => [index.name, numbered[n] as Scalar]),
		);
		const canonical = replaceIndices(fold, names) as FoldScalar;
		const key = [keyOf(canonical), ...numbered.map((i) => i.size)].join();
		const known =
			this.byKey.get(key) ?? this.add(key, canonical, numbered, free);
		return { kind: "read", array: known.name, at: free, type: "real" };
	}

	private add(
		key: string,
		fold: FoldScalar,
		over: readonly IndexScalar[],
		named: readonly IndexScalar[],
	): Statistic {
		const wishes = over.map((index, n) => ({
			...index,
			name: (named[n] as IndexScalar).name,
		}));
		const back = new Map(
			over.map((index, n) => [index.name, wishes[n] as Scalar]),
		);
		const name = this.nameFor(fold.body);
		const statistic: Statistic = {
			name,
			lost: `${name}_lost`,
			over: wishes,
			body: replaceIndices(fold.body, back),
			row: { kind: "index", name: fold.index, size: fold.size },
		};
		this.byKey.set(key, statistic);
		return statistic;
	}

	private nameFor(body: Scalar): string {
		const base = [this.prefix, ...factorNames(body)].join("_");
		let name = base;
		for (let n = 2; this.taken.has(name); n++) name = `${base}_${n}`;
		this.taken.add(name);
		return name;
	}
}

/** Names of the arrays that a product reads, one for each time: `x`, `x` for a square, `d`, `x` for a difference. */
function factorNames(body: Scalar): string[] {
	switch (body.kind) {
		case "read":
			return [body.array];
		case "mul":
			return body.factors.flatMap(factorNames);
		case "power": {
			const base = factorNames(body.base);
			return isValue(body.exponent, 2) ? [...base, ...base] : base;
		}
		case "add": {
			const [first] = body.terms;
			return first?.kind === "read" && body.terms.length === 2
				? ["d", first.array]
				: [...arraysRead(body)];
		}
		case "call":
			return [body.fn, ...factorNames(body.argument)];
		case "when":
			return factorNames(body.body);
		default:
			return [...arraysRead(body)];
	}
}
