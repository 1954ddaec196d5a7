import type { Arithmetic } from "./arithmetic.js";
import type { Compiler, Run } from "./compiler.js";
import type { Frame } from "./frame.js";
import { randomFrom } from "./random.js";
import type { TableArgument, TableNode } from "./scalar.js";
import type { JointTable } from "./tables.js";
import { Undecided } from "./undecided.js";
import { canonicalVariable, extent, type World } from "./world.js";

/** The value (from 1) of one variable among the arguments of a table. */
interface Reading {
	readonly variable: string;
	readonly instance: number;
	readonly value: number;
}

/** p(of | given) = p(of, given) / p(given), both summed out of the world's joint; or the value of an unnamed function. */
export function compileTable<T>(
	compiler: Compiler<T>,
	node: TableNode,
): Run<T> {
	const { A } = compiler;
	const of = node.of.map((a) => compileArgument(compiler, a));
	const given = node.given.map((a) => compileArgument(compiler, a));
	const slides = node.parameters.map((p) => [p.name, compiler.run(p)] as const);
	const slideAt = (frame: Frame<T>) =>
		new Slide(
			A,
			`${frame.world.functions.seed}/${node.name}`,
			slides.map(([name, run]) => [name, run(frame)]),
		);
	if (node.role === "function")
		return (frame) => {
			const readings = [...of, ...given].flatMap((read) => read(frame));
			const value = functionValue(frame.world, node.name, readings);
			const at = readings.map((r) => r.value).join();
			return slideAt(frame).of(A.fromNumber(value), at);
		};
	const marginals = new WeakMap<object, Marginals<T>>();
	return (frame) => {
		// What slides depends on more than the world: on what is differentiated by.
		const known =
			marginals.get(slides.length > 0 ? frame : frame.world) ??
			new Marginals(compiler, frame.world, node.name, slideAt(frame));
		marginals.set(slides.length > 0 ? frame : frame.world, known);
		const condition = given.flatMap((read) => read(frame));
		const joint = known.at([
			...of.flatMap((read) => read(frame)),
			...condition,
		]);
		return condition.length === 0 ? joint : A.div(joint, known.at(condition));
	};
}

function compileArgument<T>(
	compiler: Compiler<T>,
	argument: TableArgument,
): (frame: Frame<T>) => Reading[] {
	const { axes, freeSlots, variable } = argument;
	const value = compiler.whole(argument.value);
	const written = argument.value.at
		.slice(0, axes.length - freeSlots.length)
		.map((e) => compiler.whole(e));
	return (frame) => {
		const lengths = axes.map((axis) => extent(frame.world, axis));
		const readings: Reading[] = [];
		const along = (axis: number, instance: number): void => {
			if (axis === lengths.length) {
				readings.push({
					variable: canonicalVariable(frame.world, variable),
					instance,
					value: value(frame),
				});
				return;
			}
			const length = lengths[axis] as number;
			const run = written[axis];
			const slot = freeSlots[axis - written.length];
			for (
				let at = run?.(frame) ?? 1;
				at <= (run ? run(frame) : length);
				at += 1
			) {
				if (slot !== undefined) frame.slots[slot] = at;
				along(axis + 1, instance * length + at - 1);
			}
		};
		along(0, 0);
		return readings;
	};
}

/** A short decimal that depends on name and values alone. */
function functionValue(
	world: World,
	name: string,
	readings: readonly Reading[],
): number {
	const random = randomFrom(
		`${world.functions.seed}/${name}/${readings.map((r) => r.value).join()}`,
	);
	const size = random.whole(2, 29) / 10;
	return world.functions.positive || random.next() < 0.6 ? size : -size;
}

/**
 * How values depend on parameters: each is multiplied by exp(a θ + b θ²) with random a and b of its own, so that first and
 * second derivatives are as good as any.
 */
class Slide<T> {
	constructor(
		private readonly A: Arithmetic<T>,
		private readonly seed: string,
		private readonly parameters: readonly (readonly [string, T])[],
	) {}

	of(value: T, place: string | number): T {
		const { A } = this;
		return this.parameters.reduce((product, [name, at]) => {
			const random = randomFrom(`${this.seed}/${name}/${place}`);
			const [a, b] = [random.whole(-9, 9) / 10, random.whole(-9, 9) / 10];
			const exponent = A.add(
				A.mul(A.fromNumber(a), at),
				A.mul(A.fromNumber(b), A.mul(at, at)),
			);
			return A.mul(product, A.exp(exponent));
		}, value);
	}
}

/** Sums of a joint table over the variables that are left out, each computed once. */
class Marginals<T> {
	private readonly table: JointTable;
	private readonly sums = new Map<string, ReadonlyMap<number, T>>();
	private readonly strides: readonly number[];

	constructor(
		private readonly compiler: Compiler<T>,
		private readonly world: World,
		name: string,
		private readonly slide: Slide<T>,
	) {
		const table = world.tables.get(name);
		if (!table) throw new Undecided(`the law ${name} has no table here`);
		this.table = table;
		let stride = table.weights.length;
		this.strides = table.axes.map(({ size }) => {
			stride /= size;
			return stride;
		});
	}

	/** The density of the readings; of none it is 1. */
	at(readings: readonly Reading[]): T {
		const { A } = this.compiler;
		const axes = readings.map((r) =>
			this.table.axes.findIndex(
				(a) => a.variable === r.variable && a.instance === r.instance,
			),
		);
		if (axes.includes(-1))
			throw new Undecided(
				"a law is asked for a variable that its table does not have",
			);
		const key = readings.reduce(
			(k, r, i) =>
				k + (r.value - 1) * (this.strides[axes[i] as number] as number),
			0,
		);
		const kept = [...new Set(axes)].sort((a, b) => a - b);
		return A.div(
			this.marginal(kept).get(key) ?? A.fromNumber(Number.NaN),
			this.marginal([]).get(0) as T,
		);
	}

	/** By the positions of the kept axes, the weighted sums over the others. */
	private marginal(kept: readonly number[]): ReadonlyMap<number, T> {
		const known = this.sums.get(kept.join());
		if (known) return known;
		const { A } = this.compiler;
		const sums = new Map<number, T>();
		this.table.weights.forEach((weight, flat) => {
			let key = 0;
			let term = this.slide.of(A.fromNumber(weight), flat);
			this.table.axes.forEach(({ variable, size }, axis) => {
				const stride = this.strides[axis] as number;
				const value = Math.floor(flat / stride) % size;
				if (kept.includes(axis)) key += value * stride;
				else
					term = A.mul(
						term,
						A.fromNumber(this.world.domains.get(variable)?.weights[value] ?? 1),
					);
			});
			sums.set(key, A.add(sums.get(key) ?? A.zero, term));
		});
		this.sums.set(kept.join(), sums);
		return sums;
	}
}
