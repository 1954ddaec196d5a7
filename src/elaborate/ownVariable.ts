import type { SymbolInfo } from "../expr/context.js";
import type { Shape } from "../expr/tree.js";
import { freshName } from "../expr/walk.js";
import type {
	Surface,
	SurfaceExpectation,
	SurfaceName,
} from "../latex/surface.js";
import { isTilde } from "./comparison.js";
import { distributionOf } from "./distributionCall.js";
import { knownVariable, shapeOfLaw } from "./namedLaw.js";
import { keyOf } from "./names.js";
import type { Scope } from "./scope.js";
import { mapSurface } from "./surfaceWalk.js";

/**
 * An expectation binds its variable: where `\mathbb E_{\theta \sim \mathrm{Dir}(\gamma)}[\log \theta_k]` stands beside a
 * declared number θ, the θ inside is another one. The expectation with such a variable renamed.
 */
export function withOwnVariable(
	scope: Scope,
	s: SurfaceExpectation,
): SurfaceExpectation {
	const name = s.law && isTilde(s.law) ? s.law.left : null;
	if (name?.kind !== "name" || name.subscripts.length > 0) return s;
	const declared = scope.passage.symbol(keyOf(name));
	if (!declared || declared.type === "unnamed") return s;
	if (!differs(scope, s, declared) || knownVariable(scope, name)) return s;
	const own = freshName(name.name);
	return mapSurface(s, (child) =>
		renamed(child, name, own),
	) as SurfaceExpectation;
}

/** Whether the law is one of values of another shape than the declared symbol's. */
function differs(
	scope: Scope,
	{ law }: SurfaceExpectation,
	declared: SymbolInfo,
): boolean {
	const call = law && isTilde(law) ? law.right : null;
	const distribution = call && distributionOf(call);
	if (call?.kind !== "call" || !distribution) return false;
	if (declared.type === "onehot" || declared.type === "label") return false;
	const shape = shapeOfLaw(scope, distribution, call);
	return shape !== null && !sameDims(shape, declared.dims);
}

function sameDims(a: Shape, b: Shape): boolean {
	return a.length === b.length && a.every((d, i) => d === b[i]);
}

function renamed(s: Surface, name: SurfaceName, to: string): Surface {
	const inner = mapSurface(s, (child) => renamed(child, name, to));
	return inner.kind === "name" && keyOf(inner) === keyOf(name)
		? { ...inner, name: to }
		: inner;
}
