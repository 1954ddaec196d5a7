import type { Context } from "../../expr/context.js";
import type { Expr } from "../../expr/tree.js";
import { some, visit } from "../../expr/walk.js";

/** Parameters of q that set the spread of a vector of the given length: the s of N(m, s² I_D). */
function spreadsOf(context: Context, length: string): Set<string> {
	const found = new Set<string>();
	const normals = (context.family?.factors ?? []).filter(
		(f) => f.distribution === "Normal",
	);
	for (const factor of normals)
		for (const [name, parameter] of Object.entries(factor.parameters)) {
			if (name === "mean" || factor.shape[0] !== length) continue;
			visit(parameter, (e) => {
				if (e.kind === "symbol" && isVariational(context, e.name))
					found.add(e.name);
			});
		}
	return found;
}

function isVariational(context: Context, name: string): boolean {
	return context.symbols.get(name)?.role === "variational";
}

/** Whether a term is made of the spread of a vector of that length, so that it counts once for each coordinate. */
export function isSpread(
	term: Expr,
	length: string,
	context: Context,
): boolean {
	const spreads = spreadsOf(context, length);
	return some(term, (e) => e.kind === "symbol" && spreads.has(e.name));
}
