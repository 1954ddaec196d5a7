import type { Context } from "../context.js";
import type { Bound, Expr, Factor } from "../tree.js";
import { freeIndices } from "../walk.js";
import { lettersInLatex } from "./letters.js";

/**
 * A tree as LaTeX that reads back as the same tree: brackets wherever the reading conventions could take another turn,
 * sums and functions last in a product.
 */
export function toLatex(e: Expr, context: Context): string {
	return new Printer(context).print(e, 0);
}

/** Binding strengths; a part that is weaker than its place gets brackets. */
const sumStrength = 1;
const productStrength = 2;
const powerStrength = 3;
const atomStrength = 4;

const functionNames: Readonly<Record<string, string>> = {
	log: "\\log",
	exp: "\\exp",
	gamma: "\\Gamma",
	lgamma: "\\log\\Gamma",
	digamma: "\\psi",
	trigamma: "\\psi_1",
	abs: "\\operatorname{abs}",
	step: "\\operatorname{step}",
	sigmoid: "\\operatorname{sigmoid}",
};

const distributionNames: Readonly<Record<string, string>> = {
	Normal: "\\mathcal N",
	Categorical: "\\mathrm{Cat}",
};

class Printer {
	constructor(private readonly context: Context) {}

	print(e: Expr, place: number): string {
		const [written, own] = this.render(e);
		return own < place ? `\\left(${written}\\right)` : written;
	}

	private render(e: Expr): readonly [string, number] {
		switch (e.kind) {
			case "num":
				return fraction(e.value.n, e.value.d, e.value.s < 0n);
			case "constant":
				return [constants[e.name], atomStrength];
			case "size":
				return [e.name, atomStrength];
			case "index":
				return [indexName(e.name), atomStrength];
			case "symbol":
				return [this.subscripted(this.name(e.name), e.indices), atomStrength];
			case "add":
				return [this.sum(e.terms), sumStrength];
			case "mul":
				return this.product(e.factors);
			case "matmul":
				return [
					`${this.print(e.left, productStrength)} ${this.print(e.right, powerStrength)}`,
					productStrength,
				];
			case "pow":
				return this.power(e.base, e.exponent);
			case "transpose":
				return [`${this.print(e.of, atomStrength)}^\\top`, powerStrength];
			case "inverse":
				return [`${this.print(e.of, atomStrength)}^{-1}`, powerStrength];
			case "sum":
			case "product":
				return [this.big(e), productStrength];
			case "maximum":
				return [
					`\\max_{${indexName(e.index)}} ${this.print(e.body, productStrength)}`,
					productStrength,
				];
			case "derivative":
				return [this.derivative(e), productStrength];
			case "integral":
				return [this.integral(e), productStrength];
			case "evaluation":
				return [
					`\\left. ${this.print(e.body, 0)} \\right|_{${this.print(e.symbol, 0)} = ${this.print(e.value, 0)}}`,
					productStrength,
				];
			default:
				return [this.atom(e), atomStrength];
		}
	}

	private atom(e: Atom): string {
		switch (e.kind) {
			case "apply":
				return `${functionNames[e.fn]}\\left(${this.print(e.argument, 0)}\\right)`;
			case "determinant":
				return `\\det\\left(${this.print(e.of, 0)}\\right)`;
			case "trace":
				return `\\operatorname{tr}\\left(${this.print(e.of, 0)}\\right)`;
			case "diagonal":
				return `\\operatorname{diag}\\left(${this.print(e.of, 0)}\\right)`;
			case "identity":
				return `I_{${e.size}}`;
			case "tabulate":
				return this.column(e);
			case "entry":
				return this.subscripted(`\\left(${this.print(e.of, 0)}\\right)`, e.at);
			case "indicator":
				return `\\mathbb{1}[${this.print(e.left, 0)} ${comparisons[e.comparison]} ${this.print(e.right, 0)}]`;
			case "pdf":
				return `${distributionName(e.distribution)}\\left(${this.print(e.of, 0)} \\mid ${this.list(Object.values(e.parameters))}\\right)`;
			case "expectation":
				return `\\mathbb{E}_{${this.law(e.over)}}\\left[${this.print(e.body, 0)}\\right]`;
			case "table": {
				const given = e.given.length > 0 ? ` \\mid ${this.list(e.given)}` : "";
				return `${tableInLatex(e.name)}(${this.list(e.of)}${given})`;
			}
		}
	}

	private sum(terms: readonly Expr[]): string {
		const parts = terms.map((t) => this.print(t, productStrength));
		return parts.reduce((sum, t) =>
			t.startsWith("-") ? `${sum} - ${t.slice(1)}` : `${sum} + ${t}`,
		);
	}

	/** Positive powers above and negative ones below a fraction line; what reaches on to the right stands last. */
	private product(factors: readonly Expr[]): readonly [string, number] {
		const above: Expr[] = [];
		const below: Expr[] = [];
		let sign = "";
		for (const f of factors) {
			const inverted = reciprocal(f);
			if (f.kind === "num" && f.value.s < 0n) sign = sign ? "" : "-";
			if (f.kind === "num") {
				if (f.value.n !== 1n) above.push(magnitude(f, f.value.n));
				if (f.value.d !== 1n) below.push(magnitude(f, f.value.d));
			} else if (inverted) below.push(inverted);
			else above.push(f);
		}
		if (below.length === 0)
			return [sign + this.juxtaposed(above), productStrength];
		const numerator = above.filter(standsAbove);
		const behind = above.filter((f) => !standsAbove(f));
		const line = `${sign}\\frac{${this.juxtaposed(numerator)}}{${this.juxtaposed(below)}}`;
		if (behind.length === 0) return [line, productStrength];
		return [`${line} ${this.juxtaposed(behind)}`, productStrength];
	}

	private juxtaposed(factors: readonly Expr[]): string {
		if (factors.length === 0) return "1";
		const reaching = factors.filter(reachesOn);
		const ordered = [...factors.filter((f) => !reachesOn(f)), ...reaching];
		const [only] = ordered;
		if (only && ordered.length === 1) return this.print(only, productStrength);
		return ordered
			.map((f, i) =>
				this.print(
					f,
					reachesOn(f) && i < ordered.length - 1
						? atomStrength
						: powerStrength - (i === ordered.length - 1 ? 1 : 0),
				),
			)
			.reduce((left, right) =>
				/\d$/.test(left) && /^\d/.test(right)
					? `${left} \\cdot ${right}`
					: `${left} ${right}`,
			);
	}

	private power(base: Expr, exponent: Expr): readonly [string, number] {
		if (exponent.kind === "num" && exponent.value.equals("1/2"))
			return [`\\sqrt{${this.print(base, 0)}}`, atomStrength];
		if (exponent.kind === "num" && exponent.value.equals(-1))
			return [`\\frac{1}{${this.print(base, 0)}}`, productStrength];
		const isCall = base.kind === "apply" || base.kind === "pow";
		const written = isCall
			? `\\left(${this.print(base, 0)}\\right)`
			: this.print(base, atomStrength);
		return [`${written}^{${this.print(exponent, 0)}}`, powerStrength];
	}

	private big(e: Extract<Expr, { kind: "sum" | "product" }>): string {
		const sign = e.kind === "sum" ? "\\sum" : "\\prod";
		const index = indexName(e.index);
		const isWhole =
			this.print(e.lower, 0) === "1" &&
			this.print(e.upper, 0) === String(e.range);
		const except = e.except.map((x) => `${index} \\ne ${this.print(x, 0)}`);
		const under =
			isWhole && except.length > 0
				? except.join(", ")
				: [`${index}=${this.print(e.lower, 0)}`, ...except].join(", ");
		const over =
			isWhole && except.length > 0 ? "" : `^{${this.print(e.upper, 0)}}`;
		return `${sign}_{${under}}${over} ${this.print(e.body, productStrength)}`;
	}

	private derivative(e: Extract<Expr, { kind: "derivative" }>): string {
		const by = this.print(e.by, 0);
		const body = `\\left(${this.print(e.body, 0)}\\right)`;
		return e.order === 1
			? `\\frac{\\partial}{\\partial ${by}} ${body}`
			: `\\frac{\\partial^2}{\\partial ${by}^2} ${body}`;
	}

	private integral(e: Extract<Expr, { kind: "integral" }>): string {
		const variable = this.instance(e.variable, e.only, e.except);
		if (e.domain.kind === "counts" && e.domain.upTo === null)
			return `\\sum_{${variable}=0}^{\\infty} ${this.print(e.body, productStrength)}`;
		const counts =
			e.domain.kind === "labels" ||
			(e.domain.kind === "unnamed" && e.domain.counting);
		if (counts)
			return `\\sum_{${variable}} ${this.print(e.body, productStrength)}`;
		return `\\int ${this.print(e.body, productStrength)} \\, d${variable}`;
	}

	private law(over: readonly Bound[]): string {
		const whole = over.every((b) => !b.only && !b.except);
		const family = this.context.family?.factors ?? [];
		if (
			whole &&
			over.length === family.length &&
			over.every((b) => isFactorOf(family, b.factor))
		)
			return "q";
		return over
			.map((b) => this.bound(b, isFactorOf(family, b.factor)))
			.join(over.every((b) => isFactorOf(family, b.factor)) ? " " : ", ");
	}

	private bound({ factor, only, except }: Bound, isOfFamily: boolean): string {
		const variable = this.instance(factor.variable, only, except);
		if (isOfFamily) return `q(${variable})`;
		return `${variable} \\sim ${distributionName(factor.distribution)}(${this.list(Object.values(factor.parameters))})`;
	}

	private instance(
		variable: string,
		only: readonly Expr[] | null,
		except: readonly Expr[] | null,
	): string {
		const name = this.name(variable);
		if (only) return this.subscripted(name, only);
		return except ? `${name}_{-${this.list(except)}}` : name;
	}

	/** A constant column, such as `0` or `(1/K, …, 1/K)`. */
	private column(e: Extract<Expr, { kind: "tabulate" }>): string {
		if (e.body.kind === "num" && e.body.value.equals(0)) return "0";
		const body = this.print(e.body, 0);
		if (e.body.kind === "num" && e.body.value.equals(1))
			return `\\mathbf{1}_{${e.size}}`;
		if (!freeIndices(e.body).has(e.index)) return `(${body}, \\dots, ${body})`;
		if (e.body.kind === "indicator") {
			const { left, right } = e.body;
			return left.kind === "index" && left.name === e.index
				? `e_{${this.print(right, 0)}}`
				: this.print(left, 0);
		}
		return `\\left(${body}\\right)_{${indexName(e.index)}}`;
	}

	private list(trees: readonly Expr[]): string {
		return trees.map((t) => this.print(t, 0)).join(", ");
	}

	private name(name: string): string {
		return (
			this.context.symbols.get(name)?.latex ??
			(name.length > 1 ? `\\mathrm{${name}}` : name)
		);
	}

	private subscripted(name: string, indices: readonly Expr[]): string {
		if (indices.length === 0) return name;
		return `${name}_{${indices.map((i) => this.print(i, 0)).join(",")}}`;
	}
}

type Atom = Extract<
	Expr,
	{
		kind:
			| "apply"
			| "determinant"
			| "trace"
			| "diagonal"
			| "identity"
			| "tabulate"
			| "entry"
			| "indicator"
			| "pdf"
			| "expectation"
			| "table";
	}
>;

const constants = {
	pi: "\\pi",
	eulerGamma: "\\gamma",
	infinity: "\\infty",
} as const;

const comparisons = { "=": "=", "≠": "\\ne", "<": "<", "≤": "\\le" } as const;

function fraction(
	n: bigint,
	d: bigint,
	negative: boolean,
): readonly [string, number] {
	const written = d === 1n ? String(n) : `\\frac{${n}}{${d}}`;
	if (negative) return [`-${written}`, productStrength];
	return [written, d === 1n ? atomStrength : powerStrength];
}

function magnitude(like: Extract<Expr, { kind: "num" }>, value: bigint): Expr {
	return { kind: "num", value: like.value.mul(0).add(value) };
}

/** Short factors go above a fraction line; sums, vectors and what reaches on stand behind it. */
function standsAbove(f: Expr): boolean {
	const short = ["num", "constant", "size", "index", "pow", "pdf", "table"];
	return (
		short.includes(f.kind) || (f.kind === "symbol" && f.shape.length === 0)
	);
}

/** x^a of a factor x^{−a}, else null. */
function reciprocal(f: Expr): Expr | null {
	if (f.kind !== "pow" || f.exponent.kind !== "num" || f.exponent.value.s >= 0n)
		return null;
	const exponent = f.exponent.value.neg();
	return exponent.equals(1)
		? f.base
		: { ...f, exponent: { kind: "num", value: exponent } };
}

/** Σ, Π, ∫ and ∂ reach over the factors behind them. */
function reachesOn(e: Expr): boolean {
	return (
		e.kind === "sum" ||
		e.kind === "product" ||
		e.kind === "maximum" ||
		e.kind === "integral" ||
		e.kind === "derivative"
	);
}

function isFactorOf(family: readonly Factor[], factor: Factor): boolean {
	return family.some(
		(f) =>
			f.variable === factor.variable && f.distribution === factor.distribution,
	);
}

function distributionName(name: string): string {
	return distributionNames[name] ?? `\\mathrm{${name}}`;
}

/** A renamed index `k#2` as k′. */
function indexName(name: string): string {
	const [base, copy] = name.split("#");
	return copy ? `${base}'` : name;
}

/** The letter of an unnamed density with what decorates it: `q_{\\phi}`. */
function tableInLatex(name: string): string {
	const [letter, ...subscripts] = name.split("_");
	return subscripts.length === 0
		? name
		: `${letter}_{${subscripts.map(lettersInLatex).join(", ")}}`;
}
