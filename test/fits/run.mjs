/**
 * Fits 1,000 random cases (or as many as are asked for) and lists those that went wrong: node test/fits/run.mjs [N]. With a
 * path after it, the states are written there, a JSON object on each line, for evaluate.py.
 */
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { checkSheet } from "../../dist/check/check.js";
import { compileSolver } from "../../dist/compile/index.js";
import { loadSolver } from "../../dist/solve/solver.js";
import { faultOf, modelNames, randomCase, sheetOf } from "./cases.mjs";
import { partsOf } from "./parts.mjs";

const count = Number(process.argv[2] ?? 1000);
const states = process.argv[3];
if (states) writeFileSync(states, "");
const solvers = new Map();
for (const name of modelNames) {
	const sheet = partsOf(readFileSync(sheetOf(name), "utf8"));
	const { solvable } = await checkSheet(sheet, `${name}.md`, {});
	const source = compileSolver(solvable, { target: "js" });
	solvers.set(name, await loadSolver(source));
}
/** Writes down what a fit has come to. */
function keep({ name, sheet, inputs }, { parameters, elbo }) {
	if (!states) return;
	const plain = Object.entries(parameters).map(([key, { shape, data }]) => [
		key,
		{ shape, data: [...data] },
	]);
	const state = { parameters: Object.fromEntries(plain), elbo: elbo.at(-1) };
	appendFileSync(
		states,
		`${JSON.stringify({ name, sheet, inputs, ...state })}\n`,
	);
}

let faults = 0;
for (let n = 0; n < count; n++) {
	const one = randomCase(n);
	const fault = await faultOf(one, solvers.get(one.sheet), keep);
	if (fault === null) continue;
	faults++;
	console.log(`${one.name}: ${fault}`);
}
console.log(`${count} random fits, ${faults} went wrong`);
process.exitCode = faults === 0 ? 0 : 1;
