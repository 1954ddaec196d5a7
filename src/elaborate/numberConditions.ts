import type { Factor } from "../expr/tree.js";
import type { Surface } from "../latex/surface.js";
import { Problem } from "../problem.js";
import { visitSurface } from "./surfaceWalk.js";
import { findFactor } from "./variables.js";

/**
 * Sees to it that what stands behind a bar and is no variable says nothing about one: parameters do not, while μ > 0 and μ² would
 * change the law.
 * @throws Problem for a comparison, and for anything made of a random variable
 */
export function mustBeNumber(factors: readonly Factor[], s: Surface): void {
	visitSurface(s, (part) => {
		const isRandom = part.kind === "name" && findFactor(factors, part) !== null;
		if (part.kind === "relation" || isRandom)
			throw new Problem(
				"a condition that is neither a variable nor a parameter",
				s.span,
				"a variable by itself, as in p(x | z), or its value, z = k",
			);
	});
}
