import type { Surface, SurfaceName } from "../latex/surface.js";
import { isPlainName } from "./names.js";
import type { State } from "./state.js";
import { mapSurface } from "./surfaceWalk.js";

/**
 * Bold and plain letters are one name, but no size is written in bold: `\mathbf M = \mathbf W^\top \mathbf W + \sigma^2 \mathbf I`
 * beside M codes is a name of its own. A bold T may be a transpose.
 */
export function withBoldMatrices(s: Surface, state: State): Surface {
	if (isBoldBesideSize(s, state)) return { ...s, accents: ["mathbf"] };
	return mapSurface(s, (child) => withBoldMatrices(child, state));
}

/** Whether a name is bold and its plain letter a size. */
export function isBoldBesideSize(
	s: Surface,
	{ context }: State,
): s is SurfaceName {
	return (
		isPlainName(s) &&
		s.style === "bold" &&
		s.name !== "T" &&
		context.sizes.has(s.name) &&
		!context.symbols.has(s.name)
	);
}
