import { parentPort, workerData } from "node:worker_threads";
import { check } from "../../dist/index.js";
import { complaint, sequenceCase, stringCase } from "./cases.mjs";

/**
 * Checks cases one after the other. `progress` holds the number of the one at work, for whoever watches that it ends;
 * the first that fails is handed back and ends the run.
 */
const { seed, from, to, kind, progress, mostMilliseconds } = workerData;
const caseOf = kind === "string" ? stringCase : sequenceCase;
const at = new Int32Array(progress);
const counts = {};
let slowest = { number: from, milliseconds: 0 };

async function timed(sheet) {
	const before = process.threadCpuUsage?.() ?? process.cpuUsage();
	const result = await check(sheet, "fuzz.md");
	const spent = process.threadCpuUsage?.(before) ?? process.cpuUsage(before);
	return { result, milliseconds: (spent.user + spent.system) / 1000 };
}

/** Why a case fails, or null; a slow one has a second chance, now that the code is warm. */
async function failureOf(c) {
	const sheet = c.sheetOf(c.parts);
	try {
		let { result, milliseconds } = await timed(sheet);
		if (milliseconds > mostMilliseconds)
			({ result, milliseconds } = await timed(sheet));
		if (milliseconds > slowest.milliseconds)
			slowest = { number: Atomics.load(at, 0), milliseconds };
		if (milliseconds > mostMilliseconds)
			return `${Math.round(milliseconds)} ms`;
		for (const { verdict } of result.steps)
			counts[verdict] = (counts[verdict] ?? 0) + 1;
		return complaint(c, result);
	} catch (error) {
		return `thrown: ${error?.stack ?? error}`;
	}
}

let failure = null;
for (let number = from; number < to && !failure; number++) {
	Atomics.store(at, 0, number);
	const reason = await failureOf(caseOf(seed, number));
	if (reason) failure = { number, reason };
}
parentPort.postMessage({ failure, counts, slowest });
