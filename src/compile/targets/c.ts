import type { Loops } from "../kernels.js";
import { CKernels } from "./c/kernels.js";
import { CNames } from "./c/names.js";
import { helpers, takenNames } from "./c/runtime/index.js";
import { predictSource, solveSource } from "./c/solve.js";
import { startSource, stateSource } from "./c/state.js";
import { helpersFor } from "./helpers.js";
import { banner, provenance } from "./provenance.js";

/**
 * The loops as one file of C11 that needs nothing but the standard library. It takes several data points at once where
 * the compiler knows vectors (GNU C), and several threads where it knows OpenMP.
 */
export function writeC(loops: Loops): string {
	const names = new CNames(loops, takenNames);
	const own = [
		stateSource(names),
		...new CKernels(names).write(),
		startSource(names),
		solveSource(names),
		predictSource(names),
	].join("\n\n");
	const parts = [head(names), ...helpersFor(own, helpers), own];
	return `${parts.join("\n\n")}\n`;
}

/** The declarations of what the file exports, for C and C++. */
export function writeHeader(loops: Loops): string {
	const names = new CNames(loops, takenNames);
	const guard = `${names.prefix.toUpperCase()}_H`;
	return `${[
		`#ifndef ${guard}\n#define ${guard}`,
		"#include <stdint.h>",
		'#ifdef __cplusplus\nextern "C" {\n#endif',
		names.declarations().join("\n\n"),
		"#ifdef __cplusplus\n}\n#endif",
		"#endif",
	].join("\n\n")}\n`;
}

function head(names: CNames): string {
	const { plan } = names;
	const above = banner(plan);
	const lines = [
		...above,
		...(above.length > 0 ? [""] : []),
		...provenance(plan),
		"",
		"Compile it with, for example,",
		`  cc -std=gnu11 -O3 -march=native -fopenmp -fno-math-errno -shared -fPIC -o lib${names.prefix}.so FILE.c -lm`,
		"but not with -ffast-math: sums keep what rounding takes away.",
	];
	return [
		`/*\n${lines.map((line) => ` * ${line}`.trimEnd()).join("\n")}\n */`,
		"#if defined(__FAST_MATH__)\n#error compile without -ffast-math: sums keep what rounding takes away\n#endif",
		...(names.oneByOne ? ["#define ONE_LANE"] : []),
		["math", "stdbool", "stdint", "stdio", "stdlib", "string"]
			.map((name) => `#include <${name}.h>`)
			.join("\n"),
		"#ifdef _OPENMP\n#include <omp.h>\n#endif",
	].join("\n\n");
}
