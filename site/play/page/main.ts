import { autocompletion, completionKeymap } from "@codemirror/autocomplete";
import { keymap } from "@codemirror/view";
import { sheetIn } from "../../../src/site/sheetLink.js";
import type { Hints, Offer, Report } from "../protocol.js";
import { AlgorithmView } from "./algorithm/view.js";
import { Checker } from "./checker.js";
import { completion } from "./completion.js";
import { byId } from "./dom.js";
import { draft, keepDraft } from "./draft.js";
import { createEditor, replaceText } from "./editor.js";
import { openGallery } from "./gallery.js";
import { Preview } from "./preview.js";
import { showProblems } from "./problems.js";
import { applyRepair, offerRepairs } from "./repairs.js";
import { starter } from "./starter.js";
import { download, share } from "./tools.js";

const shown = byId("preview");
const preview = new Preview(shown);
const hints = byId<HTMLSelectElement>("hints");
const algorithm = new AlgorithmView();

/** Milliseconds after which a text that nothing is said of yet is said to be looked at. */
const patience = 500;

let unanswered: ReturnType<typeof setTimeout> | undefined;
let latest: Report | null = null;

const checker = new Checker({
	onReport: show,
	onStopped: (line) =>
		say(
			`The check took too long at line ${line} and was stopped. It begins anew when the text changes.`,
		),
	onCompiled: (compiled) => {
		if (isRunning()) algorithm.show(compiled);
	},
	onFailed: (error) => say(`The checker failed: ${String(error)}`),
});

const begun = draft();
const editor = createEditor(
	byId("editor"),
	opened() ?? begun ?? starter,
	written,
	[
		autocompletion({
			override: [completion(() => latest?.names ?? [])],
			icons: false,
		}),
		keymap.of(completionKeymap),
	],
);
check();
if (begun !== null && location.hash === "")
	byId("draft").textContent = "This is your draft: this browser kept it.";

function written(text: string): void {
	byId("draft").textContent = "";
	leaveLink(text);
	keepDraft(text);
	check();
}

/** A link to the sheet as it was says nothing of what is written now, which the draft keeps. */
function leaveLink(text: string): void {
	if (location.hash === "" || opened() === text) return;
	byId("linked").hidden = true;
	// From `file://` nothing of an address may change but what stands behind the #.
	history.replaceState(null, "", "#");
}

function textOfSheet(): string {
	return editor.state.doc.toString();
}

function check(): void {
	checker.check(textOfSheet(), hints.value as Hints);
	clearTimeout(unanswered);
	unanswered = setTimeout(() => say("Checking …"), patience);
}

function say(message: string): void {
	clearTimeout(unanswered);
	byId("status").textContent = message;
}

/** The sheet that the page's address holds, if it holds one. */
function opened(): string | null {
	try {
		return sheetIn(location.hash);
	} catch (error) {
		say(`The link does not hold a sheet: ${String(error)}`);
		return null;
	}
}

function start(text: string): void {
	replaceText(editor, text);
	byId("reading").scrollTop = 0;
}

function show(report: Report, isNewest: boolean): void {
	preview.show(report.blocks);
	if (!isNewest) return;
	byId("title").textContent = report.title;
	byId("counts").innerHTML = report.head;
	if (report.stage === "checking") say("Checking …");
	else finish(report);
}

function finish(report: Report): void {
	latest = report;
	offerRepairs(shown, offers(report));
	showProblems(editor, report.findings, (offer) => applyRepair(editor, offer));
	const time = `Checked in ${Math.max(1, Math.round(report.ms))} ms`;
	const isWhole = report.stage === "whole";
	say(isWhole ? time : `${time}; looking for repairs …`);
	if (isWhole && isRunning()) checker.compile();
}

/** Whether the algorithm is shown in the place of the sheet. */
function isRunning(): boolean {
	return !byId("algorithm").hidden;
}

/** Shows the sheet, or its algorithm at work. */
function turnTo(which: "sheet" | "algorithm"): void {
	const runs = which === "algorithm";
	byId("algorithm").hidden = !runs;
	byId("sheet").hidden = runs;
	byId("show-sheet").setAttribute("aria-pressed", String(!runs));
	byId("show-algorithm").setAttribute("aria-pressed", String(runs));
	if (runs) checker.compile();
	else algorithm.close();
}

function offers({ findings }: Report): readonly Offer[] {
	return findings.flatMap(({ repair }) => repair ?? []);
}

shown.addEventListener("click", ({ target }) => {
	const item = (target as HTMLElement).dataset.apply;
	const offer = latest && offers(latest).find((one) => one.item === item);
	if (offer) applyRepair(editor, offer);
});

hints.onchange = check;
byId("show-sheet").onclick = () => turnTo("sheet");
byId("show-algorithm").onclick = () => turnTo("algorithm");
byId("open-gallery").onclick = () => openGallery(start, begun);
byId("close-gallery").onclick = () =>
	byId<HTMLDialogElement>("gallery").close();
byId("share").onclick = () => void share(textOfSheet(), say);
byId("download").onclick = () =>
	download(textOfSheet(), latest?.title ?? "sheet");
addEventListener("hashchange", () => {
	const text = opened();
	if (text !== null) start(text);
});
