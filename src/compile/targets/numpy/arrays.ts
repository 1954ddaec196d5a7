import type { Dim } from "../../../expr/tree.js";
import { isValue, keyOf, number, parts, type Scalar } from "../../scalar.js";
import { Binding, comparisons, Expressions, type Layout } from "../infix.js";
import {
	asOperands,
	bracketSum,
	einsum,
	inOrder,
	isInverse,
	matrixProduct,
	type Operand,
	positionsOf,
} from "./contraction.js";
import { python } from "./dialect.js";

/** An index that is an axis of arrays rather than a number. */
export interface Axis {
	readonly name: string;
	readonly size: Dim;
	/** The index over the data: arrays along it are read by blocks of rows. */
	readonly isRow: boolean;
}

/** Thrown for what cannot be written for all values of an index at once. */
export class OneByOne extends Error {}

/**
 * Writes values as NumPy expressions over arrays. The open axes have an order; an array has some of them, in that order,
 * and every name in an expression is given those that it lacks, so that all broadcast.
 */
export class Arrays {
	/** Axes of temporaries that have any. */
	readonly axesOf = new Map<string, readonly string[]>();
	/** Axes of a kernel's own tables that stand before their declared ones: what was open when they were filled. */
	readonly extraAxes = new Map<string, readonly string[]>();

	constructor(
		readonly layout: Layout,
		readonly dataAxis: Dim | null,
		readonly open: readonly Axis[] = [],
	) {}

	/** The same with one more axis open. */
	within(axis: Axis): Arrays {
		const inner = new Arrays(this.layout, this.dataAxis, [...this.open, axis]);
		return Object.assign(inner, {
			axesOf: this.axesOf,
			extraAxes: this.extraAxes,
		});
	}

	axis(name: string): Axis | null {
		return this.open.find((a) => a.name === name) ?? null;
	}

	/** Axis names in the order in which they are open. */
	sorted(axes: Iterable<string>): readonly string[] {
		const wanted = new Set(axes);
		return this.open.map((a) => a.name).filter((name) => wanted.has(name));
	}

	/** The open axes along which a value differs. */
	axes(value: Scalar): readonly string[] {
		const found = new Set<string>();
		const collect = (s: Scalar): void => {
			if (s.kind === "index" && this.axis(s.name)) found.add(s.name);
			if (s.kind === "local")
				for (const name of this.axesOf.get(s.name) ?? []) found.add(name);
			if (s.kind === "read")
				for (const name of this.extraAxes.get(s.array) ?? []) found.add(name);
			for (const part of parts(s)) collect(part);
		};
		collect(value);
		return this.sorted(found);
	}

	/** The value as an array with just its own axes. */
	value(s: Scalar): string {
		return this.along(s, this.axes(s));
	}

	/** The value as an array that broadcasts to the given axes. */
	along(s: Scalar, axes: readonly string[]): string {
		return this.expressions(axes).value(s);
	}

	/** A sum or product over some of a value's axes; along those that it lacks it is the same. */
	reduced(s: Scalar, over: readonly Axis[], op: "+" | "*"): string {
		const own = this.axes(s);
		const inside = over.filter((a) => own.includes(a.name));
		const missing = over.filter((a) => !own.includes(a.name));
		const lengths = missing.map((a) => this.length(a));
		const text =
			inside.length === 0
				? this.value(s)
				: op === "+"
					? this.sum(s, own, inside)
					: `np.prod(${this.value(s)}, axis=${positionsOf(own, inside)})`;
		if (lengths.length === 0) return text;
		return op === "+"
			? `${lengths.join(" * ")} * (${text})`
			: `(${text}) ** (${lengths.join(" * ")})`;
	}

	private sum(
		s: Scalar,
		own: readonly string[],
		over: readonly Axis[],
	): string {
		const operands = this.operands(s);
		const withAxes = operands.filter((f) => f.axes.length > 0);
		const numbers = operands.filter((f) => f.axes.length === 0);
		const left = own.filter((name) => !over.some((a) => a.name === name));
		if (withAxes.length < 2)
			return `np.sum(${this.value(s)}, axis=${positionsOf(own, over)})`;
		const contracted =
			matrixProduct(withAxes, left) ?? einsum(withAxes, own, left);
		const factor = numbers.map((n) => n.text).join(" * ");
		return factor === "" ? contracted : `${factor} * (${contracted})`;
	}

	/** The factors of a product as arrays of their own; one of them if it should be computed as it stands. */
	private operands(s: Scalar): readonly Operand[] {
		const guarded = s.kind === "when" ? this.guarded(s) : null;
		if (guarded) return guarded;
		const factors = (s.kind === "mul" ? s.factors : [s]).flatMap(asOperands);
		return factors.some(isInverse)
			? [this.operand(s)]
			: factors.map((f) => this.operand(f));
	}

	private operand(s: Scalar): Operand {
		return { text: bracketSum(this.value(s)), axes: this.axes(s) };
	}

	/** [a ≠ 0] a b, where a makes the product 0 by itself, and b alone has to be kept from being undefined. */
	private guarded(
		s: Extract<Scalar, { kind: "when" }>,
	): readonly Operand[] | null {
		const { comparison, left, right, body } = s;
		if (comparison !== "≠" || !isValue(right, 0) || body.kind !== "mul")
			return null;
		const at = body.factors.findIndex((f) => keyOf(f) === keyOf(left));
		if (at < 0) return null;
		const factors = body.factors.filter((_, n) => n !== at);
		const rest: Scalar = { ...s, body: { kind: "mul", factors } };
		return [this.operand(left), this.operand(rest)];
	}

	/** The number of values that an axis has. */
	length(axis: Axis): string {
		if (axis.isRow) return "(rows.stop - rows.start)";
		return this.size(axis.size);
	}

	size(dim: Dim): string {
		return typeof dim === "number" ? String(dim) : this.layout.name(dim);
	}

	/** An element or a part of an array, with its own axes in its own order. */
	part(array: string, at: readonly Scalar[]): Part {
		const dims = this.layout.dims(array);
		if (dims === null) return { text: this.layout.name(array), axes: [] };
		const extra = this.extraAxes.get(array) ?? [];
		const subscripts = dims.map((_, n) => at[n] ?? number(1));
		const axes: string[] = [...extra];
		const text = [
			...extra.map(() => ":"),
			...subscripts.map((s) => {
				const axis = s.kind === "index" ? this.axis(s.name) : null;
				if (axis && !axes.includes(axis.name)) {
					axes.push(axis.name);
					return ":";
				}
				if (axis || this.axes(s).length > 0) throw new NotPlain();
				return this.position(s);
			}),
		];
		const [first] = subscripts;
		const isBlock =
			first?.kind === "index" &&
			this.axis(first.name)?.isRow &&
			dims[0] === this.dataAxis;
		const name = `${this.layout.name(array)}${isBlock ? "_rows" : ""}`;
		const isRowElsewhere = axes.some(
			(a) => this.axis(a)?.isRow && !(isBlock || extra.includes(a)),
		);
		if (isRowElsewhere) throw new OneByOne(array);
		while (text.at(-1) === ":") text.pop();
		return {
			text: text.length === 0 ? name : `${name}[${text.join(", ")}]`,
			axes,
		};
	}

	/** A subscript that is a number, counting from 0. */
	position(s: Scalar): string {
		return this.expressions([]).position(s);
	}

	/** An array read at positions that are arrays themselves. */
	private picked(
		array: string,
		at: readonly Scalar[],
		axes: readonly string[],
	): string {
		const dims = this.layout.dims(array) ?? [];
		if (dims[0] === this.dataAxis && this.open.some((a) => a.isRow))
			throw new OneByOne(array);
		if (this.extraAxes.has(array)) throw new OneByOne(array);
		const positions = dims.map((_, n) => {
			const s = at[n] ?? number(1);
			const text = this.along({ kind: "add", terms: [s, number(-1)] }, axes);
			return this.axes(s).length === 0 ? this.position(s) : `whole(${text})`;
		});
		return `${this.layout.name(array)}[${positions.join(", ")}]`;
	}

	private expressions(axes: readonly string[]): Expressions {
		const positions = new Expressions(this.layout, {
			...python,
			cast: (text) => `int(${text})`,
			element: (array, at) => this.part(array, at).text,
			local: (name) => plainName(name),
		});
		return new Expressions(
			{
				name: (of) => this.layout.name(of),
				dims: (array) => this.layout.dims(array),
			},
			{
				...python,
				index: (name) => this.index(name, axes),
				local: (name) =>
					spread(plainName(name), this.axesOf.get(name) ?? [], axes),
				element: (array, at) => {
					try {
						const { text, axes: own } = this.part(array, at);
						return spread(
							inOrder(text, own, this.sorted(own)),
							this.sorted(own),
							axes,
						);
					} catch (error) {
						if (error instanceof NotPlain) return this.picked(array, at, axes);
						throw error;
					}
				},
				choice: (s, left, right, then) => {
					const test = `${left} ${comparisons[s.comparison]} ${right}`;
					return this.axes(s).length > 0
						? { text: `np.where(${test}, ${then}, 0.0)`, binding: Binding.Atom }
						: {
								text: `${then} if ${test} else 0.0`,
								binding: Binding.Conditional,
							};
				},
			},
			positions,
		);
	}

	/** An index as a number: all of its values, if it is an axis. It counts from 0; one is added by whoever asks. */
	private index(name: string, axes: readonly string[]): string {
		const axis = this.axis(name);
		if (!axis) return name;
		const all = axis.isRow
			? "np.arange(rows.start, rows.stop)"
			: `np.arange(${this.size(axis.size)})`;
		return spread(all, [name], axes);
	}
}

class NotPlain extends Error {}

export interface Part {
	readonly text: string;
	readonly axes: readonly string[];
}

/** An array with new axes of length one for those that it lacks. */
function spread(
	text: string,
	own: readonly string[],
	axes: readonly string[],
): string {
	if (own.length === 0) return text;
	const wanted = axes.slice(axes.indexOf(own[0] as string));
	const places = wanted.map((name) => (own.includes(name) ? ":" : "None"));
	if (!places.includes("None")) return text;
	while (places.at(-1) === ":") places.pop();
	return `${text}[${places.join(", ")}]`;
}

/** `sum1.total` of a compensated sum is the sum itself here. */
function plainName(name: string): string {
	return name.replace(/\.total$/, "");
}
