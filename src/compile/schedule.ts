import type { Dim } from "../expr/tree.js";
import { distinct, groupBy } from "./groups.js";
import {
	arrange,
	type Home,
	type Homes,
	homeOf,
	naturalHome,
} from "./placement.js";
import {
	arraysRead,
	type FoldScalar,
	freeIndices,
	type IndexScalar,
	isFullRange,
	isOfMatrix,
	isValue,
	keyOf,
	type Matrix,
	mapParts,
	one,
	parts,
	replaceIndices,
	type Scalar,
	sizeOf,
} from "./scalar.js";
import { Names, Scope } from "./scope.js";
import type { AccumulatorStatement, Statement } from "./statement.js";
import type { Store } from "./store.js";

export interface SchedulerOptions {
	/** Names of the state's arrays and sizes. */
	readonly reserved: ReadonlySet<string>;
	/** The sheet's own letters for the indices over its sizes. */
	readonly letters: ReadonlyMap<Dim, readonly string[]>;
	/** Sizes along which no table is ever made: the data axis. */
	readonly long: ReadonlySet<Dim>;
	/** Whether what does not depend on a loop is computed before it. */
	readonly hoists: boolean;
}

/**
 * Turns values into statements: sums become loops with accumulators, loops over the same range are fused, whatever does
 * not depend on a loop is computed before it, and nothing is computed twice where it is already known.
 */
export class Scheduler {
	readonly tables = new Map<string, readonly Dim[]>();
	readonly root = new Scope();
	private readonly names: Names;
	/** Arrays that the kernel writes, and how many of the open loops a value read from them may not leave. */
	private readonly floors = new Map<string, number>();

	constructor(private readonly options: SchedulerOptions) {
		this.names = new Names(options.reserved, options.letters);
	}

	/** From here on, what depends on the array stays within the loops that are open in the block. */
	keepWithin(scope: Scope, array: string): void {
		this.floors.set(array, scope.loops.length);
	}

	/** Opens whole loops, one in the other, and hands the innermost block and the indices' new names on. */
	loops(
		over: readonly IndexScalar[],
		scope: Scope,
		body: (inner: Scope, renamed: ReadonlyMap<string, Scalar>) => void,
		renamed: ReadonlyMap<string, Scalar> = new Map(),
	): void {
		const [first, ...rest] = over;
		if (!first) {
			body(scope, renamed);
			return;
		}
		const range = {
			size: first.size,
			lower: one,
			upper: sizeOf(first.size),
			except: [],
		};
		this.loop(range, first.name, scope, (inner, index) => {
			const names = new Map(renamed).set(first.name, index);
			this.loops(rest, inner, body, names);
		});
	}

	/** An array of the kernel's own. */
	table(name: string, dims: readonly Dim[], scope: Scope): void {
		this.tables.set(name, dims);
		scope.statements.push({ kind: "table", name, dims });
	}

	/** A block that runs only if the flag is set, and one that runs if not. */
	ifFlag(
		flag: string,
		scope: Scope,
		body: (inner: Scope) => void,
		otherwise: (inner: Scope) => void,
	): void {
		const [then, other] = [body, otherwise].map((write) => {
			const inner = new Scope(scope);
			write(inner);
			return inner.statements;
		}) as [Statement[], Statement[]];
		scope.statements.push({ kind: "if", flag, body: then, otherwise: other });
	}

	/** Writes elements that do not depend on each other; loops over the same size are shared. */
	storeAll(stores: readonly Store[], scope: Scope): void {
		const ready = stores.filter((s) => s.over.length === 0);
		const values = this.evaluate(
			ready.map((s) => s.value),
			scope,
		);
		ready.forEach(({ array, at, how }, i) => {
			const value = values[i] as Scalar;
			scope.statements.push(
				typeof how === "string"
					? { kind: "store", array, at, value, how }
					: { kind: "collect", array, at, value, lost: how.lost },
			);
		});
		const waiting = stores.filter((s) => s.over.length > 0);
		for (const group of groupBy(waiting, (s) => String(s.over[0]?.size)))
			this.storeInLoop(group, scope);
		for (const { array } of stores) scope.forget(array);
	}

	private storeInLoop(stores: readonly Store[], scope: Scope): void {
		const first = stores[0]?.over[0] as IndexScalar;
		this.loops([first], scope, (inner, renamed) => {
			const index = renamed.get(first.name) as Scalar;
			const inside = stores.map((s): Store => {
				const [own, ...over] = s.over as readonly [IndexScalar];
				const names = new Map([[own.name, index]]);
				return {
					...s,
					over,
					at: s.at.map((a) => replaceIndices(a, names)),
					value: replaceIndices(s.value, names),
				};
			});
			this.storeAll(inside, inner);
		});
	}

	/** The values in terms of names and reads alone, after whatever statements that takes. */
	evaluate(values: readonly Scalar[], scope: Scope): Scalar[] {
		const homes = this.homes(scope);
		const arranged = values.map((v) => arrange(v, homes));
		this.moveOut(arranged, scope);
		this.shareCalls(arranged, scope);
		this.factoriseAll(arranged, scope);
		this.runFolds(this.openFolds(arranged, scope), scope);
		return arranged.map((v) => this.settle(v, scope));
	}

	/** Computes a value for what follows in the block, for all values of an index that it has beside that of the loop around. */
	computeFirst(value: Scalar, around: IndexScalar, scope: Scope): void {
		const others = [...freeIndices(value).values()].filter(
			(index) => index.name !== around.name,
		);
		const [own] = others;
		if (!own) this.define([value], scope);
		if (!own || others.length > 1) return;
		const name = this.names.indexOver(own.size, own.name, scope);
		const index = { ...own, name };
		const named = replaceIndices(value, new Map([[own.name, index]]));
		this.tabulate([named], [index], scope);
	}

	private homes(scope: Scope): Homes {
		if (!this.options.hoists) return { of: () => null, natural: () => null };
		const around = (v: Scalar) => ({
			loops: scope.loops,
			floor: this.floorOf(v),
			long: this.options.long,
		});
		return {
			of: (v) => homeOf(v, around(v)),
			natural: (v) => naturalHome(v, around(v)),
		};
	}

	private floorOf(value: Scalar): number {
		let floor = 0;
		for (const array of arraysRead(value))
			floor = Math.max(floor, this.floors.get(array) ?? 0);
		return floor;
	}

	/** Computes what can leave the loops where it belongs. */
	private moveOut(values: readonly Scalar[], scope: Scope): void {
		const homes = this.homes(scope);
		const movable: { value: Scalar; home: Home }[] = [];
		const collect = (v: Scalar): void => {
			if (scope.recall(v)) return;
			const home = homes.of(v);
			if (home) movable.push({ value: v, home });
			else if (v.kind !== "fold" && !isOfMatrix(v))
				for (const part of parts(v)) collect(part);
		};
		values.forEach(collect);
		for (const group of groupBy(movable, ({ home }) => home.key)) {
			const { home } = group[0] as { home: Home };
			const outside = scope.atDepth(home.depth);
			const unique = distinct(group.map((m) => m.value));
			if (home.table.length === 0) this.define(unique, outside);
			else this.tabulate(unique, home.table, outside);
		}
	}

	/**
	 * Computes functions once that several values here take of the same argument. What stands under a comparison may
	 * be undefined elsewhere, and stays there.
	 */
	private shareCalls(values: readonly Scalar[], scope: Scope): void {
		const counts = new Map<string, { value: Scalar; count: number }>();
		const collect = (v: Scalar): void => {
			if (v.kind === "fold" || v.kind === "when" || isOfMatrix(v)) return;
			if (scope.recall(v)) return;
			for (const part of parts(v)) collect(part);
			if (v.kind !== "call") return;
			const seen = counts.get(keyOf(v));
			counts.set(keyOf(v), { value: v, count: (seen?.count ?? 0) + 1 });
		};
		values.forEach(collect);
		for (const { value, count } of counts.values())
			if (count > 1) this.define([value], scope);
	}

	private define(values: readonly Scalar[], scope: Scope): void {
		const computed = this.evaluate(values, scope);
		values.forEach((value, i) => {
			const result = computed[i] as Scalar;
			scope.remember(value, this.nameIn(scope, result));
		});
	}

	private nameIn(scope: Scope, value: Scalar): Scalar {
		if (value.kind === "local" || value.kind === "read") return value;
		const name = this.names.fresh("c");
		scope.statements.push({ kind: "let", name, value });
		return { kind: "local", name };
	}

	private tabulate(
		values: readonly Scalar[],
		over: readonly IndexScalar[],
		scope: Scope,
	): void {
		const dims = over.map((index) => index.size);
		const stores = values.map((value): Store => {
			const name = this.names.fresh("table");
			this.table(name, dims, scope);
			return { over, array: name, at: over, value, how: "set" };
		});
		this.storeAll(stores, scope);
		for (const { array, at, value } of stores)
			scope.remember(value, { kind: "read", array, at, type: "real" });
	}

	/** Factorises the matrices whose inverses and determinants are not known yet, each once for all that reads it. */
	private factoriseAll(values: readonly Scalar[], scope: Scope): void {
		const collect = (v: Scalar): void => {
			if (v.kind === "fold" || scope.recall(v)) return;
			if (isOfMatrix(v)) this.factorise(v.of, this.scopeOf(v.of, scope));
			else for (const part of parts(v)) collect(part);
		};
		values.forEach(collect);
	}

	/** Within the loops that the matrix depends on. */
	private scopeOf(of: Matrix, scope: Scope): Scope {
		if (!this.options.hoists) return scope;
		const whole: Scalar = { kind: "logdet", of };
		const free = freeIndices(whole);
		const isUsed = scope.loops.map((l) => free.has(l.index.name));
		const depth = isUsed.lastIndexOf(true) + 1;
		return scope.atDepth(Math.max(depth, this.floorOf(whole)));
	}

	private factorise(of: Matrix, scope: Scope): void {
		const { size, entry: value } = of;
		const array = this.names.fresh("inverse");
		const name = this.names.fresh("logdet");
		this.table(array, [size, size], scope);
		const over = [of.row, of.column].map(
			(index): IndexScalar => ({ kind: "index", name: index, size }),
		);
		this.storeAll([{ over, array, at: over, value, how: "set" }], scope);
		scope.statements.push({ kind: "factorise", name, array, at: [], size });
		const whole: Scalar = { kind: "read", array, at: [], type: "real" };
		scope.remember({ kind: "inverse", of, at: [] }, whole);
		scope.remember({ kind: "logdet", of }, { kind: "local", name });
	}

	/** The outermost sums and products that are not known yet. */
	private openFolds(values: readonly Scalar[], scope: Scope): FoldScalar[] {
		const found: FoldScalar[] = [];
		const collect = (v: Scalar): void => {
			if (scope.recall(v)) return;
			if (v.kind === "fold") found.push(v);
			else if (!isOfMatrix(v)) for (const part of parts(v)) collect(part);
		};
		values.forEach(collect);
		return distinct(found);
	}

	private runFolds(folds: readonly FoldScalar[], scope: Scope): void {
		for (const group of groupBy(folds, rangeKey))
			this.runTogether(group, scope);
	}

	private runTogether(folds: readonly FoldScalar[], scope: Scope): void {
		const [first] = folds as readonly [FoldScalar];
		const accumulators = folds.map((f) => this.accumulator(f, scope));
		this.loop(first, first.index, scope, (inner, index) => {
			const bodies = folds.map((f) =>
				replaceIndices(f.body, new Map([[f.index, index]])),
			);
			this.evaluate(bodies, inner).forEach((value, i) => {
				const into = accumulators[i] as AccumulatorStatement;
				inner.statements.push({ kind: "gather", into, value });
			});
		});
		folds.forEach((f, i) => {
			const { name, compensated } = accumulators[i] as AccumulatorStatement;
			const local = compensated ? `${name}.total` : name;
			scope.remember(f, { kind: "local", name: local });
		});
	}

	private accumulator(fold: FoldScalar, scope: Scope): AccumulatorStatement {
		const statement: AccumulatorStatement = {
			kind: "accumulator",
			name: this.names.fresh(fold.op === "+" ? "sum" : "product"),
			op: fold.op,
			compensated:
				fold.op === "+" &&
				scope.loops.length === 0 &&
				this.options.long.has(fold.size),
		};
		scope.statements.push(statement);
		return statement;
	}

	private loop(
		range: Pick<FoldScalar, "size" | "lower" | "upper" | "except">,
		wish: string,
		scope: Scope,
		body: (inner: Scope, index: IndexScalar) => void,
	): void {
		const { size, lower, upper, except } = range;
		const name = this.names.indexOver(size, wish, scope);
		const index: IndexScalar = { kind: "index", name, size };
		const full =
			isValue(lower, 1) &&
			except.length === 0 &&
			keyOf(upper) === keyOf(sizeOf(size));
		const inner = new Scope(scope, { index, full });
		body(inner, index);
		scope.statements.push({
			kind: "loop",
			index,
			lower,
			upper,
			except,
			body: inner.statements,
		});
	}

	/** Puts names in place of what has been computed; a square of something larger than a name is computed once. */
	private settle(value: Scalar, scope: Scope): Scalar {
		const known = scope.recall(value);
		if (known) return known;
		const settled = mapParts(value, (part) => this.settle(part, scope));
		if (settled.kind !== "power" || !isCompound(settled.base)) return settled;
		const base = this.nameIn(scope, settled.base);
		if (value.kind === "power") scope.remember(value.base, base);
		return { ...settled, base };
	}
}

function isCompound(s: Scalar): boolean {
	return s.kind === "add" || s.kind === "mul" || s.kind === "call";
}

function rangeKey(fold: FoldScalar): string {
	const range = [fold.lower, fold.upper, ...fold.except];
	return isFullRange(fold)
		? String(fold.size)
		: [fold.size, ...range.map((r) => keyOf(r))].join();
}
