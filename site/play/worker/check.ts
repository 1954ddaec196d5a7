import { checkSheet } from "../../../src/check/check.js";
import type { CheckedSheet } from "../../../src/check/result.js";
import { readSheet } from "../../../src/sheet/read.js";
import type { Sheet } from "../../../src/sheet/sheet.js";
import { previewBlocks } from "../../../src/site/preview.js";
import { tally } from "../../../src/site/vocabulary.js";
import type { ToWorker } from "../protocol.js";
import { findingsOf } from "./findings.js";
import { namesOf } from "./names.js";
import { post } from "./scope.js";

/** What the text is called in messages. */
const path = "sheet.md";

/** Checks a text and posts how it looks: first as it is set, if its verdicts take a while, then with them. */
export async function report(
	task: Extract<ToWorker, { kind: "check" }>,
	_isStale: () => boolean,
): Promise<void> {
	const start = performance.now();
	const { version, text, hints } = task;
	const sheet = readSheet(text, path);
	const checked = await checkSheet(text, path, { hints });
	post({
		kind: "report",
		report: {
			version,
			isChecked: true,
			title: sheet.title,
			counts: checked.counts,
			head: tally(checked.counts).text,
			blocks: previewBlocks(sheet, checked),
			findings: findingsOf(checked),
			names: namesOf(checked),
			ms: performance.now() - start,
		},
	});
}

export type { CheckedSheet, Sheet };
