import { descendants } from "../elaborate/dependence.js";
import type { Context } from "../expr/context.js";
import type { Expr, Factor } from "../expr/tree.js";
import { some } from "../expr/walk.js";
import { Problem } from "../problem.js";

/**
 * The factors of q that hang together with one because their parameters mention each other's variables, as in
 * q(μ | Λ) q(Λ): only together do they have a coordinate optimum. In a mean field each stands alone.
 * @throws Problem where instances of one do not belong to single instances of the other.
 */
export function blockOf(context: Context, factor: Factor): readonly Factor[] {
	const all = context.family?.factors ?? [factor];
	const block = new Set([factor]);
	for (let size = 0; size !== block.size; ) {
		size = block.size;
		for (const f of all)
			if ([...block].some((g) => mentions(f, g) || mentions(g, f)))
				block.add(f);
	}
	const factors = all.filter((f) => block.has(f));
	if (factors.length < 2) return [factor];
	const plates = platesOf(factor);
	const fits = factors.every(
		(f) =>
			f.labels === null && platesOf(f) === plates && mentionsOwn(f, factors),
	);
	if (fits) return factors;
	throw new Problem(
		"factors of q that depend on each other across plates, or on labels, are not certified",
		null,
		"factors that depend on each other at the same subscripts",
	);
}

/** A factor with those that depend on its variable, directly or not. */
export function withDependents(
	context: Context,
	factor: Factor,
): readonly Factor[] {
	const block = blockOf(context, factor);
	const below = descendants(block, new Set([factor.variable]));
	return [factor, ...block.filter((f) => below.has(f.variable))];
}

function platesOf(f: Factor): string {
	return f.plates.map((p) => p.size).join();
}

function mentions(f: Factor, other: Factor): boolean {
	return Object.values(f.parameters).some((p) =>
		some(p, (e) => e.kind === "symbol" && e.name === other.variable),
	);
}

/** Whether a factor mentions the others at its own subscripts alone. */
function mentionsOwn(f: Factor, factors: readonly Factor[]): boolean {
	const isOwn = (at: readonly Expr[]) =>
		f.plates.every((p, i) => {
			const e = at[i];
			return e?.kind === "index" && e.name === p.index;
		});
	return Object.values(f.parameters).every(
		(p) =>
			!some(
				p,
				(e) =>
					e.kind === "symbol" &&
					factors.some((g) => g.variable === e.name) &&
					!isOwn(e.indices),
			),
	);
}
