import Fraction from "fraction.js";
import { mapChildren } from "../../dist/expr/walk.js";

/**
 * A tree as text in which order, brackets and the names of bound indices do not show, and nothing else is evened out: two
 * trees of one text are the same formula to a reader.
 */
export function canonical(e, names = new Map()) {
	switch (e.kind) {
		case "add":
			return `(${e.terms
				.flatMap((t) => summands(t))
				.map((t) => canonical(t, names))
				.sort()
				.join(" + ")})`;
		case "mul":
			return product(e, names);
		case "pow":
			return e.exponent.kind === "num" ? product(e, names) : node(e, names);
		case "sum":
		case "product":
		case "tabulate":
			return binder(e, names);
		default:
			return node(e, names);
	}
}

const minusOne = { kind: "num", value: new Fraction(-1) };

/** −(a + b) is −a − b, for signs alone. */
function summands(t) {
	if (t.kind === "add") return t.terms.flatMap(summands);
	if (t.kind !== "mul") return [t];
	const [sign, inner, ...more] = t.factors;
	const isMinus = sign?.kind === "num" && sign.value.equals(-1);
	return isMinus && inner?.kind === "add" && more.length === 0
		? inner.terms
				.flatMap(summands)
				.map((s) => ({ kind: "mul", factors: [minusOne, s] }))
		: [t];
}

function product(e, names) {
	let number = new Fraction(1);
	const powers = new Map();
	const collect = (f, exponent) => {
		if (f.kind === "mul") for (const g of f.factors) collect(g, exponent);
		else if (f.kind === "pow" && f.exponent.kind === "num")
			collect(f.base, exponent.mul(f.exponent.value));
		else if (f.kind === "num" && exponent.d === 1n && f.value.n !== 0n)
			number = number.mul(f.value.pow(exponent));
		else {
			const text = canonical(f, names);
			powers.set(text, (powers.get(text) ?? new Fraction(0)).add(exponent));
		}
	};
	collect(e, new Fraction(1));
	const factors = [...powers]
		.filter(([, exponent]) => exponent.n !== 0n)
		.map(([text, exponent]) =>
			exponent.equals(1) ? text : `${text}^${exponent.toFraction()}`,
		)
		.sort();
	if (!number.equals(1) || factors.length === 0)
		factors.unshift(number.toFraction());
	return factors.length === 1 ? factors[0] : `[${factors.join(" ")}]`;
}

/** A sum by the depth of its index; a sign or number in front of it moves into it. */
function binder(e, names) {
	const inside = new Map(names).set(e.index, `$${names.size}`);
	const { index: _name, body, ...rest } = e;
	const bounds = JSON.stringify(rest, replacer(names));
	return `${e.kind}{${bounds} ${canonical(body, inside)}}`;
}

function node(e, names) {
	const parts = [];
	if (e.kind === "num") return e.value.toFraction();
	if (e.kind === "index") return names.get(e.name) ?? e.name;
	const bare = mapChildren(e, (child) => {
		parts.push(canonical(child, names));
		return { kind: "num", value: new Fraction(0) };
	});
	return `${JSON.stringify(bare, replacer(names))}<${parts.join(", ")}>`;
}

function replacer(names) {
	return (_key, value) => {
		if (typeof value === "bigint") return value.toString();
		if (value?.kind === "index" && names.has(value.name))
			return names.get(value.name);
		return value;
	};
}
