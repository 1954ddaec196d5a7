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
	readonly alsoFree: readonly FreeOf[];
}

export const bound: Freedom = { free: null, freeFrom: null, alsoFree: [] };

/**
 * Of what the constant or factor of a step is free: what is written at the constant, else beside the formula, else the
 * argument or last index of the chain's head, else of the step's own right side.
 * @throws Problem "free of what?" if nothing says it, or if two constants say different things: their sum is free of neither
 */
export function freeOfStep(
	scope: Scope,
	sides: readonly ReadSide[],
	withRespectTo: Surface | null,
	head: Surface | null,
	span: Span,
): Freedom {
	const [written, ...others] = sides.flatMap((s) => s.constants);
	if (written) {
		if (others.some((other) => !sameFreedoms(written, other)))
			throw new Problem(
				"two constants that leave out different variables",
				span,
				"one constant, or one for each step",
			);
		return freedom(written, "written");
	}
	if (withRespectTo) return freedom(readFree(scope, withRespectTo), "written");
	for (const surface of [head, ...sides.map((s) => s.surface)]) {
		const found = surface ? freeOfHead(scope, surface) : null;
		if (found && found.free.length > 0) return freedom(found.free, found.from);
	}
	throw new Problem(
		"free of what?",
		span,
		"the variable: \\text{const}_{\\mu_k}, or (w.r.t. μ_k) beside the formula; or the constant itself, such as \\log p(x)",
	);
}

/** Each variable once, however often it is named. */
function freedom(
	all: readonly FreeOf[],
	freeFrom: Freedom["freeFrom"],
): Freedom {
	const different = all.filter(
		(one, i) => !all.slice(0, i).some((other) => sameFreedom(one, other)),
	);
	const [free, ...alsoFree] = different;
	return { free: free ?? null, freeFrom, alsoFree };
}

function sameFreedoms(a: readonly FreeOf[], b: readonly FreeOf[]): boolean {
	return (
		a.every((one) => b.some((other) => sameFreedom(one, other))) &&
		b.every((one) => a.some((other) => sameFreedom(one, other)))
	);
}

function sameFreedom(a: FreeOf, b: FreeOf): boolean {
	if (a.kind === "index") return b.kind === "index" && a.name === b.name;
	return b.kind === "variable" && sameTree(a.symbol, b.symbol);
}
