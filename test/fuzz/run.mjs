import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { check } from "../../dist/index.js";
import { complaint, sequenceCase, stepsWith, stringCase } from "./cases.mjs";
import { minimised } from "./minimise.mjs";

/**
 * Random strings and random token sequences through the reader. Nothing may crash, hang, take longer than a second of
 * computing, or be proved with something unreadable in it. The first failure is printed, made as small as it gets.
 * `--seed` and `--from` say where to begin, so that a run can be taken up again; `--strings` and `--sequences` how many.
 */
const { values } = parseArgs({
	options: {
		seed: { type: "string", default: "1" },
		from: { type: "string", default: "0" },
		strings: { type: "string", default: "100000" },
		sequences: { type: "string", default: "10000" },
	},
});
const seed = Number(values.seed);
const mostMilliseconds = 1_000;
/** Without progress for so long, a case hangs. */
const patience = 30_000;

function run(kind, from, to) {
	const progress = new SharedArrayBuffer(4);
	const at = new Int32Array(progress);
	const worker = new Worker(new URL("./worker.mjs", import.meta.url), {
		workerData: { seed, from, to, kind, progress, mostMilliseconds },
	});
	return new Promise((resolve, reject) => {
		let last = -1;
		const watch = setInterval(() => {
			const now = Atomics.load(at, 0);
			if (now === last) {
				worker.terminate();
				finish({ failure: { number: now, reason: "no end" } });
			} else process.stderr.write(`${kind} ${now} of ${to}\n`);
			last = now;
		}, patience);
		const finish = (result) => {
			clearInterval(watch);
			resolve(result);
		};
		worker.on("message", finish);
		worker.on("error", reject);
	});
}

/** A failing case without what does not matter; a hang and a slow case are shown as they are. */
async function shrunk(c, reason) {
	if (/ms$|no end/.test(reason)) return c.sheetOf(c.parts);
	const sheets = (parts) =>
		c.kind === "sequence" ? stepsWith(parts, c.poison) : [c.sheetOf(parts)];
	const failing = async (parts) => {
		for (const sheet of sheets(parts))
			try {
				const result = await check(sheet, "fuzz.md");
				if (
					complaint({ ...c, mostRead: c.mostRead === null ? null : 0 }, result)
				)
					return sheet;
			} catch {
				return sheet;
			}
		return null;
	};
	const parts = await minimised(c.parts, failing);
	return (await failing(parts)) ?? c.sheetOf(c.parts);
}

let failed = false;
for (const [kind, caseOf, many] of [
	["string", stringCase, Number(values.strings)],
	["sequence", sequenceCase, Number(values.sequences)],
]) {
	const from = Number(values.from);
	if (from >= many) continue;
	const { failure, counts, slowest } = await run(kind, from, many);
	if (failure) {
		failed = true;
		const { number, reason } = failure;
		const c = caseOf(seed, number);
		console.log(`${kind} ${number} of seed ${seed} fails: ${reason}`);
		console.log(await shrunk(c, reason));
	} else {
		const verdicts = Object.entries(counts).map(([name, n]) => `${n} ${name}`);
		console.log(
			`${many - from} ${kind}s from seed ${seed}: no failure; steps: ${verdicts.join(", ") || "none"}; the slowest, ${slowest.number}, took ${Math.round(slowest.milliseconds)} ms`,
		);
	}
}
process.exitCode = failed ? 1 : 0;
