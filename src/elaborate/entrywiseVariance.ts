import type { Distribution } from "../distributions/distribution.js";
import { bareName } from "../latex/bareName.js";
import type { Surface } from "../latex/surface.js";
import { isTwo } from "./arithmetic.js";
import { isIdentity } from "./identity.js";
import { findSymbol } from "./lookup.js";
import type { Scope } from "./scope.js";

/**
 * `\mathcal N(z; \mu, \sigma^2)` and `\mathcal N(\mu, \sigma^2 I)` with a vector σ: variances entry by entry, diag(σ²), as in
 * Kingma and Welling 2014. A vector has no other square, so that nothing else can be meant.
 */
export function withDiagonals(
	scope: Scope,
	{ name }: Distribution,
	parameters: readonly Surface[],
): readonly Surface[] {
	if (name !== "Normal") return parameters;
	return parameters.map((s, i) => (i === 1 ? withDiagonal(scope, s) : s));
}

function withDiagonal(scope: Scope, s: Surface): Surface {
	const [square, identity, ...more] = s.kind === "product" ? s.factors : [s];
	const isAlone = !identity || (isIdentity(identity) && more.length === 0);
	if (!square || !isAlone || !isSquareOfVector(scope, square)) return s;
	scope.passage.note(
		"the square of a vector in the place of a covariance was read as a diagonal matrix of variances",
		s.span,
	);
	return {
		kind: "call",
		function: { ...bareName("diag", s.span), style: "upright" },
		arguments: [square],
		given: [],
		parameters: [],
		span: s.span,
	};
}

/** `\sigma^2`, `\sigma_k^2` where one σ or σ_k is a vector. */
function isSquareOfVector(scope: Scope, s: Surface): boolean {
	if (s.kind !== "power" || s.base.kind !== "name") return false;
	if (!isTwo(s.exponent)) return false;
	const found = findSymbol(scope.passage, s.base);
	const isVector =
		found !== null && found.what.dims.length - found.subscripts.length === 1;
	return (
		isVector && found.what.type !== "unnamed" && found.what.labels === null
	);
}
