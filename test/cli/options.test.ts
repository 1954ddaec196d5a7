import { InvalidArgumentError } from "commander";
import { describe, expect, it } from "vitest";
import { splitNames, svgPath } from "../../src/cli/options.js";

describe("--columns", () => {
	it.each([
		["u", ["u"]],
		["u, v w ,x", ["u", "v w", "x"]],
		['u,"weight, kg"', ["u", "weight, kg"]],
		['"a ""b""" , c', ['a "b"', "c"]],
	])("takes %s", (text, names) => {
		expect(splitNames(text)).toEqual(names);
	});

	it.each(["", ",", "u,", ",u", "u,,v", '"u', '"u"v', 'u"v"'])(
		"refuses %j",
		(text) => {
			expect(() => splitNames(text)).toThrow(InvalidArgumentError);
		},
	);
});

describe("--plot", () => {
	it("is an SVG", () => {
		expect(svgPath("a/b.SVG")).toBe("a/b.SVG");
		expect(() => svgPath("fit.png")).toThrow("ends in .svg");
	});
});
