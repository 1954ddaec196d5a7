import { Kept } from "../expr/kept.js";
import type {
	EntryRule,
	Law,
	Scalar,
	TableArgument,
	ValueNode,
} from "./scalar.js";

/**
 * Slots and binders (by id) that a node reads and does not bind itself, how many nodes it has, and whether integrals or
 * expectations are among them.
 */
export interface Free {
	readonly slots: ReadonlySet<number>;
	readonly binders: ReadonlySet<number>;
	readonly nodes: number;
	readonly integrates: boolean;
}

const known = new Kept<Scalar, Free>();

export function freeOf(node: Scalar): Free {
	return known.of(node, () => {
		const collector = new Collector();
		collector.inside(node);
		const { slots, binders, nodes, integrates } = collector;
		return { slots, binders, nodes, integrates };
	});
}

const none: ReadonlySet<number> = new Set();

/** The union of a set and what another has besides some; one of the two where that is all. */
function union(
	a: ReadonlySet<number>,
	b: ReadonlySet<number>,
	without: readonly number[],
): ReadonlySet<number> {
	if (b.size === 0) return a;
	const more = [...b].filter((x) => !a.has(x) && !without.includes(x));
	if (more.length === 0) return a;
	return a.size === 0 && more.length === b.size ? b : new Set([...a, ...more]);
}

class Collector {
	slots = none;
	binders = none;
	nodes = 1;
	integrates = false;

	/** Adds what the node's own children read. */
	inside(node: Scalar): void {
		switch (node.op) {
			case "number":
			case "constant":
			case "size":
				return;
			case "slot":
				this.slots = new Set([node.slot]);
				return;
			case "value":
				this.value(node);
				return;
			case "complement":
				this.all([node.of]);
				return;
			case "add":
				this.all(node.terms);
				return;
			case "mul":
				this.all(node.factors);
				return;
			case "pow":
				this.all([node.base, node.exponent]);
				return;
			case "apply":
				this.all([node.argument]);
				return;
			case "sum":
			case "product":
				this.all([node.body], [node.slot]);
				this.all([node.lower, node.upper, ...node.except]);
				return;
			case "maximum":
				this.all([node.body], [node.slot]);
				return;
			case "indicator":
				this.all([node.left, node.right]);
				return;
			case "density":
				this.all([
					node.log,
					...(node.within ? [node.within] : []),
					...node.labels,
				]);
				return;
			case "determinant":
			case "inverse":
			case "cholesky":
				this.rule(node.of);
				this.all([node.row, node.column]);
				return;
			case "expectation":
				this.integrates = true;
				this.expectation(node.laws, node.body);
				return;
			case "integral":
				this.integrates = true;
				this.all([node.body], [], [node.binder.id]);
				this.all([...(node.binder.only ?? []), ...(node.binder.except ?? [])]);
				return;
			case "derivative":
				this.all([node.body, node.by]);
				return;
			case "evaluation":
				this.rule(node.value);
				this.all([node.body], [], [node.binder.id]);
				return;
			case "table":
				for (const argument of [...node.of, ...node.given])
					this.tableArgument(argument);
				this.all(node.parameters);
		}
	}

	private all(
		nodes: readonly Scalar[],
		boundSlots: readonly number[] = [],
		boundBinders: readonly number[] = [],
	): void {
		for (const node of nodes) {
			const free = freeOf(node);
			this.slots = union(this.slots, free.slots, boundSlots);
			this.binders = union(this.binders, free.binders, boundBinders);
			this.nodes += free.nodes;
			this.integrates ||= free.integrates;
		}
	}

	private value(node: ValueNode): void {
		this.binders = new Set(node.binders.map((binder) => binder.id));
		this.all(node.at);
	}

	private rule(rule: EntryRule): void {
		this.all([rule.entry], [rule.rowSlot, rule.columnSlot]);
	}

	private expectation(laws: readonly Law[], body: Scalar): void {
		const ids = laws.map((law) => law.binder.id);
		this.all([body], [], ids);
		for (const law of laws) {
			for (const rule of Object.values(law.parameters))
				this.all(
					[rule.entry],
					[...law.plateSlots, rule.rowSlot, rule.columnSlot],
					ids,
				);
			this.all([...(law.binder.only ?? []), ...(law.binder.except ?? [])]);
		}
	}

	private tableArgument(argument: TableArgument): void {
		this.all([argument.value], argument.freeSlots);
	}
}
