import type { Solvable, Update } from "../check/result.js";
import type { FactorUpdate } from "../compile/factors.js";
import { makePlan, type Plan, type Variable } from "../compile/plan.js";
import { toLatex } from "../expr/print/latex.js";
import { Problem } from "../problem.js";
import type { Typesetter } from "./formula/typeset.js";
import { type Html, html, join } from "./html.js";

/** The certified updates as pseudo-code, in the order in which the compiled solver makes them; null if they do not compile. */
export function algorithmMarkup(
	solvable: Solvable,
	typesetter: Typesetter,
): Html | null {
	const plan = planOf(solvable);
	if (plan === null) return null;
	const formula = (source: string) => typesetter.inline(source);
	const names = (variables: readonly Variable[]) =>
		listOf(variables.map((v) => formula(withAxes(v, solvable))));
	const observed = plan.inputs.filter((input) => input.observed);
	const known = plan.inputs.filter((input) => !input.observed);
	const globals = plan.parameters.filter((parameter) => !parameter.local);
	const stated = (group: FactorUpdate) => loop(group, solvable, typesetter);
	const locals = plan.locals.map(stated);
	const others = plan.globals.map(stated);
	return html`<div class="algorithm" tabindex="0" role="group" aria-label="Pseudo-code"><ol>
<li><b>given</b> the data ${names(observed)}${known.length > 0 && html`, and ${names(known)}`}</li>
<li><b>start</b> with some ${names(globals.length > 0 ? globals : plan.parameters)}</li>
<li><b>repeat</b><ol>
${locals}${others}<li>compute the bound ${formula("\\mathcal L")}, every constant included</li></ol></li>
<li><b>until</b> ${formula("\\mathcal L")} grows no more</li>
</ol></div>`;
}

function planOf(solvable: Solvable): Plan | null {
	try {
		return makePlan(solvable, false);
	} catch (error) {
		if (error instanceof Problem) return null;
		throw error;
	}
}

/** The updates of one factor, for each of its instances. */
function loop(
	group: FactorUpdate,
	solvable: Solvable,
	typesetter: Typesetter,
): Html {
	const lines = group.updates.map(
		(update) =>
			html`<li>${typesetter.inline(assignment(update, solvable))}</li>
`,
	);
	const indices = indicesOf(group.updates[0]).slice(0, group.plates.length);
	if (indices.length === 0) return join(lines);
	const ranges = indices.map((index, n) =>
		typesetter.inline(`${index} = 1,\\dots,${group.plates[n]}`),
	);
	const how = group.sequential && ", one after the other";
	return html`<li><b>for</b> ${listOf(ranges)}${how}<ol>
${lines}</ol></li>
`;
}

function indicesOf(update: Update | undefined): readonly string[] {
	return (update?.target.indices ?? []).flatMap((index) =>
		index.kind === "index" ? [index.name] : [],
	);
}

/**
 * `m_k ← …`; weights are scaled to add up to 1, which `∝` says. The formula is the sheet's, not the one about the mean of
 * the data that the solver computes with.
 */
function assignment(planned: Update, { context, updates }: Solvable): string {
	const { name } = planned.target;
	const update = updates.find((u) => u.target.name === name) ?? planned;
	const target = toLatex(update.target, context);
	const left = update.power === 2 ? `${target}^2` : target;
	if (update.value !== null)
		return `\\displaystyle ${left} \\leftarrow ${toLatex(update.value, context)}`;
	if (update.logWeights === null) return left;
	const weights = toLatex(update.logWeights, context);
	return `\\displaystyle ${left} \\propto \\exp\\left\\{${weights}\\right\\}`;
}

/** A symbol with the lengths of its axes: `x (N × D)`. */
function withAxes({ name, dims }: Variable, { context }: Solvable): string {
	const shown = context.symbols.get(name)?.latex ?? name;
	return dims.length === 0
		? shown
		: `${shown}\\,({\\scriptstyle ${dims.join("\\times ")}})`;
}

function listOf(items: readonly Html[]): Html {
	return join(
		items.flatMap((item, n) => {
			if (n === 0) return [item];
			return [n === items.length - 1 ? " and " : ", ", item];
		}),
	);
}
