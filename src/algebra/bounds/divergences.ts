import { index } from "../../expr/build.js";
import type { Bound, Expr, Pdf, Sym } from "../../expr/tree.js";
import { sameTree, some, substituteIndices } from "../../expr/walk.js";
import type { Addend } from "./addends.js";
import type { TreeRule } from "./trees.js";

/**
 * E_q[log q(z) − log p(z)] ≥ 0 where q is the law of z and p any density of it: Gibbs' inequality. Cover and Thomas, Elements of
 * Information Theory (2006), theorem 2.6.3.
 */
export const divergences: TreeRule = (_env, addends) => {
	const left = [...addends];
	for (const a of addends) {
		const own = logDensity(a);
		if (!own || a.coefficient.s < 0n || !isLaw(own)) continue;
		const other = left.find((b) => {
			const p = logDensity(b);
			return (
				p && b.coefficient.equals(a.coefficient.neg()) && isOfTheSame(own, p)
			);
		});
		if (!other) continue;
		left.splice(left.indexOf(other), 1);
		left.splice(left.indexOf(a), 1);
	}
	return left.length < addends.length ? left : null;
};

/** E[Σ … log density], with the sums that stand between. */
interface LogDensity {
	readonly over: readonly Bound[];
	readonly sums: readonly Extract<Expr, { kind: "sum" }>[];
	readonly pdf: Pdf;
}

function logDensity({ tree }: Addend): LogDensity | null {
	if (tree.kind !== "expectation") return null;
	const sums: Extract<Expr, { kind: "sum" }>[] = [];
	let inner = tree.body;
	while (inner.kind === "sum") {
		sums.push(inner);
		inner = inner.body;
	}
	return inner.kind === "apply" &&
		inner.fn === "log" &&
		inner.argument.kind === "pdf"
		? { over: tree.over, sums, pdf: inner.argument }
		: null;
}

/** Whether the density is the one that its variable is drawn from here. */
function isLaw({ over, pdf }: LogDensity): boolean {
	const variable = pdf.of;
	if (variable.kind !== "symbol") return false;
	const bound = over.find((b) => b.factor.variable === variable.name);
	if (!bound || bound.except) return false;
	if (bound.only && !sameAt(bound.only, variable.indices)) return false;
	const { plates, distribution, parameters } = bound.factor;
	if (plates.length !== variable.indices.length) return false;
	const at = new Map(
		plates.map((p, i) => [p.index, variable.indices[i] as Expr]),
	);
	const names = Object.keys(parameters);
	return (
		distribution === pdf.distribution &&
		names.length === Object.keys(pdf.parameters).length &&
		names.every((name) => {
			const own = substituteIndices(parameters[name] as Expr, at);
			const given = pdf.parameters[name];
			return given !== undefined && sameTree(own, given);
		})
	);
}

function sameAt(a: readonly Expr[], b: readonly Expr[]): boolean {
	return (
		a.length === 0 ||
		(a.length === b.length && a.every((x, i) => sameTree(x, b[i] as Expr)))
	);
}

/** Whether another density is one of the same variable under the same sums, given nothing that depends on it. */
function isOfTheSame(own: LogDensity, other: LogDensity): boolean {
	if (own.sums.length !== other.sums.length) return false;
	const names = new Map(
		other.sums.map((s, i) => [s.index, index(own.sums[i]?.index ?? s.index)]),
	);
	const isAlike = own.sums.every((s, i) => {
		const t = other.sums[i] as typeof s;
		return (
			s.range === t.range &&
			sameTree(s.lower, t.lower) &&
			sameTree(s.upper, t.upper) &&
			s.except.length === 0 &&
			t.except.length === 0
		);
	});
	const renamed = substituteIndices(other.pdf, names);
	const { name } = own.pdf.of as Sym;
	return (
		isAlike &&
		renamed.kind === "pdf" &&
		sameTree(renamed.of, own.pdf.of) &&
		sameLaws(own.over, other.over) &&
		!Object.values(renamed.parameters).some((p) =>
			some(p, (x) => x.kind === "symbol" && x.name === name),
		)
	);
}

/** Whether two expectations draw every variable that both bind from one law. */
function sameLaws(a: readonly Bound[], b: readonly Bound[]): boolean {
	const text = (over: readonly Bound[]) =>
		JSON.stringify(over, (_key, v) => (typeof v === "bigint" ? `${v}` : v));
	return text(a) === text(b);
}
