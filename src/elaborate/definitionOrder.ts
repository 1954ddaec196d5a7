import type { Chain, SurfaceName } from "../latex/surface.js";
import { isPlainName, keyOf } from "./names.js";
import type { State } from "./state.js";
import { someSurface } from "./surfaceWalk.js";

/**
 * `A = M^{-1} b, \quad M = B + C`: an equation beside or below a formula on a name that stands in it introduces that name, as if it
 * said "where". Names that mean something already stay what they are: such an equation is a claim.
 */
export function introducing(
	chains: readonly Chain[],
	state: State,
): readonly Chain[] {
	return chains.map((chain, i) => {
		const [left, right] = chain.links;
		const isEquation =
			left?.side.kind === "name" &&
			right?.relation?.kind === "equal" &&
			!chain.continues &&
			!chain.role;
		if (!isEquation || left.side.kind !== "name") return chain;
		const name = left.side;
		const { ranges, symbols } = state.context;
		const isIndex = isPlainName(name) && ranges.has(keyOf(name));
		const isDeclared = symbols.has(keyOf(name));
		const before = chains.slice(0, i);
		const isUsed = before.some((other) => mentions(other, name));
		const isBound = before.some((other) => binds(other, name));
		return isUsed && !isBound && !isIndex && !isDeclared
			? { ...chain, introduces: true }
			: chain;
	});
}

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

/** Whether a sum or product runs over the name. */
function binds(chain: Chain, name: SurfaceName): boolean {
	return chain.links.some(({ side }) =>
		someSurface(
			side,
			(s) => s.kind === "big" && keyOf(s.index) === keyOf(name),
		),
	);
}
