import type { Compiler, Run } from "./compiler.js";
import type { Frame } from "./frame.js";
import { freeOf } from "./free.js";
import type { Node } from "./measure.js";
import { Demand, type RandomStore } from "./randomStore.js";
import type { Scalar } from "./scalar.js";

/** Relative distance of two levels at which the finer one is good enough. */
const tolerance = 1e-10;
const lastLevel = 7;
/** The most evaluations of a term that one level may take where the level before did not settle it. */
const mostEvaluations = 60_000;

/**
 * The expectation of one term by exhausting what it reads. The term is run; when it reads a variable that has not been
 * drawn, each of its nodes is tried in turn. Levels of quadrature go up until two agree; their distance is the error.
 */
export function quadrature<T>(
	compiler: Compiler<T>,
	term: Scalar,
	binders: readonly number[],
): Run<T> {
	const { A } = compiler;
	const run = compiler.run(term);
	const work = freeOf(term).nodes;
	return (frame) => {
		const pass = new Pass(compiler, frame, run, binders, work);
		let coarse = pass.at(0);
		if (pass.isExact) return coarse;
		for (let level = 1; ; level += 1) {
			const before = pass.evaluations;
			const fine = pass.at(level);
			const growth = pass.evaluations / Math.max(1, before);
			const settled = A.gap(coarse, fine) <= tolerance;
			if (
				settled ||
				level >= lastLevel ||
				pass.evaluations * growth > mostEvaluations
			)
				return A.settle(coarse, fine, 1);
			coarse = fine;
		}
	};
}

class Pass<T> {
	isExact = true;
	evaluations = 0;
	/** What the term reads first, found at the first level: exceptions take longer than evaluations. */
	private first: {
		readonly store: RandomStore<T>;
		readonly instance: number;
		readonly component: number;
	} | null = null;

	constructor(
		private readonly compiler: Compiler<T>,
		private readonly frame: Frame<T>,
		private readonly run: Run<T>,
		private readonly binders: readonly number[],
		private readonly work: number,
	) {}

	at(level: number): T {
		this.evaluations = 0;
		for (const id of this.binders)
			(this.frame.stores[id] as RandomStore<T>).level = level;
		const { first } = this;
		if (!first) return this.branch(true);
		const nodes = first.store.nodes(first.instance, first.component);
		return this.tryEach(first.store, first.instance, first.component, nodes);
	}

	private branch(isFirst: boolean): T {
		this.frame.work.charge(this.work);
		this.evaluations += 1;
		try {
			return this.run(this.frame);
		} catch (thrown) {
			if (!(thrown instanceof Demand) || !this.isOurs(thrown)) throw thrown;
			const { instance, component } = thrown;
			const store = thrown.store as RandomStore<T>;
			if (isFirst) this.first = { store, instance, component };
			return this.tryEach(
				store,
				instance,
				component,
				thrown.nodes as readonly Node<T>[],
			);
		}
	}

	private isOurs({ store }: Demand): boolean {
		return (
			store !== null &&
			this.frame.stores[store.binder.id] === store &&
			this.binders.includes(store.binder.id)
		);
	}

	private tryEach(
		store: RandomStore<T>,
		instance: number,
		component: number,
		nodes: readonly Node<T>[],
	): T {
		const { A } = this.compiler;
		if (!store.measure.exact) this.isExact = false;
		let total = A.zero;
		for (const node of nodes) {
			store.draw(instance, component, node);
			total = A.add(total, A.mul(node.weight, this.branch(false)));
		}
		store.undraw(instance, component);
		return total;
	}
}
