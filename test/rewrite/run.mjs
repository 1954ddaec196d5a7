import { sheets } from "../mutation/engine/sheets.mjs";
import { verdictOf } from "../mutation/engine/verdict.mjs";
import { rewritesOf } from "./rewrites.mjs";

/** Rewrites every proved step of every sheet without changing what it says, and reports what is then said of it. */
const perStep = Number(process.argv[2] ?? 8);
const table = new Map();
const count = (operator, column) => {
	const row = table.get(operator) ?? {};
	row[column] = (row[column] ?? 0) + 1;
	table.set(operator, row);
};
const lost = [];
for (const sheet of sheets())
	for (const r of await rewritesOf(sheet, perStep)) {
		const said = r.claim
			? await verdictOf(r.claim, `rewrites/${r.sheet}/${r.line}`)
			: r;
		count("all", said.verdict);
		if (said.symbolic && said.witness === "differs")
			count("all", "channels contradict");
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
