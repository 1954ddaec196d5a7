import type { Factor } from "../expr/tree.js";
import { some } from "../expr/walk.js";
import type { Surface, SurfaceName } from "../latex/surface.js";
import { Problem } from "../problem.js";
import { wholeOf } from "./densities.js";
import { factorLaw, type Law } from "./law.js";
import { keyOf, latexOf } from "./names.js";
import type { Scope } from "./scope.js";

/**
 * `\mathbb E[\log p(x_i \mid c_i, \mu); m, s^2]`: over those factors of q whose parameters stand behind the semicolon; the
 * other variables stay as they are. Blei, Kucukelbir and McAuliffe, Variational Inference: A Review for Statisticians,
 * (22)–(26).
 * @throws Problem for anything that is no parameter of a factor of q
 */
export function lawOfParameters(
	scope: Scope,
	parameters: readonly Surface[],
): Law {
	const factors = scope.passage.state.context.family?.factors ?? [];
	const chosen = new Set(
		parameters.flatMap((s) => {
			const name = nameIn(s);
			const own = name ? factors.filter((f) => has(f, keyOf(name))) : [];
			if (own.length > 0) return own;
			throw new Problem(
				name
					? `\`${latexOf(name)}\` is no parameter of q`
					: "this is no parameter of q",
				s.span,
				"parameters of the family block behind the semicolon, or E_q[…], with the law as subscript",
			);
		}),
	);
	const laws = factors.filter((f) => chosen.has(f));
	return factorLaw(factors, laws.map(wholeOf));
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
