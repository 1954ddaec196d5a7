/**
 * How long a cold `check` of the mixture's sheet takes, process start included, beside `node -e 0`: medians of several
 * runs, taken in turn so that both see the same machine. Exits with 1 above the bound that the project promises.
 */
import { spawnSync } from "node:child_process";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const sheet = "derivations/mixture-of-gaussians.md";
const runs = 7;
const bound = 25;

function milliseconds(args) {
	const start = performance.now();
	const { status, stderr } = spawnSync(process.execPath, args, { cwd: root });
	if (status === null || status > 1) throw new Error(String(stderr));
	return performance.now() - start;
}

function median(values) {
	return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

const empty = [];
const check = [];
for (let run = 0; run < runs; run++) {
	empty.push(milliseconds(["-e", "0"]));
	check.push(milliseconds(["dist/cli/main.js", "check", "--json", sheet]));
}
const ratio = median(check) / median(empty);
console.log(`node -e 0    ${median(empty).toFixed(0)} ms`);
console.log(`cold check   ${median(check).toFixed(0)} ms`);
console.log(`ratio        ${ratio.toFixed(1)} (at most ${bound})`);
process.exitCode = ratio <= bound ? 0 : 1;
