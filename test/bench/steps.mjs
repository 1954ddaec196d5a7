/**
 * The time of each step: from one decision to the next, reading included. Called twice, the second pass is warm; with a
 * seed of its own, so that no world is kept from the first.
 */
import { performance } from "node:perf_hooks";
import { checkWith } from "../../dist/check/checkWith.js";
import { some } from "../../dist/expr/walk.js";
import { quantile } from "./measure.mjs";
import { sheets } from "./sheets.mjs";

export async function stepTimes(seed) {
	const steps = [];
	for (const { path, text } of sheets())
		steps.push(...(await timed(path, text, seed)));
	return steps;
}

async function timed(path, text, seed) {
	const steps = [];
	let last = performance.now();
	await checkWith(text, path, { seed }, (step, claim) => {
		const now = performance.now();
		steps.push({
			time: now - last,
			place: `${path}:${step.line}`,
			verdict: step.verdict,
			hasExpectation: [claim.left, claim.right].some((side) =>
				some(side, (e) => e.kind === "expectation"),
			),
		});
		last = performance.now();
	});
	return steps;
}

export function row(name, steps) {
	const times = steps.map((s) => s.time);
	const at = (part) => quantile(times, part).toFixed(2).padStart(9);
	const columns = [0.5, 0.9, 0.99, 1].map(at).join("");
	return `${name.padEnd(26)}${String(steps.length).padStart(6)}${columns}`;
}
