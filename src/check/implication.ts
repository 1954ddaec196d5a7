import type { CompareStep, ImpliedStep } from "../elaborate/index.js";
import { sub } from "../expr/build.js";
import type { Context } from "../expr/context.js";
import type { Expr, Sym } from "../expr/tree.js";
import { freeIndices, some } from "../expr/walk.js";
import { checkedStep } from "./checkedStep.js";
import type { Decision } from "./claim.js";
import { claimOf } from "./claimOf.js";
import { follows } from "./condition.js";
import { decide } from "./decide.js";
import { namedRoot } from "./namedRoot.js";
import { underPremises } from "./numericRoot.js";
import { type Premises, premisesOf } from "./premiseWorlds.js";
import type { CheckedStep } from "./result.js";
import { isSeenRoot, mentions, replaced, withoutDerivatives } from "./root.js";
import { checkCompare, proved, type Surroundings } from "./step.js";

/**
 * Decides P ⟹ Q (or P ⇔ Q) between whole equations. Proved if Q is P solved for a variable, with no other root; or if Q
 * holds once P is put into it. Where Q names a value for a variable of P, a value that is no root refutes.
 */
export async function checkImplied(
	step: ImpliedStep,
	context: Context,
	around: Surroundings,
): Promise<CheckedStep> {
	const { conclusion, premises, kind } = step;
	const decision = await decideImplied(step, around);
	const sign = kind === "iff" ? "⇔" : "⟹";
	if (decision)
		return {
			...checkedStep(conclusion, decision, null, around),
			relation: sign,
		};
	const { checked } = await checkCompare(conclusion, context, around);
	if (checked.verdict !== "refuted" || (await hold(premises, around)))
		return { ...checked, relation: sign };
	const open = undecided("no world was found in which the premise holds");
	return { ...checkedStep(conclusion, open, null, around), relation: sign };
}

async function decideImplied(
	step: ImpliedStep,
	around: Surroundings,
): Promise<Decision | null> {
	const { conclusion, premises, kind } = step;
	const solved = premises.find((p) =>
		followsFrom(p, conclusion, kind === "iff", around),
	);
	if (solved && (await isSeen(solved, conclusion, around)))
		return proved(
			"the equations differ by a factor that is never zero",
			"equivalent equations",
		);
	const found =
		kind === "implies" ? await putIn(premises, conclusion, around) : null;
	if (found) return found;
	const [premise, ...more] = premises;
	const root =
		premise && more.length === 0
			? await asRoot(premise, conclusion, around)
			: null;
	if (root?.verdict === "refuted") return root;
	const seen = await whereItHolds(step, around);
	return seen?.verdict === "refuted" ? seen : (root ?? seen);
}

/** The conclusion in worlds in which the premises hold; of an equivalence also each premise where the conclusion holds. */
async function whereItHolds(
	{ premises, conclusion, kind }: ImpliedStep,
	{ seed, recall }: Surroundings,
): Promise<Decision | null> {
	const presumed = jointly(premises);
	const there =
		presumed &&
		(await recall(underPremises, presumed, claimOf(conclusion), seed));
	if (kind === "implies" || there?.verdict === "refuted") return there;
	const back = jointly([conclusion]);
	for (const premise of premises) {
		const returns =
			back && (await recall(underPremises, back, claimOf(premise), seed));
		if (!returns || returns.verdict === "refuted") return returns;
	}
	return there;
}

/** What several steps presume together, those of a stationarity condition by its expression. */
function jointly(steps: readonly CompareStep[]): Premises | null {
	const conditions = steps.flatMap((s) => s.condition?.expression ?? []);
	const others = steps.filter((s) => !s.condition);
	const found = premisesOf(others.map(claimOf));
	if (!found) return null;
	const zeros = [...conditions, ...found.zeros].map(
		(zero) =>
			withoutDerivatives(zero, (steps[0] as CompareStep).context) ?? zero,
	);
	return { ...found, zeros };
}

async function isSeen(
	premise: CompareStep,
	{ left, right, context }: CompareStep,
	around: Surroundings,
): Promise<boolean> {
	const expression = sub(premise.left.expr, premise.right.expr);
	return around.recall(
		isSeenRoot,
		expression,
		left.expr,
		right.expr,
		context,
		around.seed,
	);
}

function undecided(reason: string): Decision {
	return { verdict: "unread", reason, rules: [], failure: null, note: null };
}

/** Whether all premises hold by themselves, so that the conclusion must as well. */
async function hold(
	premises: readonly CompareStep[],
	around: Surroundings,
): Promise<boolean> {
	for (const premise of premises) {
		if (premise.condition || premise.relation !== "equal") return false;
		const { verdict } = await around.recall(
			decide,
			claimOf(premise),
			around.seed,
		);
		if (verdict !== "proved") return false;
	}
	return true;
}

/** Whether one equation is another, solved for a variable that both mention. */
function followsFrom(
	premise: CompareStep,
	conclusion: CompareStep,
	both: boolean,
	{ recall }: Surroundings,
): boolean {
	if (premise.relation !== "equal" || conclusion.relation !== "equal")
		return false;
	const { context } = conclusion;
	const solves = (from: CompareStep, to: CompareStep) =>
		symbolsIn(to.left.expr).some((by) =>
			recall(
				follows,
				{
					expression: sub(from.left.expr, from.right.expr),
					by,
					context,
					line: 0,
				},
				{
					left: to.left.expr,
					right: to.right.expr,
					relation: "equal",
					free: null,
				},
			),
		);
	return solves(premise, conclusion) && (!both || solves(conclusion, premise));
}

/**
 * The conclusion with the premises of the form `s = e` put into it, one after the other, and decided like any other claim; null
 * if there are none, or if it fails and other premises are left that it may need.
 */
async function putIn(
	premises: readonly CompareStep[],
	conclusion: CompareStep,
	around: Surroundings,
): Promise<Decision | null> {
	let claim = claimOf(conclusion);
	let saysMore = false;
	const left: CompareStep[] = [];
	let waiting = [...premises];
	for (let next = waiting[0]; next; next = waiting[0]) {
		waiting = waiting.slice(1);
		const value = valueIn(next);
		if (!value) {
			left.push(next);
			continue;
		}
		saysMore ||= hasMoreIndices(value, conclusion);
		const put = (x: Expr) => replaced(x, value.symbol, value.expr);
		claim = { ...claim, left: put(claim.left), right: put(claim.right) };
		waiting = waiting.map((p) => ({
			...p,
			left: { ...p.left, expr: put(p.left.expr) },
			right: { ...p.right, expr: put(p.right.expr) },
		}));
	}
	if (left.length === premises.length) return null;
	const decision = await around.recall(decide, claim, around.seed);
	const isOpen = decision.verdict !== "proved" && (left.length > 0 || saysMore);
	return isOpen ? null : { ...decision, note: "with the premise put in" };
}

/** Whether a premise holds for all values of an index that the conclusion does not have: x_i = θ says that all x_i are equal. */
function hasMoreIndices(
	premise: { readonly symbol?: Sym; readonly expr: Expr },
	{ left, right }: CompareStep,
): boolean {
	const known = new Set([left, right].flatMap((x) => [...freeIndices(x.expr)]));
	const { symbol, expr } = premise;
	const own = [...freeIndices(expr), ...(symbol ? freeIndices(symbol) : [])];
	return own.some((name) => !known.has(name));
}

/** A symbol that an equation gives a value of its type; null if it gives none. */
function valueIn(
	premise: CompareStep,
): { readonly symbol: Sym; readonly expr: Expr } | null {
	if (premise.relation !== "equal" || premise.condition) return null;
	const sides = [premise.left.expr, premise.right.expr] as const;
	for (const [s, e] of [sides, [sides[1], sides[0]] as const]) {
		if (s.kind !== "symbol" || mentions(e, s.name)) continue;
		const type = premise.context.symbols.get(s.name)?.type;
		if (type === "real" || sameType(premise, s, e))
			return { symbol: s, expr: e };
	}
	return null;
}

/** Whether two symbols are declared alike, so that every value of one is one of the other. */
function sameType(premise: CompareStep, s: Sym, e: Expr): boolean {
	if (e.kind !== "symbol") return false;
	const { symbols } = premise.context;
	return symbols.get(s.name)?.type === symbols.get(e.name)?.type;
}

/** A conclusion that names a value for a variable of the premise. */
async function asRoot(
	premise: CompareStep,
	conclusion: CompareStep,
	around: Surroundings,
): Promise<Decision | null> {
	if (premise.relation !== "equal" || conclusion.relation !== "equal")
		return null;
	const expression =
		premise.condition?.expression ?? sub(premise.left.expr, premise.right.expr);
	if (hasMoreIndices({ expr: expression }, conclusion)) return null;
	return around.recall(namedRoot, expression, claimOf(conclusion), around.seed);
}

function symbolsIn(e: Expr): Sym[] {
	const found: Sym[] = [];
	some(e, (node) => {
		if (node.kind === "symbol") found.push(node);
		return false;
	});
	return found;
}
