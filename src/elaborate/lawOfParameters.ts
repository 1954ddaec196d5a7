import type { Factor } from "../expr/tree.js";
import { some } from "../expr/walk.js";
import type { Surface, SurfaceName } from "../latex/surface.js";
import { Problem } from "../problem.js";
import { wholeOf } from "./densities.js";
import { readIndex } from "./indices.js";
import { type Instance, sameIndices } from "./instance.js";
import { factorLaw, type Law } from "./law.js";
import { findSymbol } from "./lookup.js";
import { keyOf, latexOf } from "./names.js";
import type { Scope } from "./scope.js";
import { leavesOut } from "./variables.js";

/**
 * `\mathbb E[\log p(x_i \mid c_i, \mu); m, s^2]`: over those factors of q whose parameters stand behind the semicolon, with
 * `m_{-k}` all but one of them; the other variables stay as they are. Blei, Kucukelbir and McAuliffe, Variational Inference: A Review for Statisticians,
 * (22)–(26).
 * @throws Problem for anything that is no parameter of a factor of q
 */
export function lawOfParameters(
	scope: Scope,
	parameters: readonly Surface[],
): Law {
	const factors = scope.passage.state.context.family?.factors ?? [];
	const bound = new Map<Factor, Instance>();
	for (const s of parameters)
		for (const [factor, instance] of boundBy(scope, factors, s)) {
			const before = bound.get(factor);
			if (before && !isSame(before, instance))
				throw new Problem(
					`parameters of all of \`${factor.variable}\`, and of all but one`,
					s.span,
					"either of these",
				);
			bound.set(factor, instance);
		}
	const instances = factors.flatMap((f) => bound.get(f) ?? []);
	return factorLaw(factors, instances);
}

/** What a parameter stands for: `m` for all of the μ, and `m_{-k}` for all but μ_k. */
function boundBy(
	scope: Scope,
	factors: readonly Factor[],
	s: Surface,
): readonly (readonly [Factor, Instance])[] {
	const name = nameIn(s);
	const own = name ? ownersOf(scope, factors, name) : [];
	if (!name || own.length === 0)
		throw new Problem(
			name
				? `\`${latexOf(name)}\` is no parameter of q`
				: "this is no parameter of q",
			s.span,
			"parameters of the family block behind the semicolon, or E_q[…], with the law as subscript",
		);
	const leftOut = leavesOut(name.subscripts);
	const except = leftOut && [readIndex(scope, leftOut)];
	return own.map((f) => [f, except ? { ...wholeOf(f), except } : wholeOf(f)]);
}

/** The factors of q that have this parameter, `a_N` or the `m` of `m_{-k}`. */
function ownersOf(
	scope: Scope,
	factors: readonly Factor[],
	name: SurfaceName,
): readonly Factor[] {
	const key = findSymbol(scope.passage, name)?.what.name ?? keyOf(name);
	return factors.filter((f) => has(f, key));
}

function isSame(a: Instance, b: Instance): boolean {
	return a.except === null || b.except === null
		? a.except === b.except
		: sameIndices(a.except, b.except);
}

/** The name of `s_k^2`, `m`. */
function nameIn(s: Surface): SurfaceName | null {
	const inner = s.kind === "power" ? s.base : s;
	return inner.kind === "name" ? inner : null;
}

function has(factor: Factor, name: string): boolean {
	return Object.values(factor.parameters).some((p) =>
		some(p, (e) => e.kind === "symbol" && e.name === name),
	);
}
