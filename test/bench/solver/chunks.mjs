/**
 * Memory and time of fits whose data are read in chunks, for growing numbers of points:
 *
 *     npm run build && node test/bench/solver/chunks.mjs [LARGEST] [MEMORY]     up to LARGEST points (1e7) within MEMORY (400MB)
 *
 * The points, 5 clouds on a line, are drawn into an .npy of doubles in the folder of temporary files. Memory is the largest
 * resident set of the process, as the system counts it.
 */
import { spawnSync } from "node:child_process";
import {
	mkdtempSync,
	openSync,
	readFileSync,
	rmSync,
	writeFileSync,
	writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const largest = Number(process.argv[2] ?? 1e7);
const memory = process.argv[3] ?? "400MB";
const sweeps = 5;
const folder = mkdtempSync(join(tmpdir(), "chunks-bench-"));
const main = new URL("../../../dist/cli/main.js", import.meta.url).pathname;
const sheet = new URL(
	"../../../derivations/mixture-of-gaussians.md",
	import.meta.url,
).pathname;

/** Writes so many points, block by block. */
function draw(path, count) {
	const header = Buffer.alloc(128, " ");
	header.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 118, 0]);
	header.write(
		`{'descr': '<f8', 'fortran_order': False, 'shape': (${count}, 1), }`,
		10,
	);
	header.write("\n", 127);
	const file = openSync(path, "w");
	writeSync(file, header);
	let state = 1;
	const uniform = () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return (state + 0.5) / 2 ** 32;
	};
	const block = new Float64Array(2 ** 18);
	for (let first = 0; first < count; first += block.length) {
		const own = Math.min(block.length, count - first);
		for (let n = 0; n < own; n++) {
			const normal =
				Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
			block[n] = normal + 4 * Math.floor(5 * uniform()) - 8;
		}
		writeSync(file, new Uint8Array(block.buffer, 0, 8 * own));
	}
}

/** Runs the command line, which says at its end how much memory it had. */
function fitted(path) {
	const out = join(folder, "result.json");
	const peak = join(folder, "peak");
	const watch = join(folder, "watch.mjs");
	writeFileSync(
		watch,
		`import { writeFileSync } from "node:fs";
process.on("exit", () => writeFileSync(${JSON.stringify(peak)}, String(process.resourceUsage().maxRSS)));`,
	);
	const args = ["fit", sheet, "--data", path, "--memory", memory, "--out", out];
	const settings = ["K=5", "sigma=10", "lambda=1", "m=[[-9],[-3],[1],[5],[7]]"];
	const more = ["--max-sweeps", String(sweeps), "--tolerance", "0"];
	const set = settings.flatMap((s) => ["--set", s]);
	const started = performance.now();
	const { status, stderr } = spawnSync(
		process.execPath,
		["--import", watch, main, ...args, ...set, ...more],
		{ encoding: "utf8" },
	);
	if (status !== 0) throw new Error(stderr);
	const result = JSON.parse(readFileSync(out, "utf8"));
	return {
		seconds: (performance.now() - started) / 1000,
		megabytes: Number(readFileSync(peak, "utf8")) / 1000,
		chunk: result.settings.chunk,
		elbo: result.elbo.at(-1),
	};
}

console.log("points      chunk      MB   seconds   ELBO a point");
try {
	for (let count = 1e5; count <= largest; count *= 10) {
		const path = join(folder, "points.npy");
		draw(path, count);
		const { seconds, megabytes, chunk, elbo } = fitted(path);
		const cells = [
			String(count).padEnd(10),
			String(chunk).padStart(8),
			megabytes.toFixed(0).padStart(7),
			seconds.toFixed(1).padStart(9),
			(elbo / count).toFixed(6).padStart(14),
		];
		console.log(cells.join(" "));
	}
} finally {
	rmSync(folder, { recursive: true });
}
