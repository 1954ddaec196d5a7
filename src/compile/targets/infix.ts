import type Fraction from "fraction.js";
import type { Dim } from "../../expr/tree.js";
import {
	type Comparison,
	isNumber,
	isValue,
	number,
	type Scalar,
} from "../scalar.js";

/** How the arrays and sizes of the state are written in a target. */
export interface Layout {
	/** The target's name of a size, an array or an index. */
	name(of: string): string;
	/** Axes of an array, or null if it is a plain number. */
	dims(array: string): readonly Dim[] | null;
}

/** What differs between languages with infix operators, brackets and zero-based, row-major arrays. */
export interface Dialect {
	readonly named: Readonly<Record<"pi" | "eulerGamma" | "infinity", string>>;
	/** A size or the index of a loop as a number. */
	count(name: string): string;
	/** A whole number in decimal digits. */
	whole(digits: string): string;
	call(s: Extract<Scalar, { kind: "call" }>, argument: string): string;
	root(base: Scalar, text: string): string;
	power(base: Scalar, text: string, exponent: string): string;
	/** `then` where the comparison holds, else 0; all three can be operands of a sum. */
	choice(
		s: Extract<Scalar, { kind: "when" }>,
		left: string,
		right: string,
		then: string,
	): Text;
	/** The element of an array where it is not read in the plain way, or null. */
	element?(array: string, at: readonly Scalar[]): string | null;
	/** An index as a number, less one, where it is not `count`. */
	index?(name: string): string;
	/** A temporary, where it is not written by its name alone. */
	local?(name: string): string;
	/** A number of the state where a whole number is needed. */
	cast?(text: string): string;
}

export const comparisons: Readonly<Record<Comparison, string>> = {
	"=": "==",
	"≠": "!=",
	"<": "<",
	"≤": "<=",
};

/** How tightly an operator binds: what binds less tightly than its surroundings is put into brackets. */
export enum Binding {
	Conditional,
	Sum,
	Product,
	Unary,
	Atom,
}

export interface Text {
	readonly text: string;
	readonly binding: Binding;
}

/** Writes values as expressions. Subscripts count from 1 in values and from 0 in the target. */
export class Expressions {
	/**
	 * @param positions writes subscripts, where whole numbers are written otherwise than numbers
	 */
	constructor(
		private readonly layout: Layout,
		private readonly dialect: Dialect,
		private readonly positions?: Expressions,
	) {}

	/** The value as an expression. */
	value(s: Scalar): string {
		return this.write(s).text;
	}

	/** The value less one, as a position in an array. */
	position(s: Scalar): string {
		return this.positions?.position(s) ?? this.sum([s, number(-1)]).text;
	}

	/** The value less one, times something. */
	scaled(s: Scalar, factor: string): string {
		if (this.positions) return this.positions.scaled(s, factor);
		const place = this.sum([s, number(-1)]);
		return `${bracket(place, Binding.Product)} * ${factor}`;
	}

	/** An element of an array, or a number of the state. */
	element(array: string, at: readonly Scalar[]): string {
		const special = this.dialect.element?.(array, at) ?? null;
		if (special !== null) return special;
		const dims = this.layout.dims(array);
		const name = this.layout.name(array);
		return dims === null ? name : `${name}[${this.offset(dims, at)}]`;
	}

	/** Position of an element in row-major order, where the last subscripts may be missing (and count as the first). */
	offset(dims: readonly Dim[], at: readonly Scalar[]): string {
		if (this.positions) return this.positions.offset(dims, at);
		let text: Text = { text: "0", binding: Binding.Atom };
		dims.forEach((dim, axis) => {
			const next = at[axis] ?? number(1);
			const place = this.sum([next, number(-1)]);
			if (axis === 0 || text.text === "0") {
				text = place;
				return;
			}
			const scaled = `${bracket(text, Binding.Product)} * ${this.size(dim)}`;
			text =
				place.text === "0"
					? { text: scaled, binding: Binding.Product }
					: {
							text: `${scaled} + ${bracket(place, Binding.Sum)}`,
							binding: Binding.Sum,
						};
		});
		return text.text;
	}

	size(dim: Dim): string {
		return typeof dim === "number" ? String(dim) : this.layout.name(dim);
	}

	private write(s: Scalar): Text {
		switch (s.kind) {
			case "number":
				return this.fraction(s.value);
			case "named":
				return atom(this.dialect.named[s.name]);
			case "size":
				return atom(this.dialect.count(this.layout.name(s.name)));
			case "local":
				return atom(this.cast(this.dialect.local?.(s.name) ?? s.name));
			case "index":
			case "add":
				return this.sum(s.kind === "add" ? s.terms : [s]);
			case "read":
				return atom(this.cast(this.element(s.array, s.at)));
			case "mul":
				return this.product(s.factors);
			case "power":
				return this.product([s]);
			case "call":
				return atom(this.dialect.call(s, this.value(s.argument)));
			case "when": {
				const [left, right, then] = [s.left, s.right, s.body].map((side) =>
					bracket(this.write(side), Binding.Sum),
				) as [string, string, string];
				return this.dialect.choice(s, left, right, then);
			}
			case "fold":
				throw new Error("a sum or product was not turned into a loop");
			case "inverse":
			case "logdet":
				throw new Error("a matrix was not factorised");
		}
	}

	private index(name: string): string {
		return this.dialect.index?.(name) ?? this.dialect.count(name);
	}

	private cast(text: string): string {
		return this.dialect.cast?.(text) ?? text;
	}

	/** A sum; loop variables count from 0, so each index in it adds one. */
	private sum(terms: readonly Scalar[]): Text {
		let constant = number(0).value;
		const written: Signed[] = [];
		for (const term of flatten(terms)) {
			if (term.kind === "number") constant = constant.add(term.value);
			else if (term.kind === "index") {
				constant = constant.add(1);
				written.push({
					negative: false,
					text: atom(this.index(this.layout.name(term.name))),
				});
			} else written.push(this.signed(term));
		}
		if (!constant.equals(0) || written.length === 0)
			written.push({
				negative: constant.compare(0) < 0,
				text: this.fraction(constant.abs()),
			});
		return join(written);
	}

	private signed(term: Scalar): Signed {
		if (term.kind === "mul") {
			const [first, ...rest] = term.factors;
			if (first && isNumber(first) && first.value.compare(0) < 0)
				return {
					negative: true,
					text: this.product([number(first.value.abs()), ...rest]),
				};
		}
		return { negative: false, text: this.write(term) };
	}

	private product(factors: readonly Scalar[]): Text {
		const above: Text[] = [];
		const below: Text[] = [];
		let negative = false;
		for (const factor of factors) {
			if (factor.kind === "number") {
				negative = factor.value.compare(0) < 0;
				this.placeNumber(factor.value.abs(), above, below);
			} else if (factor.kind === "power" && isNegative(factor.exponent))
				below.push(...this.power(factor.base, negated(factor.exponent)));
			else if (factor.kind === "power")
				above.push(...this.power(factor.base, factor.exponent));
			else above.push(this.write(factor));
		}
		const text = quotient(above, below, this.dialect.whole("1"));
		return negative
			? { text: `-${bracket(text, Binding.Product)}`, binding: Binding.Unary }
			: text;
	}

	/** A power as the factors to be multiplied. */
	private power(base: Scalar, exponent: Scalar): Text[] {
		if (isValue(exponent, 1)) return [this.write(base)];
		if (isValue(exponent, 0.5))
			return [atom(this.dialect.root(base, this.value(base)))];
		const simple =
			base.kind === "read" || base.kind === "local" || base.kind === "size";
		if (isValue(exponent, 2) && simple)
			return [this.write(base), this.write(base)];
		const text = this.dialect.power(
			base,
			this.value(base),
			this.value(exponent),
		);
		return [atom(text)];
	}

	/** A number: as a decimal where that is exact and short, else as a quotient. */
	private fraction(value: Fraction): Text {
		const decimal = shortDecimal(value);
		const negative = value.compare(0) < 0;
		const whole = this.dialect.whole;
		if (decimal !== null) {
			const text = value.d === 1n ? whole(decimal) : decimal;
			return { text, binding: negative ? Binding.Unary : Binding.Atom };
		}
		const size = value.abs();
		const quotient = `${whole(String(size.n))} / ${whole(String(size.d))}`;
		const text = `${negative ? "-" : ""}${quotient}`;
		return { text, binding: Binding.Product };
	}

	private placeNumber(value: Fraction, above: Text[], below: Text[]): void {
		if (shortDecimal(value) !== null) {
			if (!value.equals(1)) above.push(this.fraction(value));
			return;
		}
		const { whole } = this.dialect;
		if (value.n !== 1n) above.push(atom(whole(String(value.n))));
		below.push(atom(whole(String(value.d))));
	}
}

interface Signed {
	readonly negative: boolean;
	readonly text: Text;
}

export function atom(text: string): Text {
	return { text, binding: Binding.Atom };
}

export function bracket(t: Text, within: Binding): string {
	return t.binding < within ? `(${t.text})` : t.text;
}

function flatten(terms: readonly Scalar[]): Scalar[] {
	return terms.flatMap((t) => (t.kind === "add" ? flatten(t.terms) : [t]));
}

function join(terms: readonly Signed[]): Text {
	const [first, ...rest] = terms;
	if (!first) return atom("0");
	if (rest.length === 0 && !first.negative) return first.text;
	const head = first.negative
		? `-${bracket(first.text, Binding.Product)}`
		: bracket(first.text, Binding.Sum);
	const tail = rest.map(
		(t) => ` ${t.negative ? "-" : "+"} ${bracket(t.text, Binding.Product)}`,
	);
	return {
		text: head + tail.join(""),
		binding: rest.length === 0 ? Binding.Unary : Binding.Sum,
	};
}

function quotient(
	above: readonly Text[],
	below: readonly Text[],
	unit: string,
): Text {
	const top = above.length === 0 ? atom(unit) : times(above);
	if (below.length === 0) return top;
	const bottom = times(below);
	const divisor =
		below.length === 1 ? bracket(bottom, Binding.Unary) : `(${bottom.text})`;
	return {
		text: `${bracket(top, Binding.Product)} / ${divisor}`,
		binding: Binding.Product,
	};
}

function times(factors: readonly Text[]): Text {
	const [only, ...rest] = factors;
	if (only && rest.length === 0) return only;
	const text = factors
		.map((f, n) => bracket(f, n === 0 ? Binding.Product : Binding.Unary))
		.join(" * ");
	return { text, binding: Binding.Product };
}

function shortDecimal(value: Fraction): string | null {
	const text = String(value.valueOf());
	if (text.length > 12 && value.d !== 1n) return null;
	return number(text).value.equals(value) ? text : null;
}

function isNegative(exponent: Scalar): boolean {
	return isNumber(exponent) && exponent.value.compare(0) < 0;
}

function negated(exponent: Scalar): Scalar {
	return isNumber(exponent) ? number(exponent.value.neg()) : exponent;
}
