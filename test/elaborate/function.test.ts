import { describe, expect, test } from "vitest";
import { declared, line, steps } from "./reading.js";

const sheet = declared({
	a: "real",
	b: "real[N]",
	xi: "positive[N]",
	w: "real[D]",
	x: "real[N,D]",
});
const lines = (...displays: readonly string[]) =>
	steps(displays, sheet).map(line);

describe("a function that the sheet defines", () => {
	test("takes whatever its argument is", () => {
		expect(lines("t(u) := u^2", "t(a) = t(2)")[1]).toBe("a^2 equal 2^2");
		expect(lines("g(u) := u^\\top w", "g(x_n) = a")[1]).toMatch(/x\[n\]/);
	});

	test("has numbers as arguments where the arrays of their names make no sense", () => {
		expect(lines("r(\\xi) := \\frac{1}{\\xi}", "r(\\xi_i) = a")[1]).toBe(
			"xi[i]^(-1) equal a",
		);
	});

	test("does not catch the index of an argument", () => {
		const [, step] = steps(
			["f(u) := \\sum_{i=1}^N b_i u", "f(b_i) = a"],
			sheet,
		);
		if (step?.kind !== "compare") throw new Error("no step");
		const { expr } = step.left;
		if (expr.kind !== "sum") throw new Error("no sum");
		expect(expr.index).not.toBe("i");
	});

	test("is unread with another number of arguments, or where its letter is a symbol", () => {
		expect(lines("t(u) := u^2", "t(a, a) = 1")[1]).toBe(
			"problem: `t` was defined with 1 arguments",
		);
		expect(lines("w(u) := u^2")[0]).toBe(
			"problem: `w` is a symbol of the sheet, and no function",
		);
	});

	test("stands for nothing before it is defined", () => {
		expect(lines("r(u) := r(u) + 1")[0]).toMatch(/`r` is no known function/);
		expect(lines("\\eta(a) = 1")[0]).toMatch(/`\\eta` is no known function/);
	});

	test("is a claim where it has a meaning already", () => {
		expect(lines("t(u) := u^2", "t(u) := u")[1]).toBe("u^2 equal u");
		expect(lines("\\sigma(u) := u")[0]).toBe("sigmoid(u) equal u");
	});
});

test("definitions that double in each other are refused, not written out", () => {
	const letters = [..."BDFGHJKLMOQRSTUVWXYZ"];
	const doubled = letters.map((letter, i) => {
		const before = letters[i - 1] ?? "a";
		return `${letter} := ${before} + ${before}^2`;
	});
	expect(lines(...doubled).join("\n")).toMatch(/too long to check/);
});
