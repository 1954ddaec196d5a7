import { environment } from "../algebra/index.js";
import { raise } from "../algebra/raise.js";
import type { Context } from "../expr/context.js";
import { toText } from "../expr/print/text.js";
import { evaluate, makeWorlds } from "../numeric/index.js";
import { checkWith } from "./checkWith.js";
import type { Claim } from "./claim.js";
import type {
	CheckedStep,
	ExplainedStep,
	Explanation,
	WitnessedWorld,
} from "./result.js";
import { shownValue, shownWorld } from "./shown.js";
import { normalForms } from "./symbolic.js";
import { lookAt } from "./witness.js";

/** Longer normal forms are cut: they are read by people. */
const longest = 2000;

/** How the steps on a line (from 1) of a sheet were read and decided. */
export async function explainStep(
	text: string,
	path: string,
	line: number,
	options: { seed?: number } = {},
): Promise<Explanation> {
	const seen = new Map<CheckedStep, Claim>();
	const { sheet, seed } = await checkWith(text, path, options, (step, claim) =>
		seen.set(step, claim),
	);
	const onLine = (place: { line: number; endLine: number }) =>
		place.line <= line && line <= place.endLine;
	const exact = sheet.steps.filter((s) => s.line === line);
	const steps = exact.length > 0 ? exact : sheet.steps.filter(onLine);
	return {
		path,
		line,
		steps: steps.map((step) => explained(step, seen.get(step) ?? null, seed)),
		updates: sheet.updates.filter(onLine),
	};
}

function explained(
	step: CheckedStep,
	claim: Claim | null,
	seed: string,
): ExplainedStep {
	if (!claim) return { step, reading: null, normalForms: null, worlds: [] };
	const reading = { left: toText(claim.left), right: toText(claim.right) };
	return {
		step,
		reading,
		normalForms: shownForms(claim),
		worlds: witnessed(claim, seed),
	};
}

function shownForms({
	left,
	right,
	context,
}: Claim): ExplainedStep["normalForms"] {
	const env = environment(context);
	try {
		const [l, r] = normalForms(env, left, right);
		const shown = (form: typeof l) => cut(toText(raise(env, form)));
		return { left: shown(l), right: shown(r) };
	} catch {
		return null;
	}
}

function cut(text: string): string {
	return text.length > longest ? `${text.slice(0, longest)} …` : text;
}

function witnessed(claim: Claim, seed: string): WitnessedWorld[] {
	return makeWorlds([claim.left, claim.right], claim.context, seed).map(
		(world) => {
			const { outcome } = lookAt(claim, world, seed, undefined);
			const value = (side: Claim["left"], context: Context) => {
				const e = evaluate(side, world, context);
				return e.status === "ok" ? shownValue(e.values) : e.status;
			};
			return {
				world: shownWorld(world),
				left: value(claim.left, claim.context),
				right: value(claim.right, claim.context),
				holds: outcome === "open" ? null : outcome === "holds",
			};
		},
	);
}
