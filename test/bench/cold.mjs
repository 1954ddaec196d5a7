/** A cold `check` of the mixture's sheet, process start included, beside `node -e 0`, taken in turn on one machine. */
import { spawnSync } from "node:child_process";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { quantile } from "./measure.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const sheet = "derivations/mixture-of-gaussians.md";
const runs = 7;

function milliseconds(args) {
	const start = performance.now();
	const { status, stderr } = spawnSync(process.execPath, args, { cwd: root });
	if (status === null || status > 1) throw new Error(String(stderr));
	return performance.now() - start;
}

export function coldCheck() {
	const empty = [];
	const check = [];
	for (let run = 0; run < runs; run++) {
		empty.push(milliseconds(["-e", "0"]));
		check.push(milliseconds(["dist/cli/main.js", "check", "--json", sheet]));
	}
	return { empty: quantile(empty, 0.5), check: quantile(check, 0.5) };
}
