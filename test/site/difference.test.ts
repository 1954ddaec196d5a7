import { describe, expect, it } from "vitest";
import { emptyContext } from "../../src/elaborate/context.js";
import { Comparer } from "../../src/site/difference/index.js";

/** The parts of the right side of `x = …` that differ from a repair, `‸` where something is missing. */
function pointed(written: string, latex: string, replaces?: string) {
	const source = `x = ${written}`;
	const comparer = new Comparer(source, emptyContext(), {});
	const repair = { latex, kind: "", ...(replaces ? { replaces } : {}) };
	const { written: marks, repaired } = comparer.withRepair(4, repair);
	const shown = (
		text: string,
		{ start, end }: { start: number; end: number },
	) =>
		start === end ? `‸${text.slice(start).trim()}` : text.slice(start, end);
	return {
		written: marks.map((mark) => shown(source, mark)),
		repaired: repaired.map((mark) => shown(latex, mark)),
	};
}

describe("Comparer", () => {
	it.each([
		["a + b", "a - b", ["+ b"], ["- b"]],
		["a + b + c", "a + c", ["+ b"], []],
		["a s^2 + c", "a D s^2 + c", ["‸s^2 + c"], ["D"]],
		["\\frac{a}{2}", "\\frac{a}{3}", ["2"], ["3"]],
		["\\log(x_i)", "\\log(x_j)", ["x_i"], ["x_j"]],
		["\\sum_{k=1}^K a_k b", "\\sum_{k=1}^N a_k b", ["K"], ["N"]],
		["p(x \\mid z) q", "p(x, z) q", ["p(x \\mid z)"], ["p(x, z)"]],
		[
			"\\mathbb E_q[m^2]",
			"\\mathbb E_q[m]^2",
			["\\mathbb E_q[m^2]"],
			["\\mathbb E_q[m]^2"],
		],
	])("points at what differs: %s, %s", (written, latex, left, right) => {
		expect(pointed(written, latex)).toEqual({ written: left, repaired: right });
	});

	it.each([
		["e^{-x} + b", "\\exp\\left(-x\\right) - b", "+ b"],
		["x^T y + b", "x^\\top y - b", "+ b"],
		["c_{ik} a + b", "\\mathbb{1}[c_{i} = k] a - b", "+ b"],
		["\\left(a\\right) + b", "a - b", "+ b"],
		["b + a c", "a c - b", "b"],
	])(
		"takes other spelling and order for the same: %s",
		(written, latex, mark) => {
			expect(pointed(written, latex).written).toEqual([mark]);
		},
	);

	it("leaves out what the repair only spells in another way", () => {
		const { written } = pointed(
			"a^{-2} b + c",
			"\\frac{1}{a^2} b - c",
			"\\frac{1}{a^2} b + c",
		);
		expect(written).toEqual(["+ c"]);
	});

	it("points at nothing where all of a long formula differs, or one cannot be read", () => {
		const long = "\\log a + \\log b + \\log c + \\log d";
		expect(pointed(long, "\\exp(t)").written).toEqual([]);
		expect(pointed("a + b", "\\phantom{a} \\undefined").written).toEqual([]);
	});

	it("points at the relation where that is what is wrong", () => {
		expect(pointed("f", "\\propto f").written).toEqual(["="]);
	});

	it("shows what a row changed of the one before it", () => {
		const source = "y = a + b + c \\\\ = a + d + c";
		const comparer = new Comparer(source, emptyContext(), {});
		const marks = comparer.fromBefore(source.lastIndexOf("a + d"));
		expect(marks.map(({ start, end }) => source.slice(start, end))).toEqual([
			"d",
		]);
	});
});
