/**
 * `npm run bench`: the time of steps, of a cold start, and its growth. Exits with 1 where a cold check takes longer than
 * the project promises; the other times depend too much on the machine to fail.
 */
import { coldCheck } from "./cold.mjs";
import { growth, sheetOfSteps, sheetOfTerms } from "./growth.mjs";
import { exponent } from "./measure.mjs";
import { profiled } from "./stages.mjs";
import { row, stepTimes } from "./steps.mjs";

const bound = 25;

const cold = coldCheck();
const ratio = cold.check / cold.empty;
console.log(`node -e 0    ${cold.empty.toFixed(0)} ms`);
console.log(`cold check   ${cold.check.toFixed(0)} ms`);
console.log(`ratio        ${ratio.toFixed(1)} (at most ${bound})`);
process.exitCode = ratio <= bound ? 0 : 1;

await stepTimes(1);
const { result: steps, shares } = await profiled(() => stepTimes(2));
console.log(
	"\nwarm steps, ms              number   median      90%      99%      max",
);
console.log(row("all", steps));
console.log(
	row(
		"with an expectation",
		steps.filter((s) => s.hasExpectation),
	),
);
for (const verdict of ["proved", "agrees", "refuted", "unread"]) {
	const those = steps.filter((s) => s.verdict === verdict);
	if (those.length > 0) console.log(row(verdict, those));
}
console.log("slowest:");
for (const s of steps.toSorted((a, b) => b.time - a.time).slice(0, 5))
	console.log(
		`  ${s.time.toFixed(1).padStart(8)} ms  ${s.place}  ${s.verdict}`,
	);

const all = shares.reduce((sum, [, time]) => sum + time, 0);
console.log("\nwhere the time goes");
for (const [stage, time] of shares)
	console.log(
		`  ${stage.padEnd(10)} ${((100 * time) / all).toFixed(0).padStart(3)} %`,
	);

for (const [name, make, counts] of [
	["steps of a sheet", sheetOfSteps, [100, 200, 500, 1000, 2000]],
	["terms of a step", sheetOfTerms, [10, 20, 50, 100, 200, 500]],
]) {
	const points = await growth(make, counts);
	console.log(`\n${name}: time ~ n^${exponent(points).toFixed(2)}`);
	for (const [count, time, verdicts] of points)
		console.log(
			`  ${String(count).padStart(5)}  ${time.toFixed(0).padStart(6)} ms  ${verdicts.proved} proved`,
		);
}
const { maxRSS } = process.resourceUsage();
console.log(`\npeak memory ${(maxRSS / 1024).toFixed(0)} MB`);
