import type { Dim } from "../expr/tree.js";
import type { Surface, SurfaceName } from "../latex/surface.js";
import { isPlainName } from "./names.js";
import type { Scope } from "./scope.js";

/**
 * The subscripts of `x_j^{(i)}` in the order of the axes: entry j of x^{(i)}, unless what is known of i and j says that
 * the lower one comes first, as it does for `x_i^{(d)}` of an N × D matrix.
 */
export function alongAxes(
	scope: Scope,
	s: SurfaceName,
	subscripts: readonly Surface[],
	dims: readonly Dim[],
): readonly Surface[] {
	const [above, below, ...more] = subscripts;
	if (!s.raised || !above || !below || more.length > 0 || dims.length !== 2)
		return subscripts;
	const turned = [below, above];
	const fits = (order: readonly Surface[], hint: typeof rangeOf) =>
		order.filter((sub, i) => hint(scope, sub) === dims[i]).length;
	for (const hint of [rangeOf, usualSize]) {
		const gain = fits(turned, hint) - fits(subscripts, hint);
		if (gain !== 0) return gain > 0 ? turned : subscripts;
	}
	return subscripts;
}

function rangeOf(scope: Scope, s: Surface): Dim | null {
	if (!isPlainName(s)) return null;
	return scope.boundAs(s.name)?.range ?? scope.passage.rangeOf(s.name);
}

/** The N of n, the D of d. */
function usualSize(_: Scope, s: Surface): Dim | null {
	return isPlainName(s) ? s.name.toUpperCase() : null;
}
