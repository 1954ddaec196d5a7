/**
 * `npm run bench`: a cold start, the time of steps beside SymPy's, and its growth, as tables for the README. Exits with 1
 * where a cold check takes longer than the project promises; the other times depend too much on the machine to fail.
 * `--stages` says instead where the time of the steps goes.
 */
import { coldCheck } from "./cold.mjs";
import { families, growth } from "./growth.mjs";
import { exponent } from "./measure.mjs";
import { scalarTimes } from "./peers.mjs";
import { profiled } from "./stages.mjs";
import { header, row, stepTimes } from "./steps.mjs";

const bound = 25;

if (process.argv.includes("--stages")) await stages();
else {
	cold();
	await warm();
	await grown();
}

function cold() {
	const { check, empty } = coldCheck();
	const ratio = check / empty;
	console.log(
		`cold check ${check.toFixed(0)} ms, node -e 0 ${empty.toFixed(0)} ms: ratio ${ratio.toFixed(1)} (at most ${bound})\n`,
	);
	process.exitCode = ratio <= bound ? 0 : 1;
}

/** The first pass warms up, and is the one with repairs: they take most of the time, and every third sheet tells enough. */
async function warm() {
	const repaired = await stepTimes(1, "repair", 3);
	const steps = await stepTimes(2, "where");
	const times = (list) => list.map((s) => s.time);
	console.log(header);
	console.log(row("all", times(steps)));
	const expectations = steps.filter((s) => s.hasExpectation);
	console.log(row("with an expectation", times(expectations)));
	for (const verdict of ["proved", "agrees", "refuted", "unread"]) {
		const those = steps.filter((s) => s.verdict === verdict);
		if (those.length > 0) console.log(row(verdict, times(those)));
	}
	const refuted = repaired.filter((s) => s.verdict === "refuted");
	console.log(
		row("refuted, with the search for a repair, cold", times(refuted)),
	);
	const { ours, theirs } = await scalarTimes(steps);
	console.log(row("plain formulas", ours));
	console.log(
		theirs
			? row("the same in SymPy, `simplify(lhs - rhs)`", theirs)
			: "no SymPy here",
	);
	console.log("\nlongest verdicts:");
	for (const s of steps.toSorted((a, b) => b.time - a.time).slice(0, 5))
		console.log(
			`  ${s.time.toFixed(0).padStart(5)} ms  ${s.place}  ${s.verdict}`,
		);
}

async function grown() {
	console.log("\n| growth with n | exponent | ms by n |\n| --- | ---: | --- |");
	for (const [name, make, counts] of families) {
		const { points, left } = await growth(make, counts);
		const large = points.filter(([n]) => n >= 20);
		const shown = points.map(([n, ms]) => `${n}: ${ms.toFixed(0)}`).join(", ");
		const rest = left.length > 0 ? `; not in its time: ${left.join(", ")}` : "";
		console.log(
			`| ${name} | ${exponent(large).toFixed(2)} | ${shown}${rest} |`,
		);
	}
}

async function stages() {
	await stepTimes(1, "repair");
	const { shares } = await profiled(() => stepTimes(2, "repair"));
	const all = shares.reduce((sum, [, time]) => sum + time, 0);
	for (const [stage, time] of shares)
		console.log(
			`${stage.padEnd(10)} ${((100 * time) / all).toFixed(0).padStart(3)} %`,
		);
}
