import { exp, index, mul, one, product, size } from "../expr/build.js";
import type { BigProduct, Expr, Index, Integral, Sym } from "../expr/tree.js";
import {
	freshName,
	sameTree,
	some,
	substituteIndices,
	visit,
} from "../expr/walk.js";

/**
 * ∫ Π_i f_i(x_i) dx = Π_i ∫ f_i(x_i) dx_i over all of the x_i, and Σ Π = Π Σ for labels: the distributive law, and Fubini's
 * theorem. Null unless all that mentions the variable are products over its plates, each factor of which mentions one x_i.
 */
export function separated(e: Integral): Expr | null {
	if (e.plates.length === 0 || e.only || e.except) return null;
	const at = e.plates.map((p) => index(freshName(p.index)));
	const factors = e.body.kind === "mul" ? e.body.factors : [e.body];
	const fixed: Expr[] = [];
	const single: Expr[] = [];
	for (const f of factors) {
		if (!some(f, (x) => isVariable(x, e))) {
			fixed.push(f);
			continue;
		}
		const alone = factorAt(f, e, at);
		if (!alone) return null;
		single.push(alone);
	}
	if (single.length === 0) return null;
	const overOne: Integral = { ...e, only: at, body: mul(...single) };
	const whole = e.plates.reduceRight<Expr>(
		(body, plate, i) => product((at[i] as Index).name, plate.size, body),
		overOne,
	);
	return mul(...fixed, whole);
}

/**
 * Σ_c ∫ f dx as ∫ Σ_c f dx, where the sum is one over many labels, which then may fall apart: a finite sum goes under any
 * integral. Null for all else.
 */
export function sumInside(e: Integral): Integral | null {
	if (e.domain.kind !== "labels" || e.plates.length === 0) return null;
	const inner = e.body;
	if (inner.kind !== "integral" || inner.domain.kind === "labels") return null;
	const places = [...(inner.only ?? []), ...(inner.except ?? [])];
	if (places.some((at) => some(at, (x) => isVariable(x, e)))) return null;
	return { ...inner, body: { ...e, body: inner.body } };
}

function isVariable(x: Expr, { variable }: Integral): x is Sym {
	return x.kind === "symbol" && x.name === variable;
}

/** The factor at one place of a product over all plates; null if it is none, or if it mentions the variable elsewhere. */
function factorAt(f: Expr, e: Integral, at: readonly Index[]): Expr | null {
	const products: BigProduct[] = [];
	let body = f;
	while (products.length < at.length) {
		const outer = asProduct(body);
		if (!outer) break;
		products.push(outer);
		body = outer.body;
	}
	if (products.length < at.length || !products.every(isOverAll)) return null;
	const used: Sym[] = [];
	visit(body, (x) => {
		if (isVariable(x, e)) used.push(x);
	});
	const [first] = used;
	if (
		!first ||
		used.some((x) => !sameTree({ ...x, shape: first.shape }, first))
	)
		return null;
	const places = new Map<string, Expr>();
	for (const [i, plate] of e.plates.entries()) {
		const name = nameOf(first.indices[i]);
		const over = products.find((p) => p.index === name);
		if (over?.range !== plate.size) return null;
		places.set(over.index, at[i] as Index);
	}
	return places.size === products.length
		? substituteIndices(body, places)
		: null;
}

/** A product over an index as it stands, or as the exponential of a sum, which may be multiplied by what is fixed. */
function asProduct(e: Expr): BigProduct | null {
	if (e.kind === "product") return e;
	if (e.kind !== "apply" || e.fn !== "exp") return null;
	const factors = e.argument.kind === "mul" ? e.argument.factors : [e.argument];
	const total = factors.find((f) => f.kind === "sum");
	if (total?.kind !== "sum") return null;
	const body = mul(...factors.map((f) => (f === total ? total.body : f)));
	return { ...total, kind: "product", body: exp(body) };
}

function isOverAll({ lower, upper, range, except }: BigProduct): boolean {
	return (
		except.length === 0 && sameTree(lower, one) && sameTree(upper, size(range))
	);
}

function nameOf(e: Expr | undefined): string | null {
	return e?.kind === "index" ? e.name : null;
}
