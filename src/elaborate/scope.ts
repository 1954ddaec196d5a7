import type { Context, SymbolInfo } from "../expr/context.js";
import { nodesOf } from "../expr/count.js";
import type { Dim, Expr } from "../expr/tree.js";
import { freshName } from "../expr/walk.js";
import type { Surface } from "../latex/surface.js";
import { Problem, type Span } from "../problem.js";
import type { Setting } from "./setting.js";
import type { State } from "./state.js";

/** The most nodes that definitions may put into one side: each may double what stands in the one before. */
const mostTakenIn = 50_000;

/** An index bound by Σ, Π or a list: what it is called in the source and in the tree, and its range once that is known. */
export interface Binder {
	readonly source: string;
	readonly name: string;
	range: Dim | null;
	/** Its bounds are written out, so that an axis of another size is a wrong bound and no contradiction. */
	readonly bounded: boolean;
}

/**
 * What is learnt while one chain is read: ranges of its free indices, symbols that it introduces, notes. Mutable, so that
 * what the left side says of an index holds on the right; `attempt` undoes what a side that could not be read has added.
 */
export class Passage {
	readonly notes: { text: string; span: Span | null }[] = [];
	private ranges: Map<string, Dim>;
	private symbols = new Map<string, SymbolInfo>();
	private sizes = new Set<string>();
	/** How many nodes definitions have put into the side that is being read. */
	private takenIn = 0;
	/** Symbols that no sheet declares and a formula implies: they are known from there on. */
	private implied: readonly SymbolInfo[] = [];

	constructor(
		readonly state: State,
		/** Letters that stand as a subscript somewhere in the chain and are declared nowhere. */
		readonly letters: ReadonlySet<string>,
		/** The unnamed variables and densities of an abstract passage; null where model and family rule. */
		readonly setting: Setting | null,
		/** Everything that is read in the passage. */
		readonly surfaces: readonly Surface[],
		ranges: ReadonlyMap<string, Dim> = new Map(),
	) {
		this.ranges = new Map(ranges);
		for (const info of setting?.symbols ?? [])
			this.symbols.set(info.name, info);
	}

	symbol(name: string): SymbolInfo | undefined {
		return this.symbols.get(name) ?? this.state.context.symbols.get(name);
	}

	isSize(name: string): boolean {
		return this.sizes.has(name) || this.state.context.sizes.has(name);
	}

	addSymbol(info: SymbolInfo): void {
		this.symbols.set(info.name, info);
	}

	imply(info: SymbolInfo): void {
		this.implied = [...this.implied, info];
		this.addSymbol(info);
	}

	/** The state with what the passage implies. */
	stateBehind(state: State): State {
		if (this.implied.length === 0) return state;
		const symbols = new Map(state.context.symbols);
		for (const info of this.implied) symbols.set(info.name, info);
		return { ...state, context: { ...state.context, symbols } };
	}

	addSize(name: string): void {
		this.sizes.add(name);
	}

	rangeOf(name: string): Dim | null {
		return this.ranges.get(name) ?? this.state.context.ranges.get(name) ?? null;
	}

	setRange(name: string, range: Dim): void {
		this.ranges.set(name, range);
	}

	/** Runs a reading that knows these symbols too. What it learns besides, of ranges and by notes, is forgotten. */
	knowing<T>(symbols: readonly SymbolInfo[], read: () => T): T {
		const { ranges, symbols: known, sizes } = this;
		const notes = this.notes.length;
		this.ranges = new Map(ranges);
		this.symbols = new Map(known);
		for (const info of symbols) this.addSymbol(info);
		try {
			return read();
		} finally {
			Object.assign(this, { ranges, symbols: known, sizes });
			this.notes.length = notes;
		}
	}

	/**
	 * Counts what a definition puts into the side that is being read.
	 * @throws Problem where definitions within definitions make it too long to check
	 */
	takeIn(tree: Expr, span: Span): void {
		this.takenIn += nodesOf(tree);
		if (this.takenIn > mostTakenIn)
			throw new Problem(
				"with its definitions put in, this is too long to check",
				span,
				"fewer definitions that stand in one another",
			);
	}

	/** A new side begins. */
	beginSide(): void {
		this.takenIn = 0;
	}

	note(text: string, span: Span | null = null): void {
		if (!this.notes.some((n) => n.text === text))
			this.notes.push({ text, span });
	}

	/** Runs a reading; if it throws, forgets what it has learnt. */
	attempt<T>(read: () => T): T {
		const { ranges, symbols, sizes, implied } = this;
		const notes = this.notes.length;
		this.ranges = new Map(ranges);
		this.symbols = new Map(symbols);
		this.sizes = new Set(sizes);
		try {
			return read();
		} catch (problem) {
			Object.assign(this, { ranges, symbols, sizes, implied });
			this.notes.length = notes;
			throw problem;
		}
	}

	/** The context in which the chain's trees are to be understood. */
	context(distinct: Context["distinct"] = []): Context {
		const { context } = this.state;
		return {
			...context,
			symbols: new Map([...context.symbols, ...this.symbols]),
			sizes: new Set([...context.sizes, ...this.sizes]),
			ranges: new Map([...context.ranges, ...this.ranges]),
			distinct: [...context.distinct, ...distinct],
		};
	}
}

/** A place in a formula: the passage and the indices bound around it. Reads surfaces into trees. */
export class Scope {
	constructor(
		readonly passage: Passage,
		private readonly reader: (s: Surface, scope: Scope) => Expr,
		readonly binders: readonly Binder[] = [],
	) {}

	/** The place outside of all that is bound around this one. */
	outermost(): Scope {
		return new Scope(this.passage, this.reader);
	}

	/** The tree of a surface in this place. */
	read(s: Surface): Expr {
		return this.reader(s, this);
	}

	/** A place within a binder of that name; a name already bound around it gets a fresh one in the tree. */
	bind(
		source: string,
		range: Dim | null,
		bounded: boolean,
	): { inner: Scope; binder: Binder } {
		const name = this.bound(source) ? freshName(source) : source;
		const binder: Binder = { source, name, range, bounded };
		return {
			inner: new Scope(this.passage, this.reader, [...this.binders, binder]),
			binder,
		};
	}

	/** The index that a name means here if it is bound. */
	bound(source: string): Binder | null {
		return this.binders.findLast((b) => b.source === source) ?? null;
	}

	/** The binder whose index has that name in the tree. */
	boundAs(name: string): Binder | null {
		return this.binders.find((b) => b.name === name) ?? null;
	}
}
