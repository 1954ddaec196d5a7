import { checkRead } from "../../../src/check/checkWith.js";
import {
	type Memory,
	newMemory,
	puttingOff,
} from "../../../src/check/memory.js";
import type { CheckedSheet, CheckedStep } from "../../../src/check/result.js";
import { emptyContext } from "../../../src/elaborate/context.js";
import { readSheet } from "../../../src/sheet/read.js";
import type { Sheet } from "../../../src/sheet/sheet.js";
import type { KeptFormulas } from "../../../src/site/formula/typeset.js";
import { html } from "../../../src/site/html.js";
import { previewBlocks } from "../../../src/site/preview.js";
import { tally } from "../../../src/site/vocabulary.js";
import type { Compiled, Report, Stage, Task } from "../protocol.js";
import { programOf } from "./compile.js";
import { findingsOf } from "./findings.js";
import { loadFor } from "./late/index.js";
import { namesOf } from "./names.js";
import { Patches } from "./patches.js";
import { breathe, isQuiet } from "./pause.js";
import { post } from "./scope.js";

/** What the text is called in messages. */
const path = "sheet.md";

/** Milliseconds after which what is known so far is shown, and shown again: longer where a checked sheet is on the page. */
const patience = { first: 350, again: 1500 };

/** Milliseconds without a new text after which repairs are searched for. */
const rest = 250;

/** Formulas that are kept; beyond them all are forgotten. */
const mostKept = 20_000;

const memory = newMemory();
const kept: KeptFormulas = new Map();
const patches = new Patches();

/** What the algorithm of the newest sheet is made of. */
let latest: CheckedSheet | null = null;

class Stale extends Error {}

/**
 * Checks a text and posts how it looks: with the verdicts so far, if they take a while; with all of them; and with the
 * repairs of what is refuted, once they have been searched for.
 */
export async function report(
	task: Task,
	isStale: () => boolean,
): Promise<void> {
	await loadFor(task.text);
	const start = performance.now();
	const sheet = readSheet(task.text, path);
	let shown = start;
	const before = async (line: number, soFar: readonly CheckedStep[]) => {
		if (!(await breathe(line))) return;
		if (isStale()) throw new Stale();
		const due = latest ? patience.again : patience.first;
		if (performance.now() - shown < due) return;
		post({ kind: "report", report: partial(task, sheet, soFar) });
		shown = performance.now();
	};
	const check = async (memory: Memory, stage: () => Stage) => {
		const options = { hints: task.hints, memory, before };
		const { sheet: checked, context } = await checkRead(sheet, options);
		const report: Report = {
			version: task.version,
			stage: stage(),
			...looks(sheet, checked),
			findings: findingsOf(sheet, checked),
			names: namesOf(context),
			ms: performance.now() - start,
		};
		latest = checked;
		shown = performance.now();
		post({ kind: "report", report });
	};
	try {
		const { memory: quick, left } = puttingOff(memory);
		await check(quick, () => (left.count > 0 ? "checked" : "whole"));
		if (left.count === 0) return;
		// One search may take a second, in which no key is answered: so it waits until somebody looks at what was written.
		if (await isQuiet(rest, isStale)) await check(memory, () => "whole");
	} catch (error) {
		if (!(error instanceof Stale)) throw error;
	}
}

/** Posts the algorithm of the sheet that was reported last. */
export async function compileLatest(): Promise<void> {
	post({ kind: "compiled", compiled: await compiled() });
}

async function compiled(): Promise<Compiled> {
	const solvable = latest?.solvable;
	if (!solvable)
		return {
			reason:
				"An algorithm needs a model, a family and updates, and a bound in closed form. Choose a mixture among the sheets to see one run.",
		};
	try {
		return { program: await programOf(solvable) };
	} catch (error) {
		const why = error instanceof Error ? error.message : String(error);
		return { reason: `No algorithm can be made of this sheet: ${why}.` };
	}
}

/** The sheet with the verdicts that are known so far. */
function partial(
	{ version }: Task,
	sheet: Sheet,
	steps: readonly CheckedStep[],
): Report {
	const counts = { given: 0, proved: 0, agrees: 0, refuted: 0, unread: 0 };
	for (const { verdict } of steps) counts[verdict] += 1;
	const rest = {
		updates: [],
		messages: [],
		solvable: null,
		context: emptyContext(),
	};
	const known = { path, title: sheet.title, hash: "", steps, counts, ...rest };
	return {
		version,
		stage: "checking",
		...looks(sheet, known),
		findings: [],
		names: [],
		ms: 0,
	};
}

/** Who pastes a formula alone sees it shown as prose. */
const noStepsYet = html`<p class="tally">No steps yet. A step is an equation between <code>$$</code> and <code>$$</code>, such as <code>$$ 1 + 1 = 2 $$</code>.</p>`;

function looks(sheet: Sheet, checked: CheckedSheet) {
	if (kept.size > mostKept) kept.clear();
	return {
		title: sheet.title,
		counts: checked.counts,
		head: (sheet.displays.length > 0 ? tally(checked.counts) : noStepsYet).text,
		blocks: patches.to(previewBlocks(sheet, checked, kept)),
	};
}
