import { div, entry, matmul, mul, num, pow } from "../expr/build.js";
import type { Context } from "../expr/context.js";
import { shapeOf } from "../expr/shape.js";
import type { Expr, Factor, Index, Sym } from "../expr/tree.js";
import {
	replaceSymbols,
	some,
	substituteIndices,
	visit,
} from "../expr/walk.js";
import { Problem } from "../problem.js";
import { equal } from "../relations/equal.js";
import { assignmentOf, type StatedStep } from "./assignment.js";
import type { Claim, Decision } from "./claim.js";
import { inverted, type Optimum, optimumOf } from "./optimum.js";
import { atOwnOptimum, holdsAtOptimum } from "./ownOptimum.js";
import { findRepair } from "./repair/index.js";
import type { Repair } from "./result.js";

/**
 * The smallest edit of a refuted statement about the parameters of a factor, as `Σ⁻¹ = …`, under which it holds at the
 * coordinate optimum: its right side is compared with what the left side comes to there. Null where the family does not say
 * what its parameters are at the optimum, or where no edit is found.
 */
export async function repairAtOptimum(
	context: Context,
	factor: Factor,
	step: StatedStep,
	seed: string,
): Promise<Repair | null> {
	try {
		if (step.relation !== "equal") return null;
		const optimum = optimumOf(context, factor);
		const values = optimum && new Values(optimum, step.left.expr);
		const left = values?.of(step.left.expr) ?? null;
		if (!values || !left) return null;
		const holds = (claim: Claim) =>
			decideAtOptimum(context, factor, step, claim, seed);
		for (const spelled of [left, ...through(step.right.expr, left, values)]) {
			const claim: Claim = {
				left: spelled,
				right: step.right.expr,
				relation: equal,
				free: null,
				context: step.context,
			};
			const repair = await findRepair(claim, holds);
			if (repair) return repair;
		}
		return null;
	} catch (error) {
		if (error instanceof Problem) return null;
		throw error;
	}
}

/** Whether the statement holds at the optimum with the right side of a claim. */
async function decideAtOptimum(
	context: Context,
	factor: Factor,
	step: StatedStep,
	{ right, relation }: Claim,
	seed: string,
): Promise<Decision> {
	const edited = { ...step, right: { expr: right } };
	const assignment = assignmentOf(edited);
	const decision =
		relation !== equal
			? null
			: assignment
				? await atOwnOptimum(context, factor, assignment, seed)
				: await holdsAtOptimum(step.context, step.left.expr, right, seed);
	return decision ?? undecided;
}

const undecided: Decision = {
	verdict: "unread",
	reason: "not compared with the optimum",
	rules: [],
	failure: null,
	note: null,
};

/** What the parameters of a factor are at its optimum, at the subscripts that a statement uses. */
class Values {
	/** From the subscripts of the optimum to those of the statement; null where it uses several. */
	private readonly at: ReadonlyMap<string, Index> | null;

	constructor(
		private readonly optimum: Optimum,
		left: Expr,
	) {
		this.at = subscripts(optimum, left);
	}

	/** A tree with all parameters at their optimum; null where one of them is not known, or differentiated by. */
	of(e: Expr): Expr | null {
		if (some(e, (x) => x.kind === "derivative" && this.has(x.by))) return null;
		let isKnown = true;
		const replaced = replaceSymbols(e, (s) => {
			const value = this.optimum.own.includes(s.name) ? this.known(s) : s;
			if (!value) isKnown = false;
			return value ?? s;
		});
		return isKnown ? replaced : null;
	}

	/** Whether a symbol is a parameter of the factor. */
	has({ name }: Sym): boolean {
		return this.optimum.own.includes(name);
	}

	/** A parameter, or an entry of it, at the optimum. */
	private known(s: Sym): Expr | null {
		const found = inverted(this.optimum, s.name);
		if (!found || !this.at) return null;
		const depth = this.optimum.at.length;
		const value = substituteIndices(found.value, this.at);
		const root =
			found.power === 1 ? value : pow(value, num(`1/${found.power}`));
		const rest = s.indices.slice(depth);
		return rest.length === 0 ? root : entry(root, ...rest);
	}
}

function subscripts(
	{ at, own }: Optimum,
	left: Expr,
): ReadonlyMap<string, Index> | null {
	const map = new Map<string, Index>();
	let isOne = true;
	visit(left, (e) => {
		if (e.kind !== "symbol" || !own.includes(e.name)) return;
		at.forEach(({ name }, n) => {
			const here = e.indices[n];
			if (here?.kind !== "index") isOne = false;
			else if ((map.get(name) ?? here).name !== here.name) isOne = false;
			else map.set(name, here);
		});
	});
	return isOne && map.size === at.length ? map : null;
}

function inverse(of: Expr): Expr {
	return { kind: "inverse", of };
}

/** The left side through the new value of another parameter that the right side names, as in m = S Σ …. */
function* through(right: Expr, left: Expr, values: Values): Generator<Expr> {
	const seen = new Set<string>();
	const named: Sym[] = [];
	visit(right, (e) => {
		if (e.kind !== "symbol" || !values.has(e) || seen.has(e.name)) return;
		seen.add(e.name);
		named.push(e);
	});
	for (const symbol of named) {
		const value = values.of(symbol);
		if (!value) continue;
		if (shapeOf(symbol).length === 0) yield mul(div(symbol, value), left);
		else if (shapeOf(symbol).length === 2 && shapeOf(left).length > 0) {
			yield matmul(symbol, matmul(inverse(value), left));
			yield matmul(inverse(symbol), matmul(value, left));
		}
	}
}
