import { assembled, type Notation } from "../algebra/assemble.js";
import { type Environment, freshIndex } from "../algebra/environment.js";
import { environment, type Form } from "../algebra/index.js";
import { entry } from "../algebra/lower.js";
import { minus } from "../algebra/ring.js";
import { emptyScope } from "../algebra/scope.js";
import { log } from "../expr/build.js";
import type { Context } from "../expr/context.js";
import { toLatex } from "../expr/print/latex.js";
import { toText } from "../expr/print/text.js";
import { shapeOf } from "../expr/shape.js";
import type { Expr, Factor, Sym } from "../expr/tree.js";
import { freeIndices, visit } from "../expr/walk.js";
import { evaluate, makeWorlds, type World } from "../numeric/index.js";
import { relations } from "../relations/index.js";
import { checkWith } from "./checkWith.js";
import type { Claim } from "./claim.js";
import { lookAt } from "./look.js";
import { namesOf } from "./mentioned.js";
import { withoutNormaliser } from "./normaliser.js";
import { notationOf } from "./repair/notation.js";
import type {
	CheckedStep,
	Counterexample,
	ExplainedStep,
	Explanation,
	ReadStatement,
	WitnessedWorld,
} from "./result.js";
import { shownValue, shownWorld } from "./shown.js";
import { normalForms } from "./symbolic.js";

/** Longer normal forms are cut: they are read by people. */
const longest = 2000;

/** What a step was read as, and what seeded its worlds. */
interface Observed {
	readonly claim: Claim;
	readonly seed: string;
}

/** How the steps on a line (from 1) of a sheet were read and decided. */
export async function explainStep(
	text: string,
	path: string,
	line: number,
	options: { seed?: number } = {},
): Promise<Explanation> {
	const seen = new Map<CheckedStep, Observed>();
	const { sheet, context } = await checkWith(
		text,
		path,
		options,
		(step, claim, seed) => seen.set(step, { claim, seed }),
	);
	const onLine = (place: { line: number; endLine: number }) =>
		place.line <= line && line <= place.endLine;
	const exact = sheet.steps.filter((s) => s.line === line);
	const steps = exact.length > 0 ? exact : sheet.steps.filter(onLine);
	return {
		path,
		line,
		steps: steps.map((step) => explained(step, seen.get(step) ?? null)),
		updates: sheet.updates.filter(onLine),
		statements: statementsOf(context).filter((s) => s.line === line),
	};
}

/** Every statement of the model and every factor of the family, in words of the distributions. */
function statementsOf({ model, family }: Context): ReadStatement[] {
	const read = (of: ReadStatement["of"]) => (f: Factor & { line: number }) => ({
		line: f.line,
		of,
		reading: readingOf(f),
	});
	return [
		...(model?.statements ?? []).map(read("model")),
		...(family?.factors ?? []).map(read("family")),
	];
}

function readingOf(factor: Factor): string {
	const { variable, plates, distribution, parameters, shape } = factor;
	const at = plates.map((p) => p.index).join(",");
	const named = Object.entries(parameters).map(
		([name, value]) => `${name} = ${readable(value)}`,
	);
	const over = plates.map((p) => `${p.index} = 1…${p.size}`).join(", ");
	return [
		`${variable}${at ? `[${at}]` : ""} ~ ${distribution}(${named.join(", ")})`,
		...(over ? [`for ${over}`] : []),
		...(shape.length > 0 ? [`in ℝ^${shape.join("×")}`] : []),
	].join(" ");
}

function explained(
	step: CheckedStep,
	observed: Observed | null,
): ExplainedStep {
	if (!observed)
		return {
			step,
			reading: null,
			latex: null,
			isByLetter: true,
			normalForms: null,
			worlds: [],
		};
	const { claim, seed } = observed;
	const printed = (side: Expr) => toLatex(side, claim.context);
	const worlds = witnessed(withoutNormaliser(claim), seed);
	const isByLetter =
		step.verdict === "refuted" || worlds.every((w) => w.holds !== false);
	return {
		step,
		reading: { left: readable(claim.left), right: readable(claim.right) },
		latex: { left: printed(claim.left), right: printed(claim.right) },
		isByLetter,
		normalForms: isByLetter ? shownForms(claim) : null,
		worlds: isByLetter ? worlds : [],
	};
}

/** A tree as text, with k′ for a second k, and 0 for a column of zeros. */
function readable(e: Expr): string {
	return toText(e)
		.replace(/vec\([\w#]+=1\.\.\w+, 0\)/g, "0")
		.replace(/([A-Za-z])#(\d)\b/g, (_, name, n) => name + "'".repeat(n - 1));
}

function shownForms(claim: Claim): ExplainedStep["normalForms"] {
	const env = environment(claim.context);
	const notation = notationFor(env, claim);
	const shape = shapeOf(claim.left);
	const [row, column] = [shape[0], shape[1]].map((dim) =>
		dim === undefined || dim === 1 ? "1" : freshIndex(env, dim),
	) as [string, string];
	const formOf = (e: Expr) => entry(env, e, row, column, emptyScope);
	const shown = (form: Form) =>
		cut(toText(assembled(notation, form, row, column)));
	try {
		const [l, r] = [formOf(claim.left), formOf(claim.right)];
		return {
			left: shown(l),
			right: shown(r),
			difference: differenceOf(claim) ?? shown(minus(l, r)),
		};
	} catch {
		return null;
	}
}

/** Sums over the sheet's letters, vectors and matrices whole: as the claim itself is written. */
function notationFor(env: Environment, { left, right }: Claim): Notation {
	const symbols: Sym[] = [];
	for (const side of [left, right])
		visit(side, (e) => e.kind === "symbol" && symbols.push(e));
	const taken = new Set([...freeIndices(left), ...freeIndices(right)]);
	return notationOf(env, symbols, taken);
}

/** For ∝ the difference of the logarithms, which may depend on anything but the free variable; null if they have no form. */
function differenceOf(claim: Claim): string | null {
	const { relation, left, right, context } = claim;
	if (relation !== relations.proportional) return null;
	const env = environment(context);
	try {
		const [l, r] = normalForms(env, log(left), log(right));
		const notation = notationFor(env, claim);
		return cut(toText(assembled(notation, minus(l, r))));
	} catch {
		return null;
	}
}

function cut(text: string): string {
	return text.length > longest ? `${text.slice(0, longest)} …` : text;
}

function valuesIn(
	claim: Claim,
	world: World,
	names: ReadonlySet<string>,
): Counterexample {
	const value = (side: Expr) => {
		const e = evaluate(side, world, claim.context);
		return e.status === "ok" ? shownValue(e.values) : e.status;
	};
	return {
		world: shownWorld(world, names),
		left: value(claim.left),
		right: value(claim.right),
	};
}

function witnessed(claim: Claim, seed: string): WitnessedWorld[] {
	const names = namesOf(
		claim.left,
		claim.right,
		claim.free ? [claim.free] : [],
	);
	return makeWorlds([claim.left, claim.right], claim.context, seed).map(
		(world) => {
			const { outcome, other } = lookAt(claim, world, seed, undefined);
			return {
				...valuesIn(claim, world, names),
				holds: outcome === "open" ? null : outcome === "holds",
				beside: other && valuesIn(claim, other, names),
			};
		},
	);
}
