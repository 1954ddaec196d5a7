import { expect, test } from "vitest";
import { stepsOf } from "./sheet.js";

test("two indices that are compared run over one range, and may be equal", async () => {
	const wrong = await stepsOf(
		"h: 'real[N]'",
		"\\mathbb 1[i = j] h_i = 0",
		"\\mathbb 1[i < j] h_i + \\mathbb 1[j < i] h_i = h_i",
		"\\sum_{i=1}^N \\mathbb 1[i \\ne j] h_i = \\sum_{i=1}^N h_i",
	);
	expect(wrong.map((s) => s.verdict)).toEqual(wrong.map(() => "refuted"));
	const right = await stepsOf(
		"h: 'real[N]'",
		"\\sum_{i=1}^N \\mathbb 1[i = j] h_i = h_j",
		"\\mathbb 1[i \\le j] h_i + \\mathbb 1[j < i] h_i = h_i",
	);
	expect(right.map((s) => s.verdict)).toEqual(right.map(() => "proved"));
});

test("an index of which nothing says what it runs over decides nothing", async () => {
	const steps = await stepsOf("", "\\mathbb 1[i = j] = 0");
	expect(steps.map((s) => s.verdict)).toEqual(["unread"]);
});
