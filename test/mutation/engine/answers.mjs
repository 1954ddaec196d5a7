import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";

const stored = join(import.meta.dirname, "../answers.json.gz");

/** What the third oracle said of each mutant, by key; null for what it was not asked. */
export function storedAnswers() {
	if (!existsSync(stored)) return new Map();
	return new Map(
		Object.entries(JSON.parse(gunzipSync(readFileSync(stored)).toString())),
	);
}

/**
 * Asks the oracle in Python about jobs without an answer, and stores what it says.
 * @param isAll whether these are the jobs of all sheets, so that answers to others are of no use any more
 */
export function askOracle(jobs, known, isAll) {
	const open = jobs.filter((job) => !known.has(job.key));
	if (open.length > 0) {
		const { stdout, status, stderr } = spawnSync(
			"python3",
			[join(import.meta.dirname, "oracle.py")],
			{
				input: open.map((job) => JSON.stringify(job)).join("\n"),
				maxBuffer: 1e9,
			},
		);
		if (status !== 0) throw new Error(`the oracle stopped: ${stderr}`);
		for (const line of stdout.toString().split("\n").filter(Boolean)) {
			const { key, answer } = JSON.parse(line);
			known.set(key, answer);
		}
	}
	const kept = new Set(jobs.map((job) => job.key));
	const answers = [...known].filter(([key]) => !isAll || kept.has(key)).sort();
	writeFileSync(
		stored,
		gzipSync(JSON.stringify(Object.fromEntries(answers)), { level: 9 }),
	);
	return known;
}
