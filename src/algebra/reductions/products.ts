import { type Environment, freshIndex } from "../environment.js";
import type { Factor, Form } from "../form.js";
import { nestedForms } from "../nestedForms.js";
import { type Reduction, without } from "./reduction.js";

type ProductFactor = Factor & {
	readonly atom: Extract<Factor["atom"], { kind: "product" }>;
};

/** Π_n f(c_n) Π_n g(c_n) = Π_n f(c_n) g(c_n), for sums over the values of one and the same label. */
export const productsOverLabels: Reduction = (
	env,
	{ coefficient, factors, bound },
	kit,
) => {
	const products = bound.length === 0 ? factors.filter(isProduct) : [];
	for (let i = 0; i < products.length; i++)
		for (let j = i + 1; j < products.length; j++) {
			const [a, b] = [
				products[i] as ProductFactor,
				products[j] as ProductFactor,
			];
			if (!areOfOneLabel(env, a, b)) continue;
			env.rules.add("products over the values of a label");
			const n = freshIndex(env, a.atom.range);
			const [left, right] = [a.atom, b.atom].map((atom) =>
				kit.substitute(env, atom.body, new Map([[atom.index, n]])),
			) as [Form, Form];
			const merged = env.functions.bigProduct(
				env,
				n,
				a.atom.range,
				kit.times(env, left, right),
			);
			const rest = kit.product(env, coefficient, without(factors, a, b), []);
			return kit.times(env, rest, merged);
		}
	return null;
};

function isProduct(f: Factor): f is ProductFactor {
	return f.atom.kind === "product" && f.exponent.equals(1);
}

/** Whether both bodies are one sum, and have a one-hot vector in common. */
function areOfOneLabel(
	env: Environment,
	a: ProductFactor,
	b: ProductFactor,
): boolean {
	if (a.atom.range !== b.atom.range) return false;
	if (a.atom.body.terms.size !== 1 || b.atom.body.terms.size !== 1)
		return false;
	const names = labelsIn(env, a.atom.body);
	return [...labelsIn(env, b.atom.body)].some((name) => names.has(name));
}

function labelsIn(env: Environment, form: Form): ReadonlySet<string> {
	const found = new Set<string>();
	for (const { factors } of form.terms.values())
		for (const { atom } of factors) {
			const isOneHot =
				atom.kind === "hot" ||
				(atom.kind === "symbol" &&
					env.context.symbols.get(atom.name)?.type === "onehot");
			if (isOneHot) found.add(atom.name);
			for (const inner of nestedForms(atom))
				for (const name of labelsIn(env, inner)) found.add(name);
		}
	return found;
}
