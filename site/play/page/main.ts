import type { Report } from "../protocol.js";
import { Checker } from "./checker.js";
import { byId } from "./dom.js";
import { createEditor } from "./editor.js";
import { Preview } from "./preview.js";
import { showProblems } from "./problems.js";
import { starter } from "./starter.js";

const preview = new Preview(byId("preview"));
const status = byId("status");

const checker = new Checker({
	onReport: show,
	onStopped: (line) => {
		status.textContent = `The check took too long at line ${line} and was stopped. It goes on when the text changes.`;
	},
	onFailed: (error) => {
		status.textContent = `The checker failed: ${String(error)}`;
	},
});

const editor = createEditor(
	byId("editor"),
	starter,
	(text) => checker.check(text, "repair"),
	[],
);
checker.check(starter, "repair");

function show(report: Report): void {
	byId("title").textContent = report.title;
	byId("counts").innerHTML = report.head;
	preview.show(report.blocks);
	showProblems(editor, report.findings);
	const ms = Math.round(report.ms);
	status.textContent = report.isChecked ? `Checked in ${ms} ms` : "Checking …";
}
