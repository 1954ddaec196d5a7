import { distributionNamed } from "../distributions/index.js";
import type { Context } from "../expr/context.js";
import type { Bound, Dim, Expr, Integral, Sym, Table } from "../expr/tree.js";
import { children, freeIndices, visit } from "../expr/walk.js";
import { type Reaches, reachesOf } from "./reaches.js";
import { tableVariable } from "./tables.js";

/** What some trees mention and a world must therefore hold. */
export interface Mentions {
	/** Named sizes, in the order in which they are met. */
	readonly sizes: ReadonlySet<string>;
	/** Free indices with what each runs over, as far as that is known. */
	readonly indices: ReadonlyMap<string, Dim>;
	/** Symbols that have a value of their own somewhere: not bound there. */
	readonly symbols: ReadonlySet<string>;
	/** Unnamed laws, with the variables of each. */
	readonly laws: ReadonlyMap<string, ReadonlySet<string>>;
	/** Unnamed variables, and whether some sum counts their values. */
	readonly unnamed: ReadonlyMap<string, { readonly counted: boolean }>;
	/** Unnamed variables that stand together in one table. */
	readonly together: readonly ReadonlySet<string>[];
	/** How far subscripts reach beyond the free indices. */
	readonly reaches: Reaches;
}

export function mentionsOf(trees: readonly Expr[], context: Context): Mentions {
	const collector = new Collector(context, reachesOf(trees, context));
	for (const tree of trees) {
		collector.whole(tree);
		collector.free(tree, new Set());
	}
	return collector;
}

class Collector implements Mentions {
	readonly sizes = new Set<string>();
	readonly indices = new Map<string, Dim>();
	readonly symbols = new Set<string>();
	readonly laws = new Map<string, Set<string>>();
	readonly unnamed = new Map<string, { counted: boolean }>();
	readonly together: Set<string>[] = [];

	constructor(
		private readonly context: Context,
		readonly reaches: Reaches,
	) {}

	/** Sizes, tables and free indices: they are the same under binders. */
	whole(tree: Expr): void {
		visit(tree, (e) => {
			this.node(e);
		});
		const free = freeIndices(tree);
		for (const name of free) {
			const range =
				this.context.ranges.get(name) ?? axisOf(name, tree, this.context);
			if (range !== null) this.indices.set(name, range);
			if (range !== null) this.dim(range);
		}
	}

	private dim(dim: Dim): void {
		if (typeof dim === "string") this.sizes.add(dim);
	}

	private node(e: Expr): void {
		if (e.kind === "size") this.dim(e.name);
		else if (e.kind === "identity" || e.kind === "tabulate") this.dim(e.size);
		else if ("range" in e) this.dim(e.range);
		else if (e.kind === "symbol") this.symbolSizes(e);
		else if (e.kind === "expectation")
			for (const bound of e.over) this.boundSizes(bound);
		else if (e.kind === "integral") this.integralSizes(e);
		else if (e.kind === "table") this.table(e);
	}

	private symbolSizes(e: Sym): void {
		const info = this.context.symbols.get(e.name);
		for (const dim of [...e.shape, ...(info?.dims ?? [])]) this.dim(dim);
		if (info?.labels != null) this.dim(info.labels);
		if (info?.above !== undefined) this.dim(info.above);
	}

	private boundSizes({ factor }: Bound): void {
		for (const dim of [...factor.plates.map((p) => p.size), ...factor.shape])
			this.dim(dim);
		if (factor.labels !== null) this.dim(factor.labels);
	}

	private integralSizes(e: Integral): void {
		for (const plate of e.plates) this.dim(plate.size);
		if ("shape" in e.domain) for (const dim of e.domain.shape) this.dim(dim);
		if (e.domain.kind === "labels") this.dim(e.domain.size);
		if (e.domain.kind === "unnamed")
			this.variable(e.variable, e.domain.counting);
	}

	private variable(name: string, counted: boolean): string {
		const variable = tableVariable(name, this.context);
		const known = this.unnamed.get(variable);
		this.unnamed.set(variable, { counted: counted || known?.counted === true });
		return variable;
	}

	private table(e: Table): void {
		const variables = new Set(
			[...e.of, ...e.given].map((s) => this.variable(s.name, false)),
		);
		this.together.push(variables);
		if (e.role !== "density") return;
		const law = this.laws.get(e.name) ?? new Set<string>();
		for (const variable of variables) law.add(variable);
		this.laws.set(e.name, law);
	}

	/** Symbols outside of the binders of their name; a binder of one instance, or of all but one, leaves others free. */
	free(e: Expr, bound: ReadonlySet<string>): void {
		if (e.kind === "symbol" && !bound.has(e.name)) this.symbols.add(e.name);
		if (e.kind === "pdf") {
			const { logDensity, within } = distributionNamed(e.distribution);
			this.free(logDensity(e.of, e.parameters), bound);
			if (within) this.free(within(e.of, e.parameters), bound);
			return;
		}
		if (e.kind === "expectation") {
			let inside = bound;
			for (const { factor, only, except } of e.over) {
				for (const x of [
					...Object.values(factor.parameters),
					...(only ?? []),
					...(except ?? []),
				])
					this.free(x, inside);
				if (!only && !except) inside = new Set([...inside, factor.variable]);
			}
			this.free(e.body, inside);
			return;
		}
		if (e.kind === "integral") {
			for (const x of [...(e.only ?? []), ...(e.except ?? [])])
				this.free(x, bound);
			this.free(
				e.body,
				e.only || e.except ? bound : new Set([...bound, e.variable]),
			);
			return;
		}
		for (const child of children(e)) this.free(child, bound);
	}
}

/** The axis that a free index without a declared range is seen to subscript; null if there is none. */
function axisOf(name: string, tree: Expr, context: Context): Dim | null {
	let found: Dim | null = null;
	visit(tree, (e) => {
		if (e.kind !== "symbol" || found !== null) return;
		const at = e.indices.findIndex(
			(i) => i.kind === "index" && i.name === name,
		);
		found = context.symbols.get(e.name)?.dims[at] ?? null;
	});
	return found;
}
