import type { Surface, SurfaceName } from "../latex/surface.js";
import { keyWith } from "./lookup.js";
import { isPlainName, keyOf } from "./names.js";
import type { State } from "./state.js";
import { mapSurface } from "./surfaceWalk.js";

/**
 * `x_{1:N}` is all of x: a last subscript 1 : N comes off where N is the size of that axis, and where nothing is known of
 * the name. Any other range stays, and is unread.
 */
export function withoutWholeRanges(s: Surface, state: State): Surface {
	const inner = mapSurface(s, (child) => withoutWholeRanges(child, state));
	return inner.kind === "name" ? whole(inner, state) : inner;
}

function whole(s: SurfaceName, state: State): Surface {
	const end = endOfRange(s.subscripts.at(-1));
	if (end === null) return s;
	const rest = s.subscripts.slice(0, -1);
	const dims = dimsOf({ ...s, subscripts: rest }, state);
	const fits = dims === null || String(dims[rest.length]) === end;
	return fits ? whole({ ...s, subscripts: rest }, state) : s;
}

/** The N of `1:N`, else null. */
function endOfRange(s: Surface | undefined): string | null {
	if (s?.kind !== "relation" || s.relation !== ":") return null;
	if (s.left.kind !== "number" || s.left.text !== "1") return null;
	if (s.right.kind === "number") return s.right.text;
	return isPlainName(s.right) ? keyOf(s.right) : null;
}

/** The axes of a name by itself, subscripts first; null if nothing is known of it. */
function dimsOf(
	s: SurfaceName,
	{ context }: State,
): readonly (string | number)[] | null {
	const plain = keyWith({ ...s, subscripts: [] });
	return (plain && context.symbols.get(plain)?.dims) || null;
}
