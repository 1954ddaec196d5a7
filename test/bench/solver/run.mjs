/**
 * The sweeps of the mixture of Gaussians side by side: emitted solvers, and programs written by hand.
 *
 *     npm run bench:solver [-- LARGEST]     sizes up to LARGEST points (1e7); five minutes at most on two idle cores
 *
 * All start from the same means, and their means after the last sweep must agree to 1e-9, else it ends with 1. Contenders
 * whose compiler or interpreter is missing are left out, and said so; so is what there is no time for on a busy machine.
 * After the tables: the goals, how far the machine's own bound is, how the time grows with the sizes, and what each
 * step of the compiler is worth. Rounds of the table are repeated only as long as there is time for them, so that no row is missing.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { ablation } from "./ablation.mjs";
import { goals, machineBounds } from "./goals.mjs";
import { growth } from "./growth.mjs";
import { contenders } from "./programs.mjs";
import { clock, inTurn, times } from "./turns.mjs";

/** Seconds after the start until which rounds of the table are repeated, and until which anything is begun. */
const until = { table: 120, all: 280 };

/** N, K, D, and the sweeps of a run: threads take a tenth of a second to be there, in the half that does not count. */
const sizes = [
	[1e4, 10, 2, 800],
	[1e5, 10, 2, 60],
	[1e5, 20, 16, 24],
	[1e6, 10, 2, 9],
	[1e5, 50, 64, 6],
	[1e7, 5, 1, 3],
].filter(([n]) => n <= Number(process.argv[2] ?? 1e7));

const apart = (a, b) =>
	Math.max(...a.map((v, n) => Math.abs(v - b[n]))) /
	Math.max(...b.map(Math.abs));

/** One size: every contender's median and spread, and how far its means are from the first one's. */
function row(programs, size, results) {
	const [n, k, d] = size;
	console.log(`\nN = ${n}, K = ${k}, D = ${d}: ms a sweep`);
	const [{ means: first }] = results;
	return Object.keys(programs).map((name, p) => {
		const { ms, least, all, means } = results[p];
		const distance = means.length === 0 ? 0 : apart(means, first);
		const note =
			means.length === 0
				? "another model"
				: `means apart ${distance.toExponential(0)}`;
		const spread = `${least.toFixed(2)} to ${Math.max(...all).toFixed(2)}, ${all.length} sweeps`;
		console.log(
			`  ${name.padEnd(18)} ${ms.toFixed(2).padStart(9)} (${spread}), ${note}`,
		);
		return { name, ms, least, agrees: distance < 1e-9 };
	});
}

/** Whether there is no time left for something, which is then said. */
function isLate(what) {
	const late = clock() > until.all;
	if (late) console.log(`left out, no time: ${what}`);
	return late;
}

const folder = mkdtempSync(join(tmpdir(), "tightbound-bench-"));
try {
	const all = await contenders(folder);
	const programs = Object.fromEntries(
		Object.entries(all).filter(([, run]) => run),
	);
	console.log(`${availableParallelism()} processors; median (least to most)`);
	for (const name of Object.keys(all))
		if (!programs[name]) console.log(`left out, not on this machine: ${name}`);
	const runs = Object.values(programs);
	const rows = sizes.flatMap((size, n) => {
		if (isLate(`N = ${size[0]}, K = ${size[1]}, D = ${size[2]}`)) return [];
		const share = clock() + (until.table - clock()) / (sizes.length - n);
		return [row(programs, size, inTurn(folder, runs, size, { until: share }))];
	});
	const found = (kind) =>
		rows.map((r) =>
			Object.fromEntries(r.map((program) => [program.name, program[kind]])),
		);
	goals(found("ms"), found("least"));
	machineBounds(folder, sizes.slice(0, rows.length), found("least"));
	if (!isLate("the growth")) await growth(folder);
	if (!isLate("the ablation")) await ablation(folder, isLate);
	const wrong = rows.flat().filter(({ agrees }) => !agrees);
	for (const { name } of wrong) console.log(`does not agree to 1e-9: ${name}`);
	if (wrong.length > 0) process.exitCode = 1;
	console.log(
		`\n${clock().toFixed(0)} s, ${times(clock() / 300)} of five minutes`,
	);
} finally {
	rmSync(folder, { recursive: true });
}
