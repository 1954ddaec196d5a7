import type {
	Chain,
	DisplayReading,
	Surface,
	SurfaceName,
} from "../../src/latex/surface.js";

const styles: Readonly<Record<SurfaceName["style"], string>> = {
	plain: "",
	bold: "bold:",
	cal: "cal:",
	bb: "bb:",
	upright: "up:",
	sans: "sans:",
	frak: "frak:",
};

/** A surface tree as a compact S-expression: `(* 1/2 (^ x_[i] 2))`. */
export function print(s: Surface): string {
	switch (s.kind) {
		case "number":
			return s.text;
		case "name":
			return printName(s);
		case "sum":
			return `(+${s.terms.map((t) => ` ${t.sign < 0 ? "-" : ""}${print(t.term)}`).join("")})`;
		case "product": {
			const dotted = new Set(s.dots ?? []);
			return `(*${s.factors.map((f, i) => `${i > 0 && dotted.has(i - 1) ? " ." : ""} ${print(f)}`).join("")})`;
		}
		case "entry":
			return `(entry ${[s.of, ...s.at].map(print).join(" ")})`;
		case "fraction":
			return `(/ ${print(s.numerator)} ${print(s.denominator)})`;
		case "power":
			return `(^ ${print(s.base)} ${print(s.exponent)})`;
		case "transposed":
			return `(T ${print(s.of)})`;
		case "primed":
			return `(${"'".repeat(s.count)} ${print(s.of)})`;
		case "call":
			return `(call ${printName(s.function)}${list(s.arguments)}${s.given.length > 0 ? ` |${list(s.given)}` : ""}${s.parameters.length > 0 ? ` ;${list(s.parameters)}` : ""})`;
		case "expectation":
			return `(${s.operator}${s.law ? ` @${print(s.law)}` : ""}${list(s.arguments)}${s.given.length > 0 ? ` |${list(s.given)}` : ""})`;
		case "big":
			return `(${s.operator} ${printName(s.index)} ${s.lower ? print(s.lower) : "_"}..${s.upper ? print(s.upper) : "_"}${list(s.conditions)} : ${print(s.body)})`;
		case "integral":
			return `(int [${s.measures.map(print).join(" ")}]${s.lower || s.upper ? ` ${s.lower ? print(s.lower) : "_"}..${s.upper ? print(s.upper) : "_"}` : ""} ${print(s.body)})`;
		case "bars":
			return `(${s.double ? "norm" : "bars"} ${print(s.of)})`;
		case "indicator":
			return `(ind ${print(s.condition)})`;
		case "derivative":
			return `(d${s.order > 1 ? s.order : ""}/d ${print(s.by)} ${print(s.of)})`;
		case "evaluation":
			return `(at ${print(s.of)}${list(s.at)})`;
		case "relation":
			return `(${s.relation} ${print(s.left)} ${print(s.right)})`;
		case "tuple":
			return `(tuple${list(s.items)})`;
		case "matrix":
			return `(matrix ${s.rows.map((row) => `[${row.map(print).join(" ")}]`).join(" ")})`;
		case "cases":
			return `(cases${s.rows.map((row) => ` [${print(row.value)} ${row.condition ? print(row.condition) : "otherwise"}]`).join("")})`;
		case "dots":
			return "...";
		case "const":
			return s.variable ? `(const ${print(s.variable)})` : "const";
	}
}

function list(items: readonly Surface[]): string {
	return items.map((item) => ` ${print(item)}`).join("");
}

function printName(n: SurfaceName): string {
	const accents = n.accents.map((a) => `${a}:`).join("");
	const subscripts =
		n.subscripts.length > 0 ? `_[${n.subscripts.map(print).join(" ")}]` : "";
	const labels = n.labels.map((l) => `^${l}`).join("");
	return `${accents}${styles[n.style]}${n.name || "?"}${subscripts}${labels}`;
}

/** A chain: sides with the relations between them, then what stands beside it. */
export function printChain(chain: Chain): string {
	const links = chain.links.map(
		(l) => `${l.relation ? `${l.relation.kind} ` : ""}${print(l.side)}`,
	);
	const beside = [
		...chain.ranges.map(
			(r) => `range ${r.index} ${r.from ? `${r.from}..` : ""}${print(r.upper)}`,
		),
		...chain.distinct.map(([a, b]) => `distinct ${a} ${b}`),
		...(chain.withRespectTo ? [`wrt ${print(chain.withRespectTo)}`] : []),
		...chain.labels.map((l) => `label ${l}`),
	];
	return [
		chain.continues ? "…" : "",
		...links,
		...beside.map((b) => `{${b}}`),
		chain.broken ? "{broken}" : "",
	]
		.filter((s) => s !== "")
		.join(" ");
}

/** A whole reading; problems as `!message`. */
export function printReading(reading: DisplayReading): string {
	return [
		...reading.chains.map(printChain),
		...reading.problems.map((p) => `!${p.message}`),
	].join(" // ");
}
