import type { Chain, Surface, SurfaceName } from "../latex/surface.js";
import { isBoldBesideSize } from "./boldMatrices.js";
import { definedLeft } from "./definedLeft.js";
import { isPlainName, keyOf } from "./names.js";
import { behindNeeds } from "./order.js";
import type { State } from "./state.js";
import { someSurface } from "./surfaceWalk.js";

/**
 * Equations that introduce the name on their left, as if they said "where": beside or below a formula in which it stands,
 * `A = M^{-1} b, \quad M = B + C`, or where it stands nowhere in the sheet before, `N_k = \sum_n r_{nk}`. Names that mean something
 * already stay what they are: such an equation is a claim.
 */
export function introducing(
	chains: readonly Chain[],
	state: State,
	{ concludes }: { readonly concludes: boolean },
): readonly Chain[] {
	return chains.map((chain, i) => {
		const [left, right] = chain.links;
		const name = left ? (definedLeft(left.side)?.name ?? null) : null;
		const isEquation =
			right?.relation?.kind === "equal" &&
			!chain.continues &&
			chain.role !== "premise";
		if (!isEquation || !name) return chain;
		const { ranges, symbols } = state.context;
		const isIndex = isPlainName(name) && ranges.has(keyOf(name));
		const isDeclared = symbols.has(keyOf(name));
		const before = chains.slice(0, i);
		const isUsed = before.some((other) => mentions(other, name));
		const isBound = before.some((other) => binds(other, name));
		if (isIndex || isDeclared || isBound) return chain;
		const mayBeFirst = !concludes && !chain.role;
		return isUsed || (mayBeFirst && isFirstUse(chain, state))
			? { ...chain, introduces: true }
			: chain;
	});
}

/** Whether a chain of equations alone says what its left side is, which no right side mentions. */
function isFirstUse({ links }: Chain, state: State): boolean {
	const [left, ...others] = links;
	const name = left && definedLeft(left.side)?.name;
	return (
		name !== undefined &&
		!state.forgotten.includes(keyOf(name)) &&
		(isBoldBesideSize(name, state) || !isSize(name, state)) &&
		others.every(
			({ relation, side }) =>
				relation?.kind === "equal" &&
				!someSurface(side, (s) => s.kind === "const" || isSameName(s, name)),
		)
	);
}

function isSize(name: SurfaceName, { context }: State): boolean {
	return isPlainName(name) && context.sizes.has(keyOf(name));
}

/** A name with subscripts is another one than that without: `N_k` beside the size N. */
function isSameName(s: Surface, name: SurfaceName): boolean {
	return (
		s.kind === "name" &&
		keyOf(s) === keyOf(name) &&
		s.subscripts.length > 0 === name.subscripts.length > 0
	);
}

/**
 * The chains of a display that define what an earlier one of them mentions: `log q = a + R, \\quad R := …`. They are read
 * before the others, each behind those that it needs.
 */
export function readFirst(chains: readonly Chain[]): readonly Chain[] {
	const found = chains.filter((chain, i) => {
		const name = definedBy(chain);
		return name && chains.slice(0, i).some((other) => mentions(other, name));
	});
	return inOrder(found);
}

/** Definitions behind those of the names that stand in them: of `m = S b, \\quad S = A^{-1}` the second is read first. */
function inOrder(chains: readonly Chain[]): readonly Chain[] {
	return behindNeeds(chains, (chain, other) => {
		const name = definedBy(other);
		return name !== null && mentions(chain, name);
	});
}

/** The name on the left of a definition, whether or not it is new. */
function definedBy(chain: Chain): SurfaceName | null {
	const [left, right] = chain.links;
	const kind = right?.relation?.kind;
	const defines =
		kind === "define" || (kind === "equal" && chain.introduces === true);
	return defines && !chain.continues && left
		? (definedLeft(left.side)?.name ?? null)
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
