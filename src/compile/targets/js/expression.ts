import type Fraction from "fraction.js";
import type { Dim, FunctionName } from "../../../expr/tree.js";
import {
	isNumber,
	isValue,
	number,
	type ReadScalar,
	type Scalar,
	type WhenScalar,
} from "../../scalar.js";

/** How the arrays and sizes of the state are written in JavaScript. */
export interface Layout {
	/** The JavaScript name of a size, an array or an index. */
	name(of: string): string;
	/** Axes of an array, or null if it is a plain number. */
	dims(array: string): readonly Dim[] | null;
}

/** How tightly an operator binds: what binds less tightly than its surroundings is put into brackets. */
enum Binding {
	Conditional,
	Sum,
	Product,
	Unary,
	Atom,
}

interface Text {
	readonly text: string;
	readonly binding: Binding;
}

/** JavaScript names of the functions that are not Math's own; they come from the runtime. */
const functions: Readonly<Record<FunctionName, string>> = {
	log: "Math.log",
	exp: "Math.exp",
	abs: "Math.abs",
	gamma: "gamma",
	lgamma: "logGamma",
	digamma: "digamma",
	trigamma: "trigamma",
	sigmoid: "sigmoid",
};

/** Writes values as JavaScript expressions. Subscripts count from 1 in values and from 0 in JavaScript. */
export class Expressions {
	constructor(private readonly layout: Layout) {}

	/** The value as an expression. */
	value(s: Scalar): string {
		return this.write(s).text;
	}

	/** The value less one, as a position in a typed array. */
	position(s: Scalar): string {
		return this.sum([s, number(-1)]).text;
	}

	/** An element of an array, or a number of the state. */
	element(array: string, at: readonly Scalar[]): string {
		const dims = this.layout.dims(array);
		const name = this.layout.name(array);
		return dims === null ? name : `${name}[${this.offset(dims, at)}]`;
	}

	/** Position of an element in row-major order, where the last subscripts may be missing (and count as the first). */
	offset(dims: readonly Dim[], at: readonly Scalar[]): string {
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
				return fraction(s.value);
			case "named":
				return atom(named[s.name]);
			case "size":
				return atom(this.layout.name(s.name));
			case "local":
				return atom(s.name);
			case "index":
			case "add":
				return this.sum(s.kind === "add" ? s.terms : [s]);
			case "read":
				return this.read(s);
			case "mul":
				return this.product(s.factors);
			case "power":
				return this.product([s]);
			case "call":
				return atom(`${functions[s.fn]}(${this.value(s.argument)})`);
			case "when":
				return this.conditional(s);
			case "fold":
				throw new Error("a sum or product was not turned into a loop");
		}
	}

	private read(s: ReadScalar): Text {
		return atom(this.element(s.array, s.at));
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
					text: atom(this.layout.name(term.name)),
				});
			} else written.push(this.signed(term));
		}
		if (!constant.equals(0) || written.length === 0)
			written.push({
				negative: constant.compare(0) < 0,
				text: fraction(constant.abs()),
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
				placeNumber(factor.value.abs(), above, below);
			} else if (factor.kind === "power" && isNegative(factor.exponent))
				below.push(...this.power(factor.base, negated(factor.exponent)));
			else if (factor.kind === "power")
				above.push(...this.power(factor.base, factor.exponent));
			else above.push(this.write(factor));
		}
		const text = quotient(above, below);
		return negative
			? { text: `-${bracket(text, Binding.Product)}`, binding: Binding.Unary }
			: text;
	}

	/** A power as the factors to be multiplied. */
	private power(base: Scalar, exponent: Scalar): Text[] {
		if (isValue(exponent, 1)) return [this.write(base)];
		if (isValue(exponent, 0.5)) return [atom(`Math.sqrt(${this.value(base)})`)];
		const simple =
			base.kind === "read" || base.kind === "local" || base.kind === "size";
		if (isValue(exponent, 2) && simple)
			return [this.write(base), this.write(base)];
		return [atom(`Math.pow(${this.value(base)}, ${this.value(exponent)})`)];
	}

	private conditional(s: WhenScalar): Text {
		const operators = { "=": "===", "≠": "!==", "<": "<", "≤": "<=" } as const;
		const [left, right] = [s.left, s.right].map((side) => this.write(side));
		const test = `${bracket(left as Text, Binding.Sum)} ${operators[s.comparison]} ${bracket(right as Text, Binding.Sum)}`;
		const then = bracket(this.write(s.body), Binding.Sum);
		return { text: `${test} ? ${then} : 0`, binding: Binding.Conditional };
	}
}

const named = {
	pi: "Math.PI",
	eulerGamma: "0.5772156649015329",
	infinity: "Infinity",
} as const;

interface Signed {
	readonly negative: boolean;
	readonly text: Text;
}

function atom(text: string): Text {
	return { text, binding: Binding.Atom };
}

function bracket(t: Text, within: Binding): string {
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

function quotient(above: readonly Text[], below: readonly Text[]): Text {
	const top = above.length === 0 ? atom("1") : times(above);
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

/** A number: as a decimal where that is exact and short, else as a quotient. */
function fraction(value: Fraction): Text {
	const decimal = shortDecimal(value);
	const negative = value.compare(0) < 0;
	if (decimal !== null)
		return { text: decimal, binding: negative ? Binding.Unary : Binding.Atom };
	const size = value.abs();
	const text = `${negative ? "-" : ""}${size.n} / ${size.d}`;
	return { text, binding: Binding.Product };
}

function shortDecimal(value: Fraction): string | null {
	const text = String(value.valueOf());
	if (text.length > 12 && value.d !== 1n) return null;
	return number(text).value.equals(value) ? text : null;
}

function placeNumber(value: Fraction, above: Text[], below: Text[]): void {
	const decimal = shortDecimal(value);
	if (decimal !== null) {
		if (!value.equals(1)) above.push(atom(decimal));
		return;
	}
	if (value.n !== 1n) above.push(atom(String(value.n)));
	below.push(atom(String(value.d)));
}

function isNegative(exponent: Scalar): boolean {
	return isNumber(exponent) && exponent.value.compare(0) < 0;
}

function negated(exponent: Scalar): Scalar {
	return isNumber(exponent) ? number(exponent.value.neg()) : exponent;
}
