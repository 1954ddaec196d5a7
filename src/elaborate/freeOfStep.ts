import type { FreeOf } from "../expr/context.js";
import { sameTree } from "../expr/walk.js";
import type { Surface } from "../latex/surface.js";
import { Problem, type Span } from "../problem.js";
import { freeOfHead, readFree } from "./free.js";
import type { ReadSide } from "./reading.js";
import type { Scope } from "./scope.js";

export interface Freedom {
	readonly free: FreeOf | null;
	readonly freeFrom: "written" | "head" | "index" | null;
}

export const bound: Freedom = { free: null, freeFrom: null };

/**
 * Of what the constant or factor of a step is free: what is written at the constant, else beside the formula, else the
 * argument or last index of the chain's head, else of the step's own right side.
 * @throws Problem "free of what?" if nothing says it, or if it would be several variables.
 */
export function freeOfStep(
	scope: Scope,
	sides: readonly ReadSide[],
	withRespectTo: Surface | null,
	head: Surface | null,
	span: Span,
): Freedom {
	const written = sides.flatMap((s) => s.constantOf);
	if (written.length > 0) return freedom(written, "written", span);
	if (withRespectTo)
		return freedom(readFree(scope, withRespectTo), "written", span);
	for (const surface of [head, ...sides.map((s) => s.surface)]) {
		const found = surface ? freeOfHead(scope, surface) : null;
		if (found && found.free.length > 0)
			return freedom(found.free, found.from, span);
	}
	throw new Problem(
		"free of what?",
		span,
		"the variable: \\text{const}_{\\mu_k}, or (w.r.t. μ_k) beside the formula",
	);
}

/** One variable; a constant that must be free of several could be free of one alone and still be no constant. */
function freedom(
	all: readonly FreeOf[],
	freeFrom: Freedom["freeFrom"],
	span: Span,
): Freedom {
	const [free, ...more] = all;
	if (!free || more.some((other) => !sameFreedom(free, other)))
		throw new Problem(
			"free of several variables at once",
			span,
			"a step for each of them, with (w.r.t. μ) beside the formula",
		);
	return { free, freeFrom };
}

function sameFreedom(a: FreeOf, b: FreeOf): boolean {
	if (a.kind === "index") return b.kind === "index" && a.name === b.name;
	return b.kind === "variable" && sameTree(a.symbol, b.symbol);
}
