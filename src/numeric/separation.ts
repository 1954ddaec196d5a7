import type { Compiler, Run } from "./compiler.js";
import type { Frame } from "./frame.js";
import { freeOf } from "./free.js";
import type { Node } from "./measure.js";
import { Demand, type RandomStore } from "./randomStore.js";
import { quadrature } from "./refine.js";
import type { BigNode, Scalar } from "./scalar.js";

/** A factor of a product, with the values of the indices of big products around it. */
interface Leaf<T> {
	readonly run: Run<T>;
	readonly work: number;
	readonly slots: readonly (readonly [slot: number, value: number])[];
}

interface Group<T> {
	readonly leaves: readonly Leaf<T>[];
	readonly reads: ReadonlySet<string>;
}

/**
 * E of a product of numbers that are drawn independently: the product of the expectations of factors that read the same
 * ones. Which each factor reads is seen by evaluating it with stand-ins. Where some numbers may depend on each other, or
 * nothing separates, the expectation is taken `together`.
 */
export function separated<T>(
	compiler: Compiler<T>,
	factors: readonly Scalar[],
	binders: readonly number[],
	together: Run<T>,
): Run<T> {
	const { A } = compiler;
	return (frame) => {
		const isHopeful = binders.some(
			(id) => storeOf(frame, id)?.measure.independent,
		);
		const leaves = isHopeful
			? factors.flatMap((f) => leavesOf(compiler, frame, f, []))
			: [];
		const groups = leaves.length > 1 ? grouped(frame, leaves, binders) : null;
		if (!groups || groups.length < 2) return together(frame);
		return groups.reduce(
			(product, group) =>
				A.mul(product, expectation(compiler, group, binders)(frame)),
			A.one,
		);
	};
}

function storeOf<T>(frame: Frame<T>, id: number): RandomStore<T> | undefined {
	return frame.stores[id] as RandomStore<T> | undefined;
}

function leavesOf<T>(
	compiler: Compiler<T>,
	frame: Frame<T>,
	node: Scalar,
	slots: Leaf<T>["slots"],
): readonly Leaf<T>[] {
	if (node.op === "mul")
		return node.factors.flatMap((f) => leavesOf(compiler, frame, f, slots));
	if (node.op === "product" && areBoundsFixed(node))
		return rounds(compiler, frame, node, slots).flatMap((inner) =>
			leavesOf(compiler, frame, node.body, inner),
		);
	return [{ run: compiler.run(node), work: freeOf(node).nodes, slots }];
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

/** Leaves that share a number together, others apart; null if some leaf reads numbers that may be dependent. */
function grouped<T>(
	frame: Frame<T>,
	leaves: readonly Leaf<T>[],
	binders: readonly number[],
): readonly Group<T>[] | null {
	let groups: readonly Group<T>[] = [];
	for (const leaf of leaves) {
		const reads = readsOf(frame, leaf, binders);
		if (!reads) return null;
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

/** The numbers that a leaf reads; null if they may depend on each other. */
function readsOf<T>(
	frame: Frame<T>,
	leaf: Leaf<T>,
	binders: readonly number[],
): ReadonlySet<string> | null {
	const reads = new Set<string>();
	const undo: (() => void)[] = [];
	try {
		for (;;) {
			const demand = demanded(frame, leaf);
			if (!demand) return reads;
			const { instance, component, nodes } = demand;
			const store = demand.store as RandomStore<T>;
			const isOurs = binders.includes(store.binder.id);
			if (!isOurs || !store.measure.independent) return null;
			reads.add(`${store.binder.id}/${instance}/${component}`);
			store.draw(instance, component, nodes[0] as Node<T>);
			undo.push(() => store.undraw(instance, component));
		}
	} finally {
		for (const step of undo) step();
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
	const work = leaves.reduce((sum, leaf) => sum + leaf.work, 0);
	return reads.size === 0
		? run
		: quadrature(compiler, run, work, binders, null);
}
