import { parseArgs } from "node:util";
import { askOracle, storedAnswers } from "./engine/answers.mjs";
import { mutantsOf } from "./engine/mutants.mjs";
import { sheets } from "./engine/sheets.mjs";
import { verdictOf } from "./engine/verdict.mjs";

/**
 * Breaks every right step of every sheet, one slip at a time, and reports what is said of the mutants, by operator and by
 * channel. `--ask` lets the oracle in Python judge mutants that are new; otherwise its stored answers are used.
 * `--sheets A,B` and `--without A,B` choose sheets, `--most N` takes so many mutants of each.
 */
const everything = "100000";
const { values: options } = parseArgs({
	options: {
		ask: { type: "boolean", default: false },
		sheets: { type: "string" },
		without: { type: "string", default: "" },
		most: { type: "string", default: everything },
	},
});
const isChosen = ({ name }) =>
	(!options.sheets || options.sheets.split(",").includes(name)) &&
	!options.without.split(",").includes(name);

/** So many of a list, evenly. */
function evenly(list, most) {
	const step = Math.max(1, list.length / most);
	return list.filter(
		(_, n) => Math.floor(n / step) !== Math.floor((n - 1) / step),
	);
}

const { ask } = options;
const mutants = sheets()
	.filter(isChosen)
	.flatMap((sheet) => evenly(mutantsOf(sheet), Number(options.most)));
const known = storedAnswers();
const answers = ask
	? askOracle(
			mutants.map((m) => m.job),
			known,
			!options.sheets && !options.without && options.most === everything,
		)
	: known;

const table = new Map();
const count = (operator, column) => {
	const row = table.get(operator) ?? {};
	row[column] = (row[column] ?? 0) + 1;
	table.set(operator, row);
};
/** Whether a claim holds to the letter: what a sheet states as an update is right without doing so, and tells nothing here. */
const letters = new Map();
async function holds(claim) {
	if (!letters.has(claim)) {
		const { verdict } = await verdictOf(claim, "mutants/originals");
		letters.set(claim, verdict === "proved" || verdict === "agrees");
	}
	return letters.get(claim);
}
const bad = [];
const open = new Map();
const started = Date.now();
for (const [n, m] of mutants.entries()) {
	if (n % 1000 === 0)
		process.stderr.write(
			`${n} of ${mutants.length} after ${Math.round((Date.now() - started) / 1000)} s\n`,
		);
	const answer = answers.get(m.job.key) ?? "unasked";
	count(m.operator, answer);
	if (answer === "?" || answer === "unasked") continue;
	if (!(await holds(m.original))) {
		count(m.operator, "of updates");
		count("all", "of updates");
		continue;
	}
	const { verdict, symbolic, witness, reason } = await verdictOf(
		m.claim,
		`mutants/${m.job.key}`,
	);
	const column = `${answer} ${verdict}`;
	count(m.operator, column);
	count("all", column);
	if (symbolic) count("all", `${answer} symbolic alone equal`);
	if (witness === "equal") count("all", `${answer} witness alone equal`);
	if (symbolic && witness === "differs") count("all", "channels contradict");
	const wrongly =
		answer === "w" &&
		(verdict === "proved" || verdict === "agrees" || symbolic);
	const harshly = answer === "h" && verdict === "refuted";
	if (wrongly || harshly || (symbolic && witness === "differs"))
		bad.push({
			answer,
			verdict,
			symbolic,
			sheet: m.sheet,
			line: m.line,
			operator: m.operator,
			right: m.job.right,
			changed: m.job.changed,
		});
	if (answer === "w" && verdict !== "refuted")
		open.set(reason, (open.get(reason) ?? 0) + 1);
}
console.table(Object.fromEntries(table));
console.log("wrong and not refuted, by reason:", Object.fromEntries(open));
for (const b of bad.slice(0, 200)) console.log(JSON.stringify(b));
console.log(
	`${mutants.length} mutants, ${bad.filter((b) => b.answer === "w").length} wrong ones taken for right, ${bad.filter((b) => b.answer === "h").length} harmless ones refuted`,
);
