import { describe, expect, it } from "vitest";
import { rulesOf } from "../../src/site/verdict.js";

describe("the rules in the margin", () => {
	it("name what tells one step from the others, before what all of them use", () => {
		const { named, others } = rulesOf([
			"logarithm of a product",
			"linearity of the expectation",
			"second moment of a Normal: E[xxᵀ] = mmᵀ + S",
		]);
		expect(named).toEqual(["second moment of a Normal: E[xxᵀ] = mmᵀ + S"]);
		expect(others).toEqual([
			"logarithm of a product",
			"linearity of the expectation",
		]);
	});

	it("are two where both are short, and one at the least", () => {
		expect(rulesOf(["Bayes' rule", "marginalisation", "x"]).named).toEqual([
			"Bayes' rule",
			"marginalisation",
		]);
		const long = "a".repeat(100);
		expect(rulesOf([long]).named).toEqual([long]);
		expect(rulesOf([])).toEqual({ named: [], others: [] });
	});
});
