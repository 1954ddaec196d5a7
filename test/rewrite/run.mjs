import { parseArgs } from "node:util";
import { shownWorld } from "../../dist/check/shown.js";
import { toText } from "../../dist/expr/print/text.js";
import { sheets } from "../mutation/engine/sheets.mjs";
import { verdictOf } from "../mutation/engine/verdict.mjs";
import { rewritesOf } from "./rewrites.mjs";

/**
 * Rewrites every proved step of every sheet without changing what it says, so many times (8 unless a number is given), and
 * reports what is then said of it. `--sheets A,B` chooses sheets.
 */
const { values: options, positionals } = parseArgs({
	options: { sheets: { type: "string" } },
	allowPositionals: true,
});
const perStep = Number(positionals[0] ?? 8);
const isChosen = ({ name }) =>
	!options.sheets || options.sheets.split(",").includes(name);

const table = new Map();
const count = (operator, column) => {
	const row = table.get(operator) ?? {};
	row[column] = (row[column] ?? 0) + 1;
	table.set(operator, row);
};
const lost = [];
const contradictions = [];
for (const sheet of sheets().filter(isChosen))
	for (const r of await rewritesOf(sheet, perStep)) {
		const said = r.claim
			? await verdictOf(r.claim, `rewrites/${r.sheet}/${r.line}`)
			: r;
		count("all", said.verdict);
		if (said.symbolic && said.witness === "differs") {
			count("all", "channels contradict");
			contradictions.push({
				sheet: r.sheet,
				line: r.line,
				operators: r.operators,
				left: toText(r.claim.left),
				right: toText(r.claim.right),
				world: shownWorld(said.failure.world),
				values: [said.failure.left, said.failure.right],
			});
		}
		for (const operator of r.operators) count(operator, said.verdict);
		if (said.verdict !== "proved")
			lost.push({
				verdict: said.verdict,
				sheet: r.sheet,
				line: r.line,
				operators: r.operators,
				reason: said.reason,
				text: r.text,
			});
	}
console.table(Object.fromEntries(table));
const order = { refuted: 0, unread: 1, agrees: 2 };
lost.sort((a, b) => order[a.verdict] - order[b.verdict]);
for (const l of lost.slice(0, 120)) console.log(JSON.stringify(l));
if (contradictions.length > 0) console.log("contradictions of the channels:");
for (const c of contradictions) console.log(JSON.stringify(c));
