import type { Dim, Expr, Factor, Plate } from "../tree.js";

/**
 * A tree as one line of plain text, for `explain` and for tests: `Σ_{k=1}^{K} φ[i,k] log φ[i,k]` is
 * `sum(k=1..K, phi[i,k]*log(phi[i,k]))`. What binds tighter than its place needs no brackets.
 */
export function toText(e: Expr): string {
	return text(e, 0);
}

/** Binding strengths: a part that is weaker than its place gets brackets. */
const strength = { sum: 1, product: 2, sign: 2, power: 3, atom: 4 } as const;

function text(e: Expr, place: number): string {
	const [written, own] = render(e);
	return own < place ? `(${written})` : written;
}

function render(e: Expr): readonly [string, number] {
	switch (e.kind) {
		case "num":
			return number(e.value.toFraction());
		case "constant":
			return [e.name, strength.atom];
		case "size":
		case "index":
			return [e.name, strength.atom];
		case "symbol":
			return [e.name + subscripts(e.indices), strength.atom];
		case "add":
			return [sumOf(e.terms), strength.sum];
		case "mul":
			return productOf(e.factors);
		case "matmul":
			return [
				`${text(e.left, strength.product)} @ ${text(e.right, strength.power)}`,
				strength.product,
			];
		case "pow":
			return [
				`${text(e.base, strength.atom)}^${text(e.exponent, strength.atom)}`,
				strength.power,
			];
		case "transpose":
			return [`${text(e.of, strength.atom)}'`, strength.atom];
		case "entry":
			return [text(e.of, strength.atom) + subscripts(e.at), strength.atom];
		case "indicator":
			return [
				`[${text(e.left, 0)} ${e.comparison} ${text(e.right, 0)}]`,
				strength.atom,
			];
		default:
			return [call(e), strength.atom];
	}
}

function number(fraction: string): readonly [string, number] {
	if (fraction.startsWith("-")) return [fraction, strength.sign];
	return [fraction, fraction.includes("/") ? strength.product : strength.atom];
}

function sumOf(terms: readonly Expr[]): string {
	const parts = terms.map((t) => text(t, strength.product));
	return parts.reduce((sum, t) =>
		t.startsWith("-") ? `${sum} - ${t.slice(1)}` : `${sum} + ${t}`,
	);
}

/** Factors in order, those with a negative power below a slash. */
function productOf(factors: readonly Expr[]): readonly [string, number] {
	const [first, ...rest] = factors;
	const isMinus =
		first?.kind === "num" && first.value.equals(-1) && rest.length > 0;
	const written = (isMinus ? rest : factors)
		.map((f) => text(f, strength.power))
		.join("*");
	return [isMinus ? `-${written}` : written, strength.product];
}

type Called = Exclude<
	Expr,
	{
		kind:
			| "num"
			| "constant"
			| "size"
			| "index"
			| "symbol"
			| "add"
			| "mul"
			| "matmul"
			| "pow"
			| "transpose"
			| "entry"
			| "indicator";
	}
>;

function call(e: Called): string {
	switch (e.kind) {
		case "apply":
			return `${e.fn}(${toText(e.argument)})`;
		case "inverse":
			return `inv(${toText(e.of)})`;
		case "determinant":
			return `det(${toText(e.of)})`;
		case "trace":
			return `tr(${toText(e.of)})`;
		case "diagonal":
			return `diag(${toText(e.of)})`;
		case "identity":
			return `I_${e.size}`;
		case "tabulate":
			return `vec(${e.index}=1..${e.size}, ${toText(e.body)})`;
		case "sum":
		case "product":
			return `${e.kind === "sum" ? "sum" : "prod"}(${range(e)}, ${toText(e.body)})`;
		case "maximum":
			return `max(${e.index}=1..${e.range}, ${toText(e.body)})`;
		case "pdf":
			return `${e.distribution}(${toText(e.of)} | ${parameters(e.parameters)})`;
		case "expectation":
			return `E{${e.over.map((b) => bound(b.factor, b.only, b.except)).join("; ")}}[${toText(e.body)}]`;
		case "integral":
			return `int{${e.variable}${instance(e.plates, e.only, e.except)}${domain(e.domain)}}(${toText(e.body)})`;
		case "derivative":
			return `d${e.order === 2 ? "2" : ""}/d${toText(e.by)}(${toText(e.body)})`;
		case "evaluation":
			return `at(${toText(e.symbol)} = ${toText(e.value)}, ${toText(e.body)})`;
		case "table":
			return `${e.name}(${list(e.of)}${e.given.length > 0 ? ` | ${list(e.given)}` : ""})`;
	}
}

function range(e: Extract<Expr, { kind: "sum" | "product" }>): string {
	const except = e.except.map((x) => `, ${e.index}!=${toText(x)}`).join("");
	return `${e.index}=${toText(e.lower)}..${toText(e.upper)}${except}`;
}

function bound(
	factor: Factor,
	only: readonly Expr[] | null,
	except: readonly Expr[] | null,
): string {
	return `${factor.variable}${instance(factor.plates, only, except)} ~ ${factor.distribution}(${parameters(factor.parameters)})`;
}

/** `[k]` for one, nothing for all, `[!=k]` for all but one. */
function instance(
	plates: readonly Plate[],
	only: readonly Expr[] | null,
	except: readonly Expr[] | null,
): string {
	if (only) return subscripts(only);
	if (except) return `[!=${list(except)}]`;
	return plates.length > 0
		? `[${plates.map((p) => `${p.index}=1..${p.size}`).join(",")}]`
		: "";
}

function domain(d: Extract<Expr, { kind: "integral" }>["domain"]): string {
	switch (d.kind) {
		case "real":
			return d.shape.length > 0 ? ` in R^${shape(d.shape)}` : " in R";
		case "positive":
			return " > 0";
		case "unit":
			return " in 0..1";
		case "labels":
			return ` in 1..${d.size}`;
		case "unnamed":
			return d.counting ? " counted" : "";
		default:
			return ` in ${(d as { kind: string }).kind}`;
	}
}

function shape(dims: readonly Dim[]): string {
	return dims.join("x");
}

function parameters(record: Readonly<Record<string, Expr>>): string {
	return list(Object.values(record));
}

function list(trees: readonly Expr[]): string {
	return trees.map(toText).join(", ");
}

function subscripts(indices: readonly Expr[]): string {
	return indices.length > 0 ? `[${indices.map(toText).join(",")}]` : "";
}
