import type { FreeOf } from "../../expr/context.js";
import type { Expr, Sym } from "../../expr/tree.js";
import { freeIndices, sameTree, some, visit } from "../../expr/walk.js";
import { relations } from "../../relations/index.js";
import type { Claim } from "../claim.js";
import type { Candidate } from "./edit.js";

/** Where the chain is up to a constant already, one more is likelier than a lost term; where it is not, less likely. */
const costWhereLoose = 1.32;
const costWhereStrict = 1.65;

/** The same two sides under another relation: an inequality turned round, `∝` or `+ const` where `=` was written. */
export function otherRelations(claim: Claim): Candidate[] {
	const { relation } = claim;
	if (relation === relations.atLeast) return [turned(claim, relations.atMost)];
	if (relation === relations.atMost) return [turned(claim, relations.atLeast)];
	if (relation === relations.above) return [turned(claim, relations.below)];
	if (relation === relations.below) return [turned(claim, relations.above)];
	const free = claim.free ?? freeOfLeft(claim);
	if (!free || !depends(claim.left, free) || !depends(claim.right, free))
		return [];
	const upTo = { ...claim, free };
	const cost = claim.free ? costWhereLoose : costWhereStrict;
	const proportional = candidate(
		{ ...upTo, relation: relations.proportional },
		"write ∝",
		cost,
	);
	const constant = candidate(
		{ ...upTo, relation: relations.constant },
		"write + const",
		cost,
	);
	if (relation === relations.equal) return [constant, proportional];
	return relation === relations.proportional ? [constant] : [];
}

/** log E[f] ≥ E[log f] the wrong way round has a name of its own. */
function turned(claim: Claim, relation: Claim["relation"]): Candidate {
	const sides = [claim.left, claim.right];
	const isMean = (e: Expr) =>
		e.kind === "expectation" || e.kind === "integral" || e.kind === "sum";
	const isJensen =
		sides.some((side) => some(side, isMean)) &&
		sides.every((side) => some(side, (e) => !isLinear(e)));
	const kind = isJensen
		? "Jensen's inequality reversed"
		: "inequality reversed";
	return candidate({ ...claim, relation }, kind, 1);
}

/** Functions and powers, on which Jensen's inequality turns. */
function isLinear(e: Expr): boolean {
	return e.kind !== "apply" && e.kind !== "pow";
}

function candidate(claim: Claim, kind: string, cost: number): Candidate {
	return { claim, kind, cost };
}

/** What the left side is a function of: k for φ_ik and log φ_ik, the argument of a density, of q* and of their logarithms. */
function freeOfLeft({ left, context }: Claim): FreeOf | null {
	const inner =
		left.kind === "apply" && left.fn === "log" ? left.argument : left;
	if (inner.kind === "pdf" && inner.of.kind === "symbol")
		return { kind: "variable", symbol: inner.of };
	const normalised = normalisedOver(inner);
	if (normalised) return { kind: "variable", symbol: normalised };
	const entry = inner.kind === "derivative" ? inner.by : inner;
	if (
		entry.kind !== "symbol" ||
		context.symbols.get(entry.name)?.type !== "simplex"
	)
		return null;
	const last = entry.indices.at(-1);
	return last?.kind === "index" ? { kind: "index", name: last.name } : null;
}

/** The variable z of f(z) / ∫ f(z) dz, as which an optimal factor is read. */
function normalisedOver(e: Expr): Sym | null {
	for (const f of e.kind === "mul" ? e.factors : []) {
		const integral = f.kind === "pow" ? f.base : f;
		if (integral.kind !== "integral") continue;
		const { variable, only } = integral;
		const isOne = (s: Sym) =>
			s.name === variable &&
			(only === null || sameTree({ ...s, indices: only }, s));
		return symbolIn(e, isOne);
	}
	return null;
}

function symbolIn(e: Expr, isOne: (s: Sym) => boolean): Sym | null {
	let found: Sym | null = null;
	visit(e, (node) => {
		if (node.kind === "symbol" && isOne(node)) found ??= node;
	});
	return found;
}

/** Whether a tree mentions the variable or the index; only then does "up to what is free of it" say something. */
export function depends(e: Expr, free: FreeOf): boolean {
	if (free.kind === "index") return freeIndices(e).has(free.name);
	return some(
		e,
		(node) => node.kind === "symbol" && node.name === free.symbol.name,
	);
}
