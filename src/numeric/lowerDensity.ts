import { distributionNamed } from "../distributions/index.js";
import type { Pdf, Sym } from "../expr/tree.js";
import { freeIndices, visit } from "../expr/walk.js";
import type { Lowering, Scope } from "./lowering.js";
import type { Scalar } from "./scalar.js";
import { tableVariable } from "./tables.js";

/**
 * A density that mentions a label is one term of it, its constants included: E_q[log p(x_i | c_i)] is
 * Σ_k φ_ik log p(x_i | k) also where φ is free and need not add up to 1.
 */
export function density(to: Lowering, e: Pdf, scope: Scope): Scalar {
	const distribution = distributionNamed(e.distribution);
	const log = distribution.logDensity(e.of, e.parameters);
	const within = distribution.within?.(e.of, e.parameters);
	const labels = labelsOf(to, e).map((c) => to.number(c, scope));
	return {
		op: "density",
		log: to.number(log, scope),
		within: within ? to.number(within, scope) : null,
		labels,
	};
}

/** The labels that a density mentions by subscripts from outside of it. */
function labelsOf(to: Lowering, e: Pdf): readonly Sym[] {
	const found = new Map<string, Sym>();
	for (const part of [e.of, ...Object.values(e.parameters)]) {
		const outside = freeIndices(part);
		visit(part, (x) => {
			if (x.kind !== "symbol" || !isLabel(to, x)) return;
			if ([...freeIndices(x)].every((name) => outside.has(name)))
				found.set(JSON.stringify(x, plainBigint), x);
		});
	}
	return [...found.values()];
}

function isLabel(to: Lowering, { name }: Sym): boolean {
	const variable = tableVariable(name, to.context);
	return to.context.symbols.get(variable)?.type === "label";
}

function plainBigint(_key: string, value: unknown): unknown {
	return typeof value === "bigint" ? value.toString() : value;
}
