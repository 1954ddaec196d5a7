import type { Compiler, Run } from "./compiler.js";
import type { Frame } from "./frame.js";
import { kinksIn } from "./kinks.js";
import type { Node } from "./measure.js";
import { Demand, type RandomStore } from "./randomStore.js";
import { refuseUnsettled } from "./undecided.js";

/** Relative distance of two levels at which the finer one is good enough. */
const tolerance = 1e-10;
const lastLevel = 7;
/** The most evaluations of a term that one level may take where the level before did not settle it. */
const mostEvaluations = 60_000;
/** Beyond so many evaluations at the first level another way is taken, if there is one. */
const mostAtFirst = 600;

/**
 * The expectation of one term by exhausting what it reads. The term is run; when it reads a variable that has not been
 * drawn, each of its nodes is tried in turn. Levels of quadrature go up until two agree; their distance is the error.
 * Where the first level alone takes too long, `otherWay` to the same expectation is taken.
 */
export function quadrature<T>(
	compiler: Compiler<T>,
	run: Run<T>,
	/** Of one evaluation of the term. */
	work: number,
	binders: readonly number[],
	otherWay: (() => Run<T>) | null,
	/** What the absolute values in the term are of. */
	bent: readonly Run<T>[] = [],
): Run<T> {
	const { A } = compiler;
	return (frame) => {
		const pass = new Pass(
			compiler,
			frame,
			run,
			binders,
			work,
			otherWay !== null,
		);
		pass.expectKinks(bent);
		let coarse: T;
		try {
			coarse = pass.at(0);
		} catch (thrown) {
			if (thrown !== tooMany || !otherWay) throw thrown;
			pass.clear();
			return otherWay()(frame);
		}
		if (pass.isExact) return coarse;
		for (let level = 1; ; level += 1) {
			const before = pass.evaluations;
			const fine = pass.at(level);
			const growth = pass.evaluations / Math.max(1, before);
			const gap = A.gap(coarse, fine);
			const isLast =
				level >= lastLevel || pass.evaluations * growth > mostEvaluations;
			if (gap <= tolerance || isLast) {
				refuseUnsettled(gap);
				return A.settle(coarse, fine, 1);
			}
			coarse = fine;
		}
	};
}

/** A number that a term reads, and that is to be drawn. */
interface Read<T> {
	readonly store: RandomStore<T>;
	readonly instance: number;
	readonly component: number;
}

const tooMany = new Error("too many evaluations at the first level");

class Pass<T> {
	isExact = true;
	private level = 0;
	evaluations = 0;
	/** What the term reads first, found at the first level: exceptions take longer than evaluations. */
	private first: Read<T> | null = null;
	/** What the last branch read first of what had not been drawn. */
	private read: Read<T> | null = null;

	constructor(
		private readonly compiler: Compiler<T>,
		private readonly frame: Frame<T>,
		private readonly run: Run<T>,
		private readonly binders: readonly number[],
		private readonly work: number,
		private readonly mayGiveUp: boolean,
	) {}

	/** Tells the stores where the term has kinks, so that nodes can be laid out between them. */
	expectKinks(bent: readonly Run<T>[]): void {
		for (const id of this.binders) {
			const store = this.frame.stores[id] as RandomStore<T>;
			store.kinks =
				bent.length === 0
					? null
					: (instance, component) =>
							kinksIn(
								this.compiler,
								this.frame,
								bent,
								store,
								instance,
								component,
							);
		}
	}

	at(level: number): T {
		this.level = level;
		this.evaluations = 0;
		for (const id of this.binders)
			(this.frame.stores[id] as RandomStore<T>).level = level;
		if (this.first) return this.tryEach(this.first);
		const found = this.branch(null);
		this.first = this.read;
		return found;
	}

	/** Forgets what was drawn when a pass was given up. */
	clear(): void {
		for (const id of this.binders)
			(this.frame.stores[id] as RandomStore<T>).clear();
	}

	/**
	 * The expectation of the term given what is drawn; `read` is then what it read first of the rest, if anything.
	 * @param expected the same, where it is known before
	 */
	private branch(expected: Read<T> | null): T {
		this.frame.work.charge(this.work);
		this.evaluations += 1;
		if (this.mayGiveUp && this.level === 0 && this.evaluations > mostAtFirst)
			throw tooMany;
		let read = expected;
		let nodes: readonly Node<T>[] | undefined;
		if (!read) {
			try {
				const value = this.run(this.frame);
				this.read = null;
				return value;
			} catch (thrown) {
				if (!(thrown instanceof Demand) || !this.isOurs(thrown)) throw thrown;
				const { instance, component } = thrown;
				read = { store: thrown.store as RandomStore<T>, instance, component };
				nodes = thrown.nodes as readonly Node<T>[];
			}
		}
		const found = this.tryEach(read, nodes);
		this.read = read;
		return found;
	}

	private isOurs({ store }: Demand): boolean {
		return (
			store !== null &&
			this.frame.stores[store.binder.id] === store &&
			this.binders.includes(store.binder.id)
		);
	}

	/** At every node of a real number the term reads the same ones next; what it reads after a label may depend on it. */
	private tryEach(
		{ store, instance, component }: Read<T>,
		nodes = store.nodes(instance, component),
	): T {
		const { A } = this.compiler;
		const { exact } = store.measure;
		if (!exact) this.isExact = false;
		let total = A.zero;
		let next: Read<T> | null = null;
		for (const node of nodes) {
			store.draw(instance, component, node);
			total = A.add(total, A.mul(node.weight, this.branch(next)));
			if (!exact) next = this.read;
		}
		store.undraw(instance, component);
		return total;
	}
}
