/** Programs that take turns, so that what else the machine does meets them all. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { drawPoints } from "./points.mjs";
import { measure } from "./programs.mjs";

const began = performance.now();
/** Seconds since the start. */
export const clock = () => (performance.now() - began) / 1e3;
export const times = (value) => `${value.toFixed(2)} x`;

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

let written = "";
/** The file with the points of a size; the last one is kept. */
function points(folder, [n, k, d]) {
	const file = join(folder, "points");
	if (written !== [n, k, d].join()) writeFileSync(file, drawPoints(n, k, d));
	written = [n, k, d].join();
	return file;
}

/**
 * For each program the median of its sweeps, the least, all of them, and the means after the last: from one round, and from
 * more as long as another one would end in time.
 * @param until seconds since the start
 * @param threads 0 for as many as there are
 */
export function inTurn(
	folder,
	programs,
	size,
	{ until = 0, threads = 0 } = {},
) {
	const [n, k, d, sweeps] = size;
	const file = points(folder, size);
	const found = programs.map(() => ({ all: [], means: [] }));
	for (
		let round = 0, took = 0;
		round === 0 || clock() + took < until;
		round++
	) {
		const start = clock();
		programs.forEach((run, p) => {
			const { times: ms, means } = measure(
				run,
				file,
				[n, k, d],
				sweeps,
				threads,
			);
			found[p].all.push(...ms);
			found[p].means = means;
		});
		took = clock() - start;
		if (round === 4) break;
	}
	return found.map(({ all, means }) => ({
		ms: median(all),
		least: Math.min(...all),
		all,
		means,
	}));
}
