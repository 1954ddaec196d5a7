import type {
	Surface,
	SurfaceBig,
	SurfaceName,
	SurfaceRelation,
} from "../latex/surface.js";
import { comparisonOf } from "./comparison.js";
import { isArray } from "./indices.js";
import { isPlainName, keyOf } from "./names.js";
import type { Scope } from "./scope.js";
import { someSurface, surfaceChildren } from "./surfaceWalk.js";

/**
 * `\sum_{i<j} a_i a_j` and `\sum_{i \ne j} …` are sums over both letters, as far as the second is nothing else: no
 * symbol, not bound around the sum, mentioned in its body, and nowhere in the passage outside of such sums.
 * @returns the letter that is summed over as well, or null
 */
export function secondLetter(scope: Scope, s: SurfaceBig): SurfaceName | null {
	const [condition, ...more] = s.conditions;
	if (!condition || more.length > 0 || s.lower || s.upper) return null;
	const letter = otherLetter(condition, s.index);
	const comparison = comparisonOf(condition);
	if (!letter || !comparison || comparison === "=") return null;
	const name = keyOf(letter);
	const { passage } = scope;
	const info = passage.symbol(name);
	if (scope.bound(name) || passage.isSize(name)) return null;
	if (info && !isArray(info)) return null;
	const inBody = someSurface(s.body, (n) => isLetter(n, name));
	const isFree = passage.surfaces.some((side) => occursFree(side, name));
	return inBody && !isFree ? letter : null;
}

function otherLetter(
	condition: SurfaceRelation,
	index: SurfaceName,
): SurfaceName | null {
	const { left, right } = condition;
	const [own, other] = isLetter(left, keyOf(index))
		? [left, right]
		: [right, left];
	return isLetter(own, keyOf(index)) && isPlainName(other) ? other : null;
}

function isLetter(s: Surface, name: string): boolean {
	return isPlainName(s) && keyOf(s) === name;
}

/** Whether a letter stands anywhere but under a sum, or in a sum, that has it in its condition or as its index. */
function occursFree(s: Surface, name: string): boolean {
	if (isLetter(s, name)) return true;
	const binds =
		s.kind === "big" &&
		(keyOf(s.index) === name ||
			s.conditions.some((c) => someSurface(c, (n) => isLetter(n, name))));
	return !binds && surfaceChildren(s).some((child) => occursFree(child, name));
}
