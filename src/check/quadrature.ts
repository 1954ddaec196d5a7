import type { Expr } from "../expr/tree.js";
import { some } from "../expr/walk.js";

/** Whether a tree integrates over numbers, and not over labels and tables alone. */
export function needsQuadrature(e: Expr): boolean {
	return some(
		e,
		(x) =>
			(x.kind === "integral" &&
				x.domain.kind !== "labels" &&
				x.domain.kind !== "unnamed") ||
			(x.kind === "expectation" &&
				x.over.some((b) => b.factor.labels === null)),
	);
}
