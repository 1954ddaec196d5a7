import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, test } from "vitest";

/**
 * The channels do not know each other, not even by type: the dependency rules run on compiled files, where imports of
 * types are gone, so that these are read from the sources.
 */
const src = join(import.meta.dirname, "../src");

const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter(
	(file) => file.endsWith(".ts"),
);

/** All modules that a file names after `from` or in `import(…)`, as paths below `src/`. */
function importsOf(file: string): readonly string[] {
	const text = readFileSync(join(src, file), "utf8");
	return [...text.matchAll(/(?:from|import\()\s*"(\.[^"]*)"/g)].map((m) =>
		relative(src, join(src, dirname(file), m[1] as string)),
	);
}

const symbolic = /^(algebra\/|distributions\/[^/]+\/moments\.)/;
const computing = /^(numeric\/|distributions\/[^/]+\/measure\.)/;

function crossings(from: RegExp, to: RegExp): readonly string[] {
	return files
		.filter((file) => from.test(file))
		.flatMap((file) =>
			importsOf(file)
				.filter((target) => to.test(target))
				.map((target) => `${file} → ${target}`),
		);
}

describe("the channels are independent, types included", () => {
	test("both channels are found", () => {
		expect(files.filter((f) => symbolic.test(f)).length).toBeGreaterThan(20);
		expect(files.filter((f) => computing.test(f)).length).toBeGreaterThan(20);
	});

	test("the symbolic channel does not see the witness", () => {
		expect(crossings(symbolic, computing)).toEqual([]);
	});

	test("the witness sees neither normal forms nor moments nor rules for derivatives", () => {
		expect(crossings(computing, symbolic)).toEqual([]);
	});

	test("neither sees the places where they meet", () => {
		const meeting = /^(relations|check)\//;
		expect(crossings(symbolic, meeting)).toEqual([]);
		expect(crossings(computing, meeting)).toEqual([]);
	});
});
