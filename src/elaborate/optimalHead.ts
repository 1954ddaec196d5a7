import type { Expr, Factor } from "../expr/tree.js";
import { children, visit } from "../expr/walk.js";
import type { Link, Surface } from "../latex/surface.js";
import { type DensityCall, isDensityCall } from "./densityName.js";
import type { Scope } from "./scope.js";
import { someSurface } from "./surfaceWalk.js";
import { bareTable, unnamedVariable } from "./tables.js";
import { findFactor, leavesOut, openTuples } from "./variables.js";

/**
 * People write `log q(μ_k) = E_{−k}[…] + const` for the optimal factor q*. A plain q at the head of a chain is read so
 * where what follows is up to a constant or an expectation over the other factors, and does not mention the factor's
 * own parameters.
 */
export function readsAsOptimal(
	scope: Scope,
	head: Surface,
	next: Link,
	right: Expr,
): boolean {
	const call =
		head.kind === "call" && head.function.name === "log"
			? head.arguments[0]
			: head;
	if (
		!call ||
		!isDensityCall(call) ||
		call.function.name !== "q" ||
		call.function.labels.length > 0
	)
		return false;
	if (scope.passage.setting)
		return isLoose(next) && averagesOverOthers(scope, call, next.side);
	const [only, ...more] = call.arguments;
	const factors = scope.passage.state.context.family?.factors ?? [];
	const name = only?.kind === "relation" ? only.left : only;
	const found =
		name?.kind === "name" && more.length === 0
			? findFactor(factors, name)
			: null;
	if (!found) return false;
	return (
		(isLoose(next) || someSurface(next.side, isOverOthers)) &&
		!mentionsOwn(right, found.factor, scope)
	);
}

function isLoose(next: Link): boolean {
	const kind = next.relation?.kind;
	return (
		kind === "constant" ||
		kind === "proportional" ||
		someSurface(next.side, (s) => s.kind === "const")
	);
}

/** Whether a side has an expectation under another factor of q than that of these unnamed variables. */
function averagesOverOthers(
	scope: Scope,
	call: DensityCall,
	side: Surface,
): boolean {
	const own = openTuples(call.arguments).map(
		(s) => unnamedVariable(scope, s)?.name,
	);
	const isOther = (name: string | undefined) => !own.includes(name);
	return someSurface(side, (s) => {
		const law = s.kind === "expectation" ? s.law : null;
		if (!law) return false;
		if (isDensityCall(law))
			return (
				law.function.name === "q" &&
				openTuples(law.arguments).every((a) =>
					isOther(unnamedVariable(scope, a)?.name),
				)
			);
		const setting = scope.passage.setting;
		return (
			setting !== null &&
			law.kind === "name" &&
			law.name === "q" &&
			law.subscripts.length > 0 &&
			bareTable(setting, law).of.every((v) => isOther(v.name))
		);
	});
}

function isOverOthers(s: Surface): boolean {
	if (s.kind !== "expectation" || !s.law) return false;
	return (
		leavesOut([s.law]) !== null ||
		(s.law.kind === "name" && leavesOut(s.law.subscripts) !== null)
	);
}

/** Whether a tree mentions a variational parameter of the factor, other than through what an expectation is over. */
function mentionsOwn(tree: Expr, factor: Factor, scope: Scope): boolean {
	const own = new Set<string>();
	for (const parameter of Object.values(factor.parameters))
		visit(parameter, (n) => {
			if (
				n.kind === "symbol" &&
				scope.passage.symbol(n.name)?.role === "variational"
			)
				own.add(n.name);
		});
	const search = (e: Expr): boolean => {
		if (e.kind === "symbol" && own.has(e.name)) return true;
		return e.kind === "expectation" ? search(e.body) : children(e).some(search);
	};
	return search(tree);
}

/** The surface of the head with q* in place of q. */
export function asOptimal(head: Surface): Surface {
	if (isDensityCall(head))
		return { ...head, function: { ...head.function, labels: ["*"] } };
	if (head.kind === "call")
		return { ...head, arguments: head.arguments.map(asOptimal) };
	return head;
}
