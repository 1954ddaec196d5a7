import type { Compiler, Run } from "./compiler.js";
import { freeOf } from "./free.js";
import { argumentsOfAbs } from "./kinks.js";
import { compileStore } from "./randomStore.js";
import { quadrature } from "./refine.js";
import type { BigNode, ExpectationNode, Law, Scalar } from "./scalar.js";
import { separated } from "./separation.js";

/**
 * E[body]. The expectation goes inside sums, and past factors that mention no variable in common; what is left, each
 * term by itself, is integrated over the variables that it reads and no others. So variables that a term does not
 * mention integrate to 1, and under a derivative the probabilities of a label are free numbers.
 */
export function compileExpectation<T>(
	compiler: Compiler<T>,
	node: ExpectationNode,
): Run<T> {
	const stores = node.laws.map((law) => compileStore(compiler, law, node.laws));
	const body = new Splitting(compiler, node.laws).expect(node.body);
	return (frame) => {
		stores.forEach((open, i) => {
			const law = node.laws[i] as Law;
			frame.stores[law.binder.id] = open(frame);
		});
		return body(frame);
	};
}

class Splitting<T> {
	/** For each binder of the expectation, itself and the binders that its parameters lead to. */
	private readonly reach = new Map<number, ReadonlySet<number>>();

	constructor(
		private readonly compiler: Compiler<T>,
		laws: readonly Law[],
	) {
		for (const law of laws) {
			const reached = new Set([law.binder.id]);
			for (const rule of Object.values(law.parameters))
				for (const id of freeOf(rule.entry).binders)
					for (const further of this.reach.get(id) ?? []) reached.add(further);
			this.reach.set(law.binder.id, reached);
		}
	}

	/** The binders of this expectation on which the value of a node depends. */
	private mentioned(node: Scalar): ReadonlySet<number> {
		const found = new Set<number>();
		for (const id of freeOf(node).binders)
			for (const reached of this.reach.get(id) ?? []) found.add(reached);
		return found;
	}

	private isRandom(node: Scalar): boolean {
		return this.mentioned(node).size > 0;
	}

	expect(node: Scalar): Run<T> {
		if (!this.isRandom(node)) return this.compiler.run(node);
		if (node.op === "add") return this.sum(node.terms);
		if (
			node.op === "sum" &&
			![node.lower, node.upper, ...node.except].some((e) => this.isRandom(e))
		)
			return this.big(node);
		if (node.op === "mul") return this.product(node.factors);
		return this.integrate([node]);
	}

	private sum(terms: readonly Scalar[]): Run<T> {
		const { A } = this.compiler;
		const parts = terms.map((t) => this.expect(t));
		return (frame) =>
			parts.reduce((total, part) => A.add(total, part(frame)), A.zero);
	}

	private big(node: BigNode): Run<T> {
		const { A } = this.compiler;
		const whole = (e: Scalar) => this.compiler.whole(e);
		const [lower, upper, except] = [
			whole(node.lower),
			whole(node.upper),
			node.except.map(whole),
		];
		const body = this.expect(node.body);
		return (frame) => {
			let total = A.zero;
			const to = upper(frame);
			for (let at = lower(frame); at <= to; at += 1) {
				if (except.some((e) => e(frame) === at)) continue;
				frame.slots[node.slot] = at;
				total = A.add(total, body(frame));
			}
			return total;
		};
	}

	/** Where an indicator is 0 the other factors need not be defined, and are not looked at. */
	private product(factors: readonly Scalar[]): Run<T> {
		const { A } = this.compiler;
		const flat = factors.flatMap(flattened);
		const guards = flat
			.filter((f) => f.op === "indicator" && !this.isRandom(f))
			.map((f) => this.compiler.run(f));
		const groups = this.grouped(flat);
		const parts = groups.map((group) =>
			group.length === 1
				? this.expect(group[0] as Scalar)
				: this.integrate(group),
		);
		return (frame) =>
			guards.some((holds) => holds(frame) === A.zero)
				? A.zero
				: parts.reduce((total, part) => A.mul(total, part(frame)), A.one);
	}

	/** Factors that share variables together, others apart; those without any variable one by one. */
	private grouped(factors: readonly Scalar[]): readonly (readonly Scalar[])[] {
		let groups: { factors: Scalar[]; binders: ReadonlySet<number> }[] = [];
		for (const factor of factors) {
			const binders = new Set(this.mentioned(factor));
			const touching = groups.filter((g) =>
				[...g.binders].some((id) => binders.has(id)),
			);
			const together = {
				factors: [...touching.flatMap((g) => g.factors), factor],
				binders,
			};
			for (const group of touching)
				for (const id of group.binders) binders.add(id);
			groups = [...groups.filter((g) => !touching.includes(g)), together];
		}
		return groups.map((g) => g.factors);
	}

	private integrate(factors: readonly Scalar[]): Run<T> {
		const [first] = factors;
		const whole: Scalar =
			factors.length === 1 ? (first as Scalar) : { op: "mul", factors };
		const binders = [...this.reach.keys()];
		const multipliedOut = this.multipliedOut(factors);
		const together = quadrature(
			this.compiler,
			this.compiler.run(whole),
			freeOf(whole).nodes,
			binders,
			multipliedOut,
			argumentsOfAbs(whole).map((e) => this.compiler.run(e)),
		);
		return separated(this.compiler, factors, binders, together, multipliedOut);
	}

	/** The same expectation with one of the sums multiplied out; null if no factor but the only one is a sum. */
	private multipliedOut(factors: readonly Scalar[]): (() => Run<T>) | null {
		const chosen = factors.find((f) => f.op === "add" || f.op === "sum");
		if (!chosen || factors.length < 2) return null;
		const others = factors.filter((f) => f !== chosen);
		const times = (term: Scalar): Scalar => ({
			op: "mul",
			factors: [term, ...others],
		});
		let made: Run<T> | null = null;
		return () => {
			if (chosen.op === "add")
				made ??= this.expect({ op: "add", terms: chosen.terms.map(times) });
			else if (chosen.op === "sum")
				made ??= this.expect({ ...chosen, body: times(chosen.body) });
			return made as Run<T>;
		};
	}
}

function flattened(factor: Scalar): readonly Scalar[] {
	return factor.op === "mul" ? factor.factors.flatMap(flattened) : [factor];
}
