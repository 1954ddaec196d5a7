import type { Chain, SurfaceName } from "../latex/surface.js";
import { keyOf } from "./names.js";
import { someSurface } from "./surfaceWalk.js";

/**
 * The chains of a display that define what an earlier one of them mentions: `log q = a + R, \\quad R := …`. They are read
 * before the others.
 */
export function readFirst(chains: readonly Chain[]): readonly Chain[] {
	return chains.filter((chain, i) => {
		const name = definedBy(chain);
		return name && chains.slice(0, i).some((other) => mentions(other, name));
	});
}

/** The name on the left of a definition, whether or not it is new. */
function definedBy(chain: Chain): SurfaceName | null {
	const [left, right] = chain.links;
	const kind = right?.relation?.kind;
	const defines =
		kind === "define" || (kind === "equal" && chain.introduces === true);
	return defines && !chain.continues && left?.side.kind === "name"
		? left.side
		: null;
}

function mentions(chain: Chain, name: SurfaceName): boolean {
	return chain.links.some(({ side }) =>
		someSurface(side, (s) => s.kind === "name" && keyOf(s) === keyOf(name)),
	);
}
