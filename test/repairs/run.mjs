import { join } from "node:path";
import { parseArgs } from "node:util";
import { toLatex } from "../../dist/expr/print/latex.js";
import { sheets } from "../mutation/engine/sheets.mjs";
import { mutantsOf, outcomeOf } from "./mutants.mjs";
import { outcomesOf, slipSheets } from "./slips.mjs";

/**
 * How many first repairs undo the slip, and how many kinds are right: on slips written by hand, and on single edits of
 * right steps by operators, most of them outside of the repair table. `--slips FOLDER` takes other slips, `--most N` so many
 * mutants by each operator of each sheet (0 for none), `--sheets A,B` some sheets alone, `--list` shows each that went wrong.
 */
const { values: options } = parseArgs({
	options: {
		slips: { type: "string" },
		sheets: { type: "string" },
		most: { type: "string", default: "1" },
		list: { type: "boolean", default: false },
	},
});
const isChosen = ({ name }) =>
	!options.sheets || options.sheets.split(",").includes(name);

/** So many of each operator's mutants, evenly. */
function sample(mutants, most) {
	return [...groups(mutants)].flatMap(([, list]) => {
		const step = Math.max(1, list.length / most);
		return list.filter(
			(_, n) => Math.floor(n / step) !== Math.floor((n - 1) / step),
		);
	});
}

function groups(items) {
	const found = new Map();
	for (const item of items)
		found.set(item.operator, [...(found.get(item.operator) ?? []), item]);
	return found;
}

function report(name, outcomes) {
	const share = (f) => {
		const n = outcomes.filter(f).length;
		return `${n} of ${outcomes.length} (${((100 * n) / outcomes.length).toFixed(1)} %)`;
	};
	console.log(
		`${name}: restored ${share((o) => o.isRestored)}, by the inverse edit itself ${share((o) => o.isInverse)}, kind right ${share((o) => o.isNamed)}`,
	);
}

const slips = [];
const folder = options.slips ?? join(import.meta.dirname, "slips");
for (const sheet of slipSheets(folder).filter(isChosen)) {
	const outcomes = await outcomesOf(sheet);
	report(sheet.name, outcomes);
	slips.push(...outcomes);
}
if (options.list)
	for (const {
		step,
		meant,
		sheet,
		isRestored,
		isInverse,
		isNamed,
		rightIs,
	} of slips)
		if (!isRestored || !isNamed)
			console.log(
				`${sheet}:${step.line} ${step.verdict}, right ${rightIs}${isRestored ? "" : ", LOST"}${isInverse ? ", inverse" : ""}${isNamed ? "" : ", MISNAMED"}\n   ${step.left} ${step.relation} ${step.right}\n   → ${step.repair?.latex} [${step.repair?.kind}]\n   meant ${meant.right} [${meant.kinds.join(" | ")}]`,
			);

const mutants = [];
const most = Number(options.most);
if (most > 0)
	for (const sheet of sheets().filter(isChosen))
		for (const mutant of sample(mutantsOf(sheet), most)) {
			const outcome = await outcomeOf(mutant);
			if (outcome) mutants.push(outcome);
		}
for (const [operator, outcomes] of groups(mutants)) report(operator, outcomes);
if (options.list)
	for (const m of mutants)
		if (!m.isRestored || !m.isNamed) {
			const tex = (e) => toLatex(e, m.wrong.context);
			console.log(
				`${m.sheet}:${m.line} ${m.operator}${m.isRestored ? "" : ", LOST"}${m.isNamed ? "" : ", MISNAMED"} ${Math.round(m.ms)} ms\n   ${tex(m.wrong.left)} ${m.wrong.relation.sign} ${tex(m.wrong.right)}\n   → ${m.found && tex(m.found.claim.right)} [${m.found?.kind}]\n   meant ${tex(m.meant)}`,
			);
		}
if (slips.length > 0) report("all slips by hand", slips);
if (mutants.length > 0) {
	report("all mutants", mutants);
	report(
		"mutants by operators outside of the repair table",
		mutants.filter((m) => !m.inTable),
	);
	const times = mutants.map((m) => m.ms).sort((a, b) => a - b);
	console.log(
		`search and proof: median ${Math.round(times[times.length >> 1])} ms, 95 % within ${Math.round(times[Math.floor(0.95 * times.length)])} ms, most ${Math.round(times.at(-1))} ms`,
	);
}
