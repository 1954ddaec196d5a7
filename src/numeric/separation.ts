import type { Compiler, Run } from "./compiler.js";
import type { Frame, Location } from "./frame.js";
import { freeOf } from "./free.js";
import type { Node } from "./measure.js";
import { Demand, type RandomStore } from "./randomStore.js";
import { quadrature } from "./refine.js";
import type { BigNode, Scalar } from "./scalar.js";
import { compileLocation } from "./value.js";

/** A factor of a product, with the values of the indices of big products around it. */
interface Leaf<T> {
	readonly run: Run<T>;
	readonly work: number;
	readonly slots: readonly (readonly [slot: number, value: number])[];
	readonly power: Power<T> | null;
	/** An indicator: where it is 0 the other factors are not looked at. */
	readonly isGuard: boolean;
}

/** A factor that is a power of a symbol's value. */
interface Power<T> {
	readonly place: (frame: Frame<T>) => Location | null;
	readonly exponent: (frame: Frame<T>) => number;
}

interface Group<T> {
	readonly leaves: readonly Leaf<T>[];
	readonly reads: ReadonlySet<string>;
}

/**
 * E of a product of numbers that are drawn independently: the product of the expectations of factors that read the same
 * ones, after sums are multiplied out and for each value of the labels that are read. Which a factor reads is seen by
 * evaluating it with stand-ins. Where some numbers may depend on each other, the expectation is taken `together`, and where
 * nothing was drawn that is made of independent numbers, unless a product over an index stands there.
 */
export function separated<T>(
	compiler: Compiler<T>,
	factors: readonly Scalar[],
	binders: readonly number[],
	together: Run<T>,
	multipliedOut: (() => Run<T>) | null,
): Run<T> {
	const { A } = compiler;
	const powers = knownPowers(compiler);
	const product: Run<T> = (frame) => {
		const leaves = factors.flatMap((f) =>
			leavesOf(compiler, powers, frame, f, []),
		);
		for (const leaf of leaves.filter((l) => l.isGuard)) {
			const reads = readsOf(frame, leaf, binders);
			if (reads && "store" in reads) return listed(frame, reads);
			if (reads?.size === 0 && evaluated(frame, leaf) === A.zero) return A.zero;
		}
		const groups = grouped(frame, leaves, binders);
		if (groups && "store" in groups) return listed(frame, groups);
		if (!groups) return together(frame);
		return groups.reduce(
			(total, group) =>
				A.mul(total, expectation(compiler, group, binders)(frame)),
			A.one,
		);
	};
	const listed = (frame: Frame<T>, label: Drawn<T>): T => {
		const { store, instance, component } = label;
		let total = A.zero;
		for (const node of store.nodes(instance, component)) {
			store.draw(instance, component, node);
			total = A.add(total, A.mul(node.weight, product(frame)));
		}
		store.undraw(instance, component);
		return total;
	};
	const isOfMany = factors.some((f) => f.op === "product" && areBoundsFixed(f));
	return (frame) => {
		if (binders.some((id) => storeOf(frame, id)?.isComposed))
			return multipliedOut ? multipliedOut()(frame) : product(frame);
		return isOfMany ? product(frame) : together(frame);
	};
}

function evaluated<T>(frame: Frame<T>, { run, slots }: Leaf<T>): T {
	setSlots(frame, slots);
	return run(frame);
}

function storeOf<T>(frame: Frame<T>, id: number): RandomStore<T> | undefined {
	return frame.stores[id] as RandomStore<T> | undefined;
}

function leavesOf<T>(
	compiler: Compiler<T>,
	powers: (node: Scalar) => Power<T> | null,
	frame: Frame<T>,
	node: Scalar,
	slots: Leaf<T>["slots"],
): readonly Leaf<T>[] {
	if (node.op === "mul")
		return node.factors.flatMap((f) =>
			leavesOf(compiler, powers, frame, f, slots),
		);
	if (node.op === "product" && areBoundsFixed(node))
		return rounds(compiler, frame, node, slots).flatMap((inner) =>
			leavesOf(compiler, powers, frame, node.body, inner),
		);
	const power = powers(node);
	return [
		{
			run: compiler.run(node),
			work: freeOf(node).nodes,
			slots,
			power,
			isGuard: node.op === "indicator",
		},
	];
}

/** Which nodes are powers, found out once for each. */
function knownPowers<T>(
	compiler: Compiler<T>,
): (node: Scalar) => Power<T> | null {
	const known = new Map<Scalar, Power<T> | null>();
	return (node) => {
		const before = known.get(node);
		if (before !== undefined) return before;
		const power = powerOf(compiler, node);
		known.set(node, power);
		return power;
	};
}

function powerOf<T>(compiler: Compiler<T>, node: Scalar): Power<T> | null {
	if (node.op === "value")
		return { place: compileLocation(compiler, node), exponent: () => 1 };
	if (node.op !== "pow" || node.base.op !== "value") return null;
	if (freeOf(node.exponent).binders.size > 0) return null;
	return {
		place: compileLocation(compiler, node.base),
		exponent: compiler.whole(node.exponent),
	};
}

function areBoundsFixed({ lower, upper, except }: BigNode): boolean {
	return [lower, upper, ...except].every((e) => freeOf(e).binders.size === 0);
}

function rounds<T>(
	compiler: Compiler<T>,
	frame: Frame<T>,
	node: BigNode,
	slots: Leaf<T>["slots"],
): readonly Leaf<T>["slots"][] {
	setSlots(frame, slots);
	const [from, to] = [node.lower, node.upper].map((e) =>
		compiler.whole(e)(frame),
	) as [number, number];
	const except = node.except.map((e) => compiler.whole(e)(frame));
	const found: Leaf<T>["slots"][] = [];
	for (let at = from; at <= to; at += 1)
		if (!except.includes(at)) found.push([...slots, [node.slot, at]]);
	return found;
}

function setSlots<T>(frame: Frame<T>, slots: Leaf<T>["slots"]): void {
	for (const [slot, value] of slots) frame.slots[slot] = value;
}

/** Leaves that share a number together, others apart; a label if one is read, null if numbers that may be dependent are. */
function grouped<T>(
	frame: Frame<T>,
	leaves: readonly Leaf<T>[],
	binders: readonly number[],
): readonly Group<T>[] | Drawn<T> | null {
	let groups: readonly Group<T>[] = [];
	for (const leaf of leaves) {
		const reads = readsOf(frame, leaf, binders);
		if (!reads || "store" in reads) return reads;
		const touching = groups.filter((g) =>
			[...reads].some((key) => g.reads.has(key)),
		);
		const joined: Group<T> = {
			leaves: [...touching.flatMap((g) => g.leaves), leaf],
			reads: new Set([...touching.flatMap((g) => [...g.reads]), ...reads]),
		};
		groups = [...groups.filter((g) => !touching.includes(g)), joined];
	}
	return groups;
}

/** The numbers that a leaf reads; a label if it reads one; null if they may depend on each other. */
function readsOf<T>(
	frame: Frame<T>,
	leaf: Leaf<T>,
	binders: readonly number[],
): ReadonlySet<string> | Drawn<T> | null {
	const reads = new Set<string>();
	const drawn = leaf.power && drawnBy(frame, leaf, leaf.power, binders);
	if (drawn) return reads.add(keyOf(drawn));
	const undo: (() => void)[] = [];
	try {
		for (;;) {
			const demand = demanded(frame, leaf);
			if (!demand) return reads;
			const { instance, component, nodes } = demand;
			const store = demand.store as RandomStore<T>;
			const isOurs = binders.includes(store.binder.id);
			if (isOurs && store.measure.exact) return { store, instance, component };
			if (!isOurs || !areIndependent(store)) return null;
			reads.add(keyOf({ store, instance, component }));
			store.draw(instance, component, nodes[0] as Node<T>);
			undo.push(() => store.undraw(instance, component));
		}
	} finally {
		for (const step of undo) step();
	}
}

/** Whether numbers of a store depend on each other only by what their laws read, which is then read first. */
function areIndependent<T>(store: RandomStore<T>): boolean {
	return store.isComposed || store.width === 1;
}

/** One of the independent numbers, or a label. */
interface Drawn<T> {
	readonly store: RandomStore<T>;
	readonly instance: number;
	readonly component: number;
}

function keyOf<T>({ store, instance, component }: Drawn<T>): string {
	return `${store.binder.id}/${instance}/${component}`;
}

/** The number that a power is of, if it is one of ours and its subscripts are not random. */
function drawnBy<T>(
	frame: Frame<T>,
	{ slots, work }: Leaf<T>,
	{ place }: Power<T>,
	binders: readonly number[],
): Drawn<T> | null {
	setSlots(frame, slots);
	frame.work.charge(work);
	const at = unlessDemanded(() => place(frame));
	if (at?.binder == null || !binders.includes(at.binder)) return null;
	const store = storeOf(frame, at.binder);
	if (!store?.isComposed) return null;
	return {
		store,
		instance: Math.floor(at.flat / store.width),
		component: at.flat % store.width,
	};
}

function unlessDemanded<R>(read: () => R): R | null {
	try {
		return read();
	} catch (thrown) {
		if (thrown instanceof Demand) return null;
		throw thrown;
	}
}

function demanded<T>(frame: Frame<T>, leaf: Leaf<T>): Demand | null {
	setSlots(frame, leaf.slots);
	frame.work.charge(leaf.work);
	try {
		leaf.run(frame);
		return null;
	} catch (thrown) {
		if (thrown instanceof Demand) return thrown;
		throw thrown;
	}
}

function expectation<T>(
	compiler: Compiler<T>,
	{ leaves, reads }: Group<T>,
	binders: readonly number[],
): Run<T> {
	const { A } = compiler;
	const run: Run<T> = (frame) =>
		leaves.reduce((product, leaf) => {
			setSlots(frame, leaf.slots);
			return A.mul(product, leaf.run(frame));
		}, A.one);
	if (reads.size === 0) return run;
	const work = leaves.reduce((sum, leaf) => sum + leaf.work, 0);
	const whole = quadrature(compiler, run, work, binders, null);
	return (frame) => {
		const [first] = leaves;
		const drawn =
			reads.size === 1 && first?.power && leaves.every((leaf) => leaf.power)
				? drawnBy(frame, first, first.power, binders)
				: null;
		if (!drawn) return whole(frame);
		const exponent = leaves.reduce((sum, leaf) => {
			setSlots(frame, leaf.slots);
			return sum + (leaf.power as Power<T>).exponent(frame);
		}, 0);
		const { store, instance, component } = drawn;
		return store.expectedPower(instance, component, exponent, () =>
			whole(frame),
		);
	};
}
