import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Loops } from "../../../src/compile/kernels.js";
import { writeC, writeHeader } from "../../../src/compile/targets/c.js";
import { type Run, sweeps } from "./agreement.js";
import type { World } from "./worlds.js";

/** Emitted C with a main function that reads a world's numbers and writes the result's. */
export class CProgram {
	private readonly folder = mkdtempSync(join(tmpdir(), "tightbound-c-"));
	private readonly program = join(this.folder, "program");

	constructor(
		private readonly loops: Loops,
		...flags: string[]
	) {
		const file = (name: string) => join(this.folder, name);
		writeFileSync(file("solver.c"), writeC(loops));
		writeFileSync(file("solver.h"), writeHeader(loops));
		writeFileSync(file("main.c"), this.main());
		const warnings = ["-Wall", "-Wextra", "-Werror"];
		const all = ["-std=gnu11", "-O1", ...warnings, ...flags];
		const files = [file("solver.c"), file("main.c")];
		execFileSync("gcc", [...all, "-o", this.program, ...files, "-lm"]);
	}

	/** 50 sweeps from the world's starting values. */
	run(world: World, threads = 1): Run {
		const tensors = [
			...Object.values(world.inputs),
			...Object.values(world.starts),
		];
		const numbers = [
			threads,
			...Object.values(world.sizes),
			...tensors.flatMap((t) => [...t.data]),
		];
		const input = Buffer.from(Float64Array.from(numbers).buffer);
		const { stdout, stderr, status } = spawnSync(this.program, {
			input,
			maxBuffer: 2 ** 28,
		});
		if (status !== 0) throw new Error(`the C program crashed: ${stderr}`);
		const result = new Float64Array(new Uint8Array(stdout).buffer);
		const code = result[0] as number;
		if (code < 0) throw new Error(`the C solver ended with: ${stderr}`);
		const elbo = [...result.subarray(1, 1 + code)];
		let next = 1 + sweeps;
		const parameters = Object.fromEntries(
			Object.entries(world.starts).map(([name, { data }]) => {
				const values = result.slice(next, next + data.length);
				next += data.length;
				return [name, values];
			}),
		);
		return { parameters, elbo };
	}

	remove(): void {
		rmSync(this.folder, { recursive: true });
	}

	private main(): string {
		const { plan } = this.loops;
		const length = (dims: readonly (string | number)[]) =>
			dims
				.map((d) =>
					typeof d === "number" ? d : `size[${plan.sizes.indexOf(d)}]`,
				)
				.join(" * ") || "1";
		const arrays = [...plan.inputs, ...plan.parameters];
		const args = [
			...plan.sizes.map((_, n) => `size[${n}]`),
			...arrays.map((v, n) =>
				v.dims.length === 0 && n < plan.inputs.length ? `*a${n}` : `a${n}`,
			),
		];
		const prefix = /int64_t (\w+)_solve/.exec(writeHeader(this.loops))?.[1];
		return `#include "solver.h"
#include <stdio.h>
#include <stdlib.h>
static double *numbers(int64_t length) {
	double *a = malloc((size_t)length * sizeof *a);
	if (fread(a, sizeof *a, (size_t)length, stdin) != (size_t)length) exit(1);
	return a;
}
int main(void) {
	double *threads = numbers(1);
	int64_t size[${plan.sizes.length}];
	for (int n = 0; n < ${plan.sizes.length}; n++) size[n] = (int64_t)*numbers(1);
${arrays.map((v, n) => `	double *a${n} = numbers(${length(v.dims)});`).join("\n")}
	double result[1 + ${sweeps}] = {0};
	const int64_t code = ${prefix}_solve(${args.join(", ")}, ${2 ** plan.parameters.length - 1}, 1, ${sweeps}, 0.0, (int)*threads, result + 1);
	result[0] = (double)code;
	if (code < 0) fprintf(stderr, "%s\\n", ${prefix}_message(code));
	fwrite(result, sizeof *result, 1 + ${sweeps}, stdout);
${plan.parameters.map((p, n) => `	fwrite(a${plan.inputs.length + n}, sizeof(double), (size_t)(${length(p.dims)}), stdout);`).join("\n")}
	return 0;
}
`;
	}
}
