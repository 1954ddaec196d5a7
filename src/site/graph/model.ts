import type { Context, Statement, SymbolInfo } from "../../expr/context.js";
import type { Expr } from "../../expr/tree.js";
import { visit } from "../../expr/walk.js";

/** A random variable of the model, or a parameter that is known. */
export interface Node {
	/** The name in the sheet. */
	readonly name: string;
	/** As LaTeX, without the indices of its plates. */
	readonly latex: string;
	/** The indices of its plates, such as `i,d`; may be empty. */
	readonly indices: string;
	readonly kind: "latent" | "observed" | "fixed";
	/** Keys of the plates that it stands in. */
	readonly plates: readonly string[];
}

/** A range over which all that stands in it is repeated. */
export interface Plate {
	readonly key: string;
	readonly index: string;
	readonly size: string;
}

/** The dependencies of a model, as a directed graph: what a variable's law mentions points at it. */
export interface ModelGraph {
	readonly nodes: readonly Node[];
	readonly plates: readonly Plate[];
	/** Positions in `nodes`, each pair once. */
	readonly edges: readonly (readonly [from: number, to: number])[];
}

/** Page and index ask for the graph of one sheet: they get the same one, and its layout is then known. */
const known = new WeakMap<Context, ModelGraph | null>();

/** The graph of a sheet's model; null without a model. */
export function graphOf(context: Context): ModelGraph | null {
	const graph = known.get(context) ?? makeGraph(context);
	known.set(context, graph);
	return graph;
}

function makeGraph(context: Context): ModelGraph | null {
	const statements = context.model?.statements ?? [];
	if (statements.length === 0) return null;
	const builder = new Builder(context);
	for (const statement of statements) builder.addVariable(statement);
	for (const statement of statements) builder.addParents(statement);
	return builder.graph;
}

class Builder {
	private readonly nodes: Node[] = [];
	private readonly plates = new Map<string, Plate>();
	private readonly edges = new Map<string, readonly [number, number]>();
	private readonly byName = new Map<string, number>();
	private readonly context: Context;

	constructor(context: Context) {
		this.context = context;
	}

	get graph(): ModelGraph {
		return {
			nodes: this.nodes,
			plates: [...this.plates.values()],
			edges: [...this.edges.values()],
		};
	}

	addVariable({ variable, plates, observed }: Statement): void {
		const kind = observed ? "observed" : "latent";
		this.add(variable, kind, plates);
	}

	/** Edges from all that the parameters mention; what no statement introduces is known. */
	addParents(statement: Statement): void {
		const child = this.byName.get(statement.variable) ?? 0;
		for (const name of mentioned(Object.values(statement.parameters))) {
			if (name === statement.variable) continue;
			const parent = this.byName.get(name) ?? this.addFixed(name);
			if (parent === null) continue;
			this.edges.set(`${parent} ${child}`, [parent, child]);
		}
	}

	private addFixed(name: string): number | null {
		const info = this.context.symbols.get(name);
		if (info === undefined) return null;
		return this.add(name, "fixed", this.platesOfFixed(info));
	}

	/** A known parameter with an entry for each value of an index of the model stands in its plate. */
	private platesOfFixed(info: SymbolInfo) {
		if (info.type === "simplex") return [];
		return info.dims
			.filter((size) => this.plates.has(`${size}`))
			.map((size) => ({
				index: this.plates.get(`${size}`)?.index ?? "",
				size,
			}));
	}

	private add(
		name: string,
		kind: Node["kind"],
		plates: readonly { readonly index: string; readonly size: unknown }[],
	): number {
		const keys: string[] = [];
		for (const { index, size } of plates) {
			// Two indices with one range are two plates.
			let key = `${size}`;
			while (keys.includes(key)) key += "′";
			keys.push(key);
			if (!this.plates.has(key))
				this.plates.set(key, { key, index, size: `${size}` });
		}
		const latex = this.context.symbols.get(name)?.latex ?? name;
		const indices = plates.map((plate) => plate.index).join(",");
		this.byName.set(name, this.nodes.length);
		this.nodes.push({ name, latex, indices, kind, plates: keys });
		return this.nodes.length - 1;
	}
}

/** The symbols in trees, in the order in which they are first mentioned. */
function mentioned(trees: readonly Expr[]): ReadonlySet<string> {
	const names = new Set<string>();
	for (const tree of trees)
		visit(tree, (node) => {
			if (node.kind === "symbol") names.add(node.name);
		});
	return names;
}
