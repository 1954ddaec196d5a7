/** Trees as Python source, for the third oracle. Trees with integrals, derivatives or unnamed densities have none. */

export class NoPython extends Error {}

const names = (list) => `[${list.join(", ")}]`;
const dim = (d) =>
	typeof d === "number" ? String(d) : `S(${JSON.stringify(d)})`;
/** A variable of Python; `QQ` stands for the # of names that the reader made. */
const local = (name) =>
	`i_${name.replace("#", "QQ").replace(/[^A-Za-z0-9]/g, "_")}`;

/** @param bound names of the indices that are bound around the tree */
export function toPython(e, bound = new Set()) {
	const p = (x) => toPython(x, bound);
	switch (e.kind) {
		case "num":
			return `(${e.value.s * e.value.n}/${e.value.d})`;
		case "constant":
			return `C_${e.name}`;
		case "size":
			return dim(e.name);
		case "index":
			return bound.has(e.name) ? local(e.name) : `I(${JSON.stringify(e.name)})`;
		case "symbol":
			return `V(${JSON.stringify(e.name)}, ${names(e.indices.map(p))}, ${e.shape.length}, ${e.shape.length === 2 && e.shape[0] === 1 ? "True" : "False"})`;
		case "add":
			return `(${e.terms.map(p).join(" + ")})`;
		case "mul":
			return `(${e.factors.map(p).join(" * ")})`;
		case "matmul":
			return `mm(${p(e.left)}, ${p(e.right)})`;
		case "pow":
			return `pw(${p(e.base)}, ${p(e.exponent)})`;
		case "apply":
			return `f_${e.fn}(${p(e.argument)})`;
		case "transpose":
			return `tr(${p(e.of)})`;
		case "inverse":
			return `inv(${p(e.of)})`;
		case "determinant":
			return `det(${p(e.of)})`;
		case "trace":
			return `trace(${p(e.of)})`;
		case "identity":
			return `eye(${dim(e.size)})`;
		case "diagonal":
			return `diag(${p(e.of)})`;
		case "tabulate": {
			const inside = new Set(bound).add(e.index);
			return `col([${toPython(e.body, inside)} for ${local(e.index)} in R(1, ${dim(e.size)}, [])])`;
		}
		case "entry":
			return `ent(${p(e.of)}, ${names(e.at.map(p))})`;
		case "sum":
		case "product": {
			const inside = new Set(bound).add(e.index);
			const body = toPython(e.body, inside);
			return `${e.kind === "sum" ? "SUM" : "PROD"}([${body} for ${local(e.index)} in R(${p(e.lower)}, ${p(e.upper)}, ${names(e.except.map(p))})])`;
		}
		case "indicator":
			return `ind(${p(e.left)} ${{ "=": "==", "≠": "!=", "<": "<", "≤": "<=" }[e.comparison]} ${p(e.right)})`;
		default:
			throw new NoPython(e.kind);
	}
}
