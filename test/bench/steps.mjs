/** The processor time of each step, reading included: from one decision to the next. */
import { checkWith } from "../../dist/check/checkWith.js";
import { some } from "../../dist/expr/walk.js";
import { processorMilliseconds, quantile } from "./measure.mjs";
import { sheets } from "./sheets.mjs";

/**
 * @param hints `where` for the verdicts alone, `repair` for the search for repairs as well
 * @param every of how many sheets one is taken
 */
export async function stepTimes(seed, hints, every = 1) {
	const steps = [];
	for (const { path, text } of sheets(every))
		steps.push(...(await timed(path, text, { seed, hints })));
	return steps;
}

async function timed(path, text, options) {
	const steps = [];
	let last = processorMilliseconds();
	await checkWith(text, path, options, (step, claim) => {
		const now = processorMilliseconds();
		steps.push({
			time: now - last,
			place: `${path}:${step.line}`,
			verdict: step.verdict,
			claim,
			hasExpectation: [claim.left, claim.right].some((side) =>
				some(side, (e) => e.kind === "expectation"),
			),
		});
		last = processorMilliseconds();
	});
	return steps;
}

export const header = [
	"| steps | number | median | 90 % | 99 % | longest |",
	"| --- | ---: | ---: | ---: | ---: | ---: |",
].join("\n");

export function row(name, times) {
	const at = (part) => quantile(times, part).toFixed(part < 0.9 ? 2 : 0);
	const cells = [name, times.length, ...[0.5, 0.9, 0.99, 1].map(at)];
	return `| ${cells.join(" | ")} |`;
}
