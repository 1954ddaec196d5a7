import type { FreeOf } from "../expr/context.js";
import type { Factor } from "../expr/tree.js";
import type { Surface, SurfaceName } from "../latex/surface.js";
import { Problem } from "../problem.js";
import { isEquals } from "./comparison.js";
import { isDensityCall, isKlName } from "./densityName.js";
import { distributionOf, splitArguments } from "./distributionCall.js";
import { readIndex } from "./indices.js";
import { symbolOf } from "./instance.js";
import { labelOf } from "./labels.js";
import { isPlainName, keyOf } from "./names.js";
import type { Scope } from "./scope.js";
import { readWhole } from "./symbols.js";
import { unnamedVariable } from "./tables.js";
import { findFactor, openTuples, readInstance } from "./variables.js";

/** "Free of what?": the variable that `+ const` and `∝` leave out. */

/** The variables that a surface names: `μ_k`, `z, θ`, or an index letter. */
export function readFree(scope: Scope, s: Surface): readonly FreeOf[] {
	if (s.kind === "tuple")
		return s.items.flatMap((item) => readFree(scope, item));
	const unnamed = unnamedVariable(scope, s);
	if (unnamed) return [{ kind: "variable", symbol: unnamed }];
	if (isEquals(s)) return readFree(scope, s.right);
	if (
		s.kind === "name" &&
		!findFactor(factorsIn(scope), s) &&
		isIndexLetter(scope, s)
	)
		return [{ kind: "index", name: s.name }];
	const instance = readInstance(scope, factorsIn(scope), s);
	if (instance && !instance.except) {
		const factor = factorsIn(scope).find(
			(f) => f.variable === instance.variable,
		) as Factor;
		return [{ kind: "variable", symbol: symbolOf(factor, instance.at) }];
	}
	const tree = readWhole(scope, s);
	const symbol = labelOf(tree) ?? tree;
	if (symbol.kind === "symbol") return [{ kind: "variable", symbol }];
	throw new Problem(
		"this is no variable",
		s.span,
		"a variable such as μ_k, or an index letter",
	);
}

function factorsIn(scope: Scope): readonly Factor[] {
	const { model, family } = scope.passage.state.context;
	return [...(model?.statements ?? []), ...(family?.factors ?? [])];
}

function isIndexLetter(scope: Scope, s: SurfaceName): boolean {
	if (!isPlainName(s) || scope.passage.symbol(keyOf(s))) return false;
	return readIndex(scope, s).kind === "index";
}

/**
 * What the head of a chain says: the argument of `log q(μ_k)`, `p(z | x)`, `N(u; m, s²)`; of `φ_ik`, `log φ_ik` and
 * `∂/∂φ_ik` the last index. Null if it says nothing.
 */
export function freeOfHead(
	scope: Scope,
	head: Surface,
): { free: readonly FreeOf[]; from: "head" | "index" } | null {
	if (isDensityCall(head))
		return {
			free: openTuples(head.arguments).flatMap((a) => readFree(scope, a)),
			from: "head",
		};
	if (head.kind === "call" && distributionOf(head)) {
		const { variable } = splitArguments(head);
		return variable ? { free: readFree(scope, variable), from: "head" } : null;
	}
	if (head.kind === "call" && isKlName(head.function)) return null;
	if (head.kind === "call" && head.arguments.length === 1)
		return freeOfHead(scope, head.arguments[0] as Surface);
	if (head.kind === "derivative")
		return lastIndex(scope, head.by.kind === "power" ? head.by.base : head.by);
	return lastIndex(scope, head);
}

function lastIndex(
	scope: Scope,
	s: Surface,
): { free: readonly FreeOf[]; from: "index" } | null {
	const last = s.kind === "name" ? s.subscripts.at(-1) : undefined;
	if (!isPlainName(last) || !isIndexLetter(scope, last)) return null;
	return { free: [{ kind: "index", name: last.name }], from: "index" };
}
