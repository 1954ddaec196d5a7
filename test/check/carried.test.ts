import { expect, test } from "vitest";
import { stepsOf } from "./sheet.js";

const symbols = "a: real[N], u: real, v: real";
const notesOf = async (...displays: string[]) =>
	(await stepsOf(symbols, ...displays)).map((s) => [s.verdict, s.note]);

// (u − v)² = u² − 2uv + v²: the sign of the first row is wrong, and the others go on from it or not.
const wrong = "(u - v)^2 = u^2 + 2 u v + v^2";
const carried = "follows from line 5, which is refuted";

test("what starts anew from a wrong result and goes on faithfully is not blamed", async () => {
	expect(await notesOf(wrong, "(u - v)^2 - v^2 = u (u + 2 v)")).toEqual([
		["refuted", null],
		["refuted", carried],
	]);
});

test("a wrong row that holds for every index may be put under a sum", async () => {
	expect(
		await notesOf(
			"(a_i - u)^2 = a_i^2 + u^2",
			"\\sum_{i=1}^N (a_i - u)^2 = \\sum_{i=1}^N a_i^2 + N u^2",
		),
	).toEqual([
		["refuted", null],
		["refuted", carried],
	]);
});

test("near-misses: a second mistake of its own, and a right result, are judged by themselves", async () => {
	expect(
		await notesOf(
			wrong,
			"(u - v)^2 - v^2 = u (u + 3 v)",
			"(u - v)^2 - v^2 = u (u - 2 v)",
		),
	).toEqual([
		["refuted", null],
		["refuted", null],
		["proved", null],
	]);
});

test("within a chain the neighbours are right and only the wrong row is refuted", async () => {
	expect(await notesOf(`${wrong} = (u + v)^2`)).toEqual([
		["refuted", null],
		["proved", null],
	]);
});

test("a wrong value is not put where a derivative is taken by its name", async () => {
	expect(
		await notesOf(
			"u = v + 1",
			"\\frac{\\partial}{\\partial u} (u^2 + v) = 2 u + 1",
		),
	).toEqual([
		["refuted", null],
		["refuted", null],
	]);
});
