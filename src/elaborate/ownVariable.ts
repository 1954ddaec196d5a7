import type { SymbolInfo } from "../expr/context.js";
import type { Dim, Shape } from "../expr/tree.js";
import { freshName } from "../expr/walk.js";
import type {
	Surface,
	SurfaceExpectation,
	SurfaceName,
} from "../latex/surface.js";
import { Problem } from "../problem.js";
import { isTilde } from "./comparison.js";
import { distributionOf } from "./distributionCall.js";
import { findSymbol } from "./lookup.js";
import { knownVariable, shapeOfLaw } from "./namedLaw.js";
import { keyOf, latexOf } from "./names.js";
import type { Scope } from "./scope.js";
import { mapSurface, visitSurface } from "./surfaceWalk.js";

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
	if (!declared) declareAsUsed(scope, s, name);
	if (!declared || declared.type === "unnamed") return s;
	if (!differs(scope, s, declared) || knownVariable(scope, name)) return s;
	const own = freshName(name.name);
	return mapSurface(s, (child) =>
		renamed(child, name, own),
	) as SurfaceExpectation;
}

/**
 * In `\mathbb E_{\epsilon \sim \mathcal N(0, I)}[f(m + s \epsilon)]` nothing but the body says how long ε is: as long as makes the
 * body readable, if that is one length only.
 */
function declareAsUsed(
	scope: Scope,
	s: SurfaceExpectation,
	name: SurfaceName,
): void {
	const call = s.law && isTilde(s.law) ? s.law.right : null;
	const distribution = call && distributionOf(call);
	if (call?.kind !== "call" || distribution?.name !== "Normal") return;
	if (shapeOfLaw(scope, distribution, call) !== null) return;
	const info = (dim: Dim): SymbolInfo => ({
		name: keyOf(name),
		latex: latexOf(name),
		type: "real",
		dims: [dim],
		labels: null,
		role: "latent",
		line: 0,
	});
	const fitting = lengthsIn(scope, s.arguments).filter((dim) =>
		scope.passage.knowing([info(dim)], () => isReadable(scope, s)),
	);
	const [only, ...more] = fitting;
	if (only !== undefined && more.length === 0)
		scope.passage.addSymbol(info(only));
}

/** The lengths of all axes of the symbols that are mentioned. */
function lengthsIn(scope: Scope, surfaces: readonly Surface[]): readonly Dim[] {
	const found = new Set<Dim>();
	for (const surface of surfaces)
		visitSurface(surface, (n) => {
			const symbol = n.kind === "name" ? findSymbol(scope.passage, n) : null;
			for (const dim of symbol?.what.dims ?? []) found.add(dim);
		});
	return [...found];
}

function isReadable(scope: Scope, s: SurfaceExpectation): boolean {
	try {
		for (const argument of s.arguments) scope.read(argument);
		return true;
	} catch (problem) {
		if (problem instanceof Problem) return false;
		throw problem;
	}
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
