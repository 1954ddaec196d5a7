import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { helpers } from "../../../src/compile/targets/c/runtime/index.js";
import { helpersFor } from "../../../src/compile/targets/helpers.js";
import { hasC } from "./tools.js";

/**
 * Prints the largest errors of exp and log in units of the last place, against the library's extended precision: over
 * evenly spread arguments, over evenly spread exponents, and below the normal numbers; then the values at the ends.
 */
const program = `
static double ulps(double actual, long double exact) {
	double below = fabs((double)exact);
	double unit = nextafter(below, INFINITY) - below;
	return (double)(fabsl((long double)actual - exact) / unit);
}
static double exp1(double x) { vec v = vec_exp(splat(x)); return LANE(v, LANES - 1); }
static double below1(double x) { vec v = vec_exp_below(splat(x)); return LANE(v, 0); }
static double log1(double x) { vec v = vec_log(splat(x)); return LANE(v, 0); }
int main(void) {
	double worst_exp = 0, worst_log = 0;
	uint64_t state = 1;
	for (int n = 0; n < 400000; n++) {
		state = state * 6364136223846793005u + 1442695040888963407u;
		const double u = (double)(state >> 11) / 9007199254740992.0;
		const double x = n % 4 ? -745.0 + 1454.7 * u : ldexp(u - 0.5, n % 60 - 55);
		worst_exp = fmax(worst_exp, ulps(exp1(x), expl(x)));
		if (x <= 0) worst_exp = fmax(worst_exp, ulps(below1(x), expl(x)));
		const double y = n % 4 == 0 ? 1.0 + ldexp(u - 0.5, -(n % 50)) : ldexp(1.0 + u, n % 2098 - 1074);
		worst_log = fmax(worst_log, y == 1.0 ? 0.0 : ulps(log1(y), logl(y)));
	}
	printf("%.3f %.3f\\n", worst_exp, worst_log);
	const double at[] = {0.0, -INFINITY, INFINITY, NAN, 710.0, -746.0, -744.4};
	for (int n = 0; n < 7; n++) printf("%a ", exp1(at[n]));
	const double of[] = {1.0, 0.0, -1.0, INFINITY, NAN, 0x1p-1074};
	for (int n = 0; n < 6; n++) printf("%a ", log1(of[n]));
	return 0;
}
`;

function output(...flags: string[]): string[] {
	const folder = mkdtempSync(join(tmpdir(), "tightbound-functions-"));
	const [source, binary] = [join(folder, "f.c"), join(folder, "f")];
	const names = ["math", "stdbool", "stdint", "stdio", "stdlib", "string"];
	const includes = names.map((name) => `#include <${name}.h>`);
	const text = [...includes, ...helpersFor(program, helpers), program];
	writeFileSync(source, text.join("\n"));
	execFileSync("gcc", [
		"-std=gnu11",
		"-O2",
		...flags,
		"-o",
		binary,
		source,
		"-lm",
	]);
	const lines = execFileSync(binary, { encoding: "utf8" }).trim().split("\n");
	rmSync(folder, { recursive: true });
	return lines;
}

describe.skipIf(!hasC)(
	"vectorised functions in C (skipped without gcc)",
	() => {
		it.each([
			{ lanes: "two", flags: [] },
			{ lanes: "four, with fused products", flags: ["-mavx2", "-mfma"] },
			{ lanes: "as many as there are", flags: ["-march=native"] },
			{ lanes: "one", flags: ["-DONE_LANE"] },
		])(
			"are within 2 units in the last place, $lanes at once",
			{ timeout: 120_000 },
			({ flags }) => {
				const [errors = "", ends = ""] = output(...flags);
				const [exp, log] = errors.split(" ").map(Number) as [number, number];
				expect(exp).toBeLessThan(2);
				expect(log).toBeLessThan(2);
				const values = ends.trim().replaceAll("-nan", "nan").split(" ");
				// e^-744.4 rounds to the smallest number above 0, 2^-1074, whose logarithm is -1074 log 2
				expect(values).toEqual([
					...[
						"0x1p+0",
						"0x0p+0",
						"inf",
						"nan",
						"inf",
						"0x0p+0",
						"0x0.0000000000001p-1022",
					],
					...["0x0p+0", "-inf", "nan", "inf", "nan", "-0x1.74385446d71c3p+9"],
				]);
			},
		);
	},
);
