import type { Form } from "../../algebra/form.js";
import { pow } from "../../expr/build.js";
import type { Expr } from "../../expr/tree.js";
import { some, visit } from "../../expr/walk.js";
import { textOf } from "./tree.js";

/** By what left side and residual a missing term is known for more than that. */

/** The variable by which the left side is a derivative; null if it is none. */
export function variableOf(left: Expr): string | null {
	return left.kind === "derivative" ? left.by.name : null;
}

/** The derivative of a product of which more than one factor depends on the variable. */
export function isOfProductRule(left: Expr): boolean {
	if (left.kind !== "derivative" || left.body.kind !== "mul") return false;
	const { body, by } = left;
	const depends = (f: Expr) =>
		some(f, (e) => e.kind === "symbol" && e.name === by.name);
	return body.factors.filter(depends).length > 1;
}

/** ±2ab beside (a ± b)² or (a ± b)ᵀ(a ± b). */
export function isCrossTerm(residual: Form, left: Expr): boolean {
	const [term, ...more] = residual.terms.values();
	if (!term || more.length > 0) return false;
	const isProduct = term.factors.length > 0;
	return isProduct && term.coefficient.n % 2n === 0n && some(left, isSquare);
}

/** (a + b)², or (a + b)ᵀ(a + b). */
function isSquare(e: Expr): boolean {
	if (e.kind === "pow") return e.base.kind === "add" && isTwo(e.exponent);
	if (e.kind !== "matmul") return false;
	const { left, right } = e;
	const first = left.kind === "transpose" ? left.of : left;
	return right.kind === "add" && textOf(first) === textOf(right);
}

function isTwo(e: Expr): boolean {
	return e.kind === "num" && e.value.equals(2);
}

/** Each E[x²] or E[xᵀx] in a tree, with the square of the mean beside it. */
export function squaredMeans(tree: Expr): [Expr, Expr][] {
	const found: [Expr, Expr][] = [];
	visit(tree, (e) => {
		if (e.kind !== "expectation") return;
		const { body } = e;
		if (body.kind === "pow" && isTwo(body.exponent))
			found.push([e, pow({ ...e, body: body.base }, 2)]);
		else if (body.kind === "matmul" && body.left.kind === "transpose") {
			const parts = {
				...body,
				left: { ...e, body: body.left },
				right: { ...e, body: body.right },
			};
			found.push([e, parts]);
		}
	});
	return found;
}
