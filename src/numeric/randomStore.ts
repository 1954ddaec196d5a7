import type { Compiler } from "./compiler.js";
import { advance } from "./epoch.js";
import type { Frame, Store } from "./frame.js";
import { freeOf } from "./free.js";
import { compileExtents, type Extents, subscriptsOf } from "./instances.js";
import type { Measure, Node, Parameter } from "./measure.js";
import { measureOf } from "./measures.js";
import type { EntryRule, Law } from "./scalar.js";
import { extent } from "./world.js";

/**
 * Thrown when a random variable is read that has not been drawn, and caught by the expectation that binds it, which
 * then tries each of the nodes. There is one, as it is thrown often; its fields are read at once by who catches it.
 */
export class Demand {
	store: RandomStore<unknown> | null = null;
	instance = 0;
	component = 0;
	nodes: readonly Node<unknown>[] = [];
}

const demand = new Demand();

/** The components of an instance that have been drawn, in the order in which they were. */
class Drawn<T> {
	readonly nodes: (Node<T> | undefined)[] = [];
	readonly order: number[] = [];

	set(component: number, node: Node<T>): void {
		if (!this.nodes[component]) this.order.push(component);
		this.nodes[component] = node;
	}

	delete(component: number): void {
		if (!this.nodes[component]) return;
		this.nodes[component] = undefined;
		if (this.order.at(-1) === component) this.order.pop();
		else this.order.splice(this.order.indexOf(component), 1);
	}

	clear(): void {
		this.nodes.length = 0;
		this.order.length = 0;
	}

	list(): { component: number; node: Node<T> }[] {
		return this.order.map((component) => ({
			component,
			node: this.nodes[component] as Node<T>,
		}));
	}
}

/** The random variables of one law while an expectation over them is computed. */
export class RandomStore<T> implements Store<T> {
	readonly binder;
	readonly plates;
	readonly shape;
	readonly width;
	/** Whether what is drawn are independent numbers that the variable is composed of. */
	readonly isComposed;
	/** Fineness of the quadrature in use. */
	level = 0;
	/** Kinks of the term in hand, in a component that has not been drawn; null where it has none. */
	kinks: ((instance: number, component: number) => readonly T[]) | null = null;
	private readonly drawn: Drawn<T>[];
	private readonly remembered = new Map<number, readonly Node<T>[]>();
	private readonly powers = new Map<string, T>();

	constructor(
		law: Law,
		private readonly extents: Extents,
		readonly measure: Measure,
		private readonly fromNumber: (n: number) => T,
		/** Whether no parameter mentions a variable of the same expectation. */
		readonly isFixed: boolean,
		private readonly nodesAt: (
			instance: number,
			drawn: Drawn<T>,
			component: number,
			level: number,
			kinks: readonly T[],
		) => readonly Node<T>[],
	) {
		this.binder = law.binder;
		this.isComposed = law.binder.composition !== null;
		this.plates = extents.plates;
		this.shape = extents.shape;
		this.width = extents.width;
		this.drawn = Array.from({ length: extents.instances }, () => new Drawn());
	}

	covers(instance: number): boolean {
		return this.extents.covers(instance);
	}

	read(instance: number, component: number): T {
		const node = this.drawn[instance]?.nodes[component];
		if (node) return node.value;
		const nodes = this.nodes(instance, component);
		demand.store = this as RandomStore<unknown>;
		demand.instance = instance;
		demand.component = component;
		demand.nodes = nodes;
		throw demand;
	}

	labelsDrawn(): readonly T[] | null {
		if (!this.measure.exact) return null;
		return this.drawn.flatMap((drawn, instance) =>
			drawn
				.list()
				.flatMap(({ node }) => [this.fromNumber(instance), node.value]),
		);
	}

	complement(instance: number, component: number): T | null {
		return this.drawn[instance]?.nodes[component]?.complement ?? null;
	}

	/** The nodes of a component after those drawn; remembered where they depend on nothing that is drawn. */
	nodes(instance: number, component: number): readonly Node<T>[] {
		const drawn = this.drawn[instance] as Drawn<T>;
		const { level } = this;
		const alone = drawn.order.length === 0 || this.isComposed;
		if (this.kinks || !this.isFixed || !alone) {
			const kinks = this.kinks?.(instance, component) ?? [];
			return this.nodesAt(instance, drawn, component, level, kinks);
		}
		const key = (level * this.drawn.length + instance) * this.width + component;
		const known = this.remembered.get(key);
		if (known) return known;
		const made = this.nodesAt(instance, drawn, component, level, []);
		this.remembered.set(key, made);
		return made;
	}

	/** E of a power of a number drawn, found once where its law is the same all the time. */
	expectedPower(
		instance: number,
		component: number,
		exponent: number,
		find: () => T,
	): T {
		if (!this.isFixed) return find();
		const key = `${instance}/${component}^${exponent}`;
		const known = this.powers.get(key);
		if (known !== undefined) return known;
		const made = find();
		this.powers.set(key, made);
		return made;
	}

	draw(instance: number, component: number, node: Node<T>): void {
		advance();
		this.drawn[instance]?.set(component, node);
	}

	clear(): void {
		advance();
		for (const drawn of this.drawn) drawn.clear();
	}

	undraw(instance: number, component: number): void {
		advance();
		this.drawn[instance]?.delete(component);
	}
}

const digitsOfDoubles = 16;

/** What it takes to lay out a node in many digits, by logarithms and exponentials, in evaluations; in doubles it is little. */
const workOfPreciseNode = 3;

/** Opens the store of a law: its parameters are evaluated in the frame when an instance is first asked for. */
export function compileStore<T>(
	compiler: Compiler<T>,
	law: Law,
	siblings: readonly Law[],
): (frame: Frame<T>) => RandomStore<T> {
	const { A } = compiler;
	const extents = compileExtents(compiler, law.binder);
	const parameters = Object.entries(law.parameters).map(
		([name, rule]) => [name, compileParameter(compiler, rule)] as const,
	);
	return (frame) => {
		const measure = measureOf(law.distribution);
		const needed = law.binder.composition ? measure.drawnBy : null;
		const isFixed = !Object.entries(law.parameters).some(
			([name, rule]) =>
				(needed?.includes(name) ?? true) &&
				siblings.some((s) => freeOf(rule.entry).binders.has(s.binder.id)),
		);
		const made = extents(frame);
		const labels = law.labels === null ? null : extent(frame.world, law.labels);
		const nodesAt = (
			instance: number,
			drawn: Drawn<T>,
			component: number,
			level: number,
			kinks: readonly T[],
		) => {
			subscriptsOf(made.plates, instance).forEach((subscript, i) => {
				frame.slots[law.plateSlots[i] as number] = subscript;
			});
			const nodes = measure.nodes({
				A,
				parameters: Object.fromEntries(
					parameters.map(([name, open]) => [name, open(frame)]),
				),
				component,
				drawn: drawn.list(),
				level,
				labels,
				isComposed: law.binder.composition !== null,
				kinks,
			});
			// Whether the list was kept from before or not: what a step costs must not depend on the steps before it.
			if (A.digits > digitsOfDoubles)
				frame.work.charge(nodes.length * workOfPreciseNode);
			return nodes;
		};
		return new RandomStore(law, made, measure, A.fromNumber, isFixed, nodesAt);
	};
}

function compileParameter<T>(
	compiler: Compiler<T>,
	rule: EntryRule,
): (frame: Frame<T>) => Parameter<T> {
	const run = compiler.run(rule.entry);
	return (frame) => ({
		rows: extent(frame.world, rule.rows),
		columns: extent(frame.world, rule.columns),
		entry(row, column) {
			frame.slots[rule.rowSlot] = row;
			frame.slots[rule.columnSlot] = column;
			return run(frame);
		},
	});
}
