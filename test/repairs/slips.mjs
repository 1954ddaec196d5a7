import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { checkWith } from "../../dist/check/checkWith.js";
import { decide } from "../../dist/check/decide.js";
import { sameTree } from "../../dist/expr/walk.js";
import { canonical } from "./canonical.mjs";

/**
 * Sheets in which every display is one slip that a person might make. `NAME.slips.json` lists, in the same order, the
 * right side that was meant and the kind of the slip, worked out by hand; a list of kinds where several words fit. A right
 * side that begins with a relation replaces that too.
 */
export function slipSheets(folder) {
	return readdirSync(folder)
		.filter((file) => file.endsWith(".md"))
		.map((file) => basename(file, ".md"))
		.map((name) => ({
			name,
			text: readFileSync(join(folder, `${name}.md`), "utf8"),
			meant: JSON.parse(
				readFileSync(join(folder, `${name}.slips.json`), "utf8"),
			).map(({ kind, right }) => ({ kinds: [kind].flat(), right })),
		}));
}

/** What became of each slip of a sheet. */
export async function outcomesOf({ name, text, meant }) {
	const wrong = await stepsOf(text);
	if (wrong.length !== meant.length)
		throw new Error(`${name}: ${wrong.length} steps, ${meant.length} slips`);
	const head = headOf(text);
	const corrected = (rights) =>
		stepsOf(
			head + wrong.map(({ step }, n) => `${row(step, rights[n])}\n\n`).join(""),
		);
	const right = await corrected(meant.map((m) => m.right));
	const repaired = await corrected(
		wrong.map(({ step }) => step.repair?.latex ?? step.right),
	);
	return Promise.all(
		wrong.map((w, n) => outcome(w, right[n], repaired[n], meant[n], name)),
	);
}

async function outcome({ step, claim }, right, repaired, meant, sheet) {
	const isFound = step.repair !== null && repaired.step.verdict === "proved";
	const sides = [claim, right.claim, repaired.claim];
	const isWhole =
		isFound &&
		sides.every(Boolean) &&
		sameTree(claim.left, repaired.claim.right) &&
		!sameTree(claim.left, right.claim.right);
	const isRestored =
		isFound && !isWhole && (await isMeant(repaired.claim, right.claim));
	return {
		sheet,
		step,
		meant,
		rightIs: right.step.verdict,
		isRestored,
		/** The edit is the inverse of the slip, and not only of the same value. */
		isInverse:
			isRestored &&
			canonical(repaired.claim.right) === canonical(right.claim.right),
		isNamed: meant.kinds.includes(step.repair?.kind),
	};
}

/** Whether two claims about one left side come to the same: relation and right side. */
async function isMeant(repaired, right) {
	if (repaired.relation !== right.relation) return false;
	const { verdict } = await decide({ ...right, left: repaired.right }, "same");
	return verdict === "proved";
}

async function stepsOf(text) {
	const found = new Map();
	const { sheet } = await checkWith(text, "slips.md", {}, (step, claim) =>
		found.set(step, claim),
	);
	return sheet.steps.map((step) => ({ step, claim: found.get(step) ?? null }));
}

/** All before the first display that is checked. */
function headOf(text) {
	const blocks = text.lastIndexOf("\n:::\n");
	const front = text.startsWith("---") ? text.indexOf("\n---", 3) : 0;
	return text.slice(0, text.indexOf("$$ ", Math.max(blocks, front)));
}

function row({ left, relation }, right) {
	if (/^\\(propto|geq|leq) /.test(right)) return `$$ ${left} ${right} $$`;
	const sign = { "∝": "\\propto", "≥": "\\geq", "≤": "\\leq" }[relation] ?? "=";
	return `$$ ${left} ${sign} ${right} $$`;
}
