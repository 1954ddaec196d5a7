import type { FreeOf } from "../expr/context.js";
import type { Surface } from "../latex/surface.js";
import { Problem, type Span } from "../problem.js";
import { freeOfHead, readFree } from "./free.js";
import type { ReadSide } from "./reading.js";
import type { Scope } from "./scope.js";

export interface Freedom {
	readonly free: FreeOf | null;
	readonly alsoFree: readonly FreeOf[];
	readonly freeFrom: "written" | "head" | "index" | null;
}

export const bound: Freedom = { free: null, alsoFree: [], freeFrom: null };

/**
 * Of what the constant or factor of a step is free: what is written at the constant, else beside the formula, else the
 * argument or last index of the chain's head, else of the step's own right side.
 * @throws Problem "free of what?" if nothing says it.
 */
export function freeOfStep(
	scope: Scope,
	sides: readonly ReadSide[],
	withRespectTo: Surface | null,
	head: Surface | null,
	span: Span,
): Freedom {
	const written = sides.flatMap((s) => s.constantOf);
	if (written.length > 0) return freedom(written.slice(0, 1), "written");
	if (withRespectTo) return freedom(readFree(scope, withRespectTo), "written");
	for (const surface of [head, ...sides.map((s) => s.surface)]) {
		const found = surface ? freeOfHead(scope, surface) : null;
		if (found && found.free.length > 0) return freedom(found.free, found.from);
	}
	throw new Problem(
		"free of what?",
		span,
		"the variable: \\text{const}_{\\mu_k}, or (w.r.t. μ_k) beside the formula",
	);
}

function freedom(
	all: readonly FreeOf[],
	freeFrom: Freedom["freeFrom"],
): Freedom {
	const [free, ...alsoFree] = all;
	return { free: free ?? null, alsoFree, freeFrom };
}
