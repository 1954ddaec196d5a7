/** How the time grows with the steps of a sheet and with the terms of one step. */
import { checkSheet } from "../../dist/check/check.js";
import { processorMilliseconds } from "./measure.mjs";

const repeats = 2;

/** A sheet of so many steps, no two alike. */
export function sheetOfSteps(count) {
	const rows = Array.from(
		{ length: count },
		(_, n) =>
			`$$\n(a + ${n + 1})^2 = a^2 + ${2 * (n + 1)} a + ${(n + 1) ** 2}\n$$\n`,
	);
	return `---\nsymbols:\n  a: real\n---\n\n${rows.join("\n")}`;
}

/** One step whose sides have so many terms, written in opposite order. */
export function sheetOfTerms(count) {
	const terms = Array.from({ length: count }, (_, n) =>
		`${n + 2} a^{${n + 1}}`.replace("^{1}", ""),
	);
	const sides = `${terms.join(" + ")} = ${terms.toReversed().join(" + ")}`;
	return `---\nsymbols:\n  a: real\n---\n\n$$\n${sides}\n$$\n`;
}

export async function growth(make, counts) {
	const points = [];
	for (const count of counts) {
		const text = make(count);
		const times = [];
		for (let n = 0; n <= repeats; n++) {
			const start = processorMilliseconds();
			const { counts: verdicts } = await checkSheet(text, "grown.md", {
				seed: n,
			});
			times.push(processorMilliseconds() - start);
			if (n === 0) points.push([count, 0, verdicts]);
		}
		points.at(-1)[1] = Math.min(...times);
	}
	return points;
}
