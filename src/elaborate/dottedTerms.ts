import { product, sum } from "../expr/build.js";
import type { Expr } from "../expr/tree.js";
import type { Surface } from "../latex/surface.js";
import { Problem } from "../problem.js";
import { listPattern } from "./listPattern.js";
import { isScalar } from "./shapes.js";

const bigs = { sum, product } as const;

/**
 * `x_1 + x_2 + \dots + x_N`, `t_1^{a_1} \cdots t_K^{a_K}`: the terms or factors around dots as one Σ or Π, if their pattern leaves no
 * choice; what stands before or behind them is left alone.
 * @param read the terms or factors before and behind the dots, null for the dots
 * @throws Problem for dots that may stand for several things
 */
export function withDots(
	operator: keyof typeof bigs,
	written: readonly Surface[],
	read: (s: Surface, at: number) => Expr,
): readonly Expr[] {
	const at = written.findIndex((s) => s.kind === "dots");
	if (at < 0) return written.map(read);
	const trees = written.flatMap((s, i) =>
		s.kind === "dots" ? [] : [read(s, i)],
	);
	const last = trees[at];
	for (
		let from = 0;
		last && trees.length === written.length - 1 && from < at;
		from += 1
	) {
		const items = [...trees.slice(from, at), last];
		const pattern = items.every(isScalar) ? listPattern(items) : null;
		if (pattern)
			return [
				...trees.slice(0, from),
				bigs[operator](pattern.index, pattern.size, pattern.body),
				...trees.slice(at + 1),
			];
	}
	throw new Problem(
		"dots that leave the formula open",
		written[at]?.span ?? null,
		"a Σ, a Π, or all the terms",
	);
}
