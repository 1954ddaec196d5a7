import { describe, expect, test } from "vitest";
import { declared, line, mixture, steps } from "./reading.js";

const numbers = declared({
	a: "real[N]",
	f: "real[N,K]",
	c: "real",
	s: "positive",
	x: "real[N,D]",
	w: "real[D]",
});
const lines = (displays: string | readonly string[], sheet = numbers) =>
	steps(displays, sheet).map(line);

describe("steps of a chain", () => {
	test("each relation makes one", () => {
		expect(lines("c = 2 \\le s \\ge 0")).toEqual([
			"c equal 2",
			"2 atMost s",
			"s atLeast 0",
		]);
	});

	test("a display that begins with a relation goes on", () => {
		expect(lines(["c = s", "= 2 s"])).toEqual(["c equal s", "s equal 2*s"]);
		expect(lines(["= 2 s"])).toEqual([
			"problem: no line that could be read stands before this relation",
		]);
	});

	test("a side that cannot be read spoils the steps that touch it", () => {
		expect(
			lines(
				"\\begin{aligned} c &= s \\\\ &= \\eta \\\\ &= 2 \\\\ &= 3 \\end{aligned}",
			),
		).toEqual([
			"c equal s",
			"problem: `\\eta` has no declared type",
			"problem: `\\eta` has no declared type",
			"2 equal 3",
		]);
	});

	test("what a side that could not be read taught of an index is forgotten", () => {
		expect(lines("k + \\eta + a_k = f_{1k}")[0]).toMatch(/`\\eta`/);
		expect(lines("\\eta_k a_k = c = f_{1k}").at(-1)).toBe("c equal f[1,k]");
	});

	test("zeros and identities take the shape of the other side", () => {
		expect(lines("w = 0")).toEqual(["w equal vec(d=1..D, 0)"]);
		expect(lines("I = s w w^\\top")).toEqual(["I_D equal s*(w @ w')"]);
		expect(lines("w = 1")[0]).toMatch(/problem: shape mismatch/);
	});

	test("free indices have their ranges in the context of the step", () => {
		const [step] = steps("a_i = f_{ik}, \\qquad i \\ne j", numbers);
		if (step?.kind !== "compare") throw new Error("no step");
		expect(Object.fromEntries(step.context.ranges)).toEqual({ i: "N", k: "K" });
	});

	test("∈ makes no step, and ∼ belongs in a model", () => {
		expect(lines("w \\in \\mathbb R^D")).toEqual([]);
		expect(lines("c \\sim \\mathcal N(0, 1)")[0]).toMatch(
			/problem: .* makes no step|problem: .* no number/,
		);
	});
});

describe("definitions", () => {
	test("define a new symbol with the indices on its left", () => {
		expect(lines(["n_k := \\sum_i f_{ik}", "n_j = n_j + n_1"])).toEqual([
			"sum(i=1..N, f[i,k]) define sum(i=1..N, f[i,k])",
			"sum(i=1..N, f[i,j]) equal sum(i=1..N, f[i,j]) + sum(i=1..N, f[i,1])",
		]);
	});

	test("a size keeps its meaning beside N_k", () => {
		expect(lines(["N_k := \\sum_i f_{ik}", "\\sum_k N_k = N"]).at(-1)).toBe(
			"sum(k=1..K, sum(i=1..N, f[i,k])) equal N",
		);
	});

	test("substitution does not capture", () => {
		expect(lines(["n_k := \\sum_i f_{ik}", "\\sum_i a_i n_k = c"]).at(-1)).toBe(
			"sum(i=1..N, a[i]*sum(i#2=1..N, f[i#2,k])) equal c",
		);
	});

	test("an entry of a defined vector", () => {
		expect(lines(["v := \\sum_i a_i x_i", "v_d = c"]).at(-1)).toBe(
			"sum(i=1..N, a[i]*x[i])[d] equal c",
		);
	});

	test("a second one for a known symbol is a claim", () => {
		expect(lines(["n := c", "n := s", "c := 2"])).toEqual([
			"c define c",
			"c equal s",
			"c equal 2",
		]);
	});

	test("names that the model fixes are claims", () => {
		expect(steps("\\mathcal L := 0", mixture)[0]).toMatchObject({
			relation: "equal",
			defines: null,
		});
		expect(steps("q(\\mu_k) := 0", mixture)[0]).toMatchObject({
			relation: "equal",
			defines: null,
		});
		expect(lines("N := 3")).toEqual(["N equal 3"]);
	});

	test("= does not define, and says what does", () => {
		const [step] = steps("n_k = \\sum_i f_{ik}", numbers);
		expect(step).toMatchObject({
			kind: "problem",
			message: "`n` has no declared type",
		});
		expect(step?.kind === "problem" && step.expected).toMatch(/:=/);
	});

	const refused: readonly (readonly [string, string, RegExp])[] = [
		[
			"an index that is not on the left",
			"n := \\sum_k f_{ik}",
			/`i` is free on the right/,
		],
		["an index twice", "n_{ii} := a_i", /same index twice/],
		[
			"a formula as a subscript",
			"n_{c^2} := c",
			/neither a letter nor a number/,
		],
		["a circle", "n := n + 1", /`n` has no declared type/],
	];
	test.each(refused)("refused: %s", (_name, latex, message) => {
		expect(lines(latex)[0]).toMatch(message);
	});
});

describe("up to a constant or a factor: of what it is free", () => {
	const cases: readonly (readonly [string, string, string])[] = [
		[
			"written at the constant",
			"c = s + \\text{const}_{s}",
			"c constant s + const [s written]",
		],
		[
			"an index written at the constant",
			"\\log f_{ik} = c + \\text{const}_{k}",
			"log(f[i,k]) constant c + const [k written]",
		],
		[
			"the last index of the head",
			"f_{ik} \\propto a_i",
			"f[i,k] proportional a[i] [k index]",
		],
		[
			"the last index under a logarithm",
			"\\log f_{ik} = c + \\text{const}",
			"log(f[i,k]) constant c + const [k index]",
		],
		[
			"the last index of a derivative",
			"\\frac{\\partial}{\\partial f_{ik}} c = s + \\text{const}",
			"d/df[i,k](c) constant s + const [k index]",
		],
		[
			"the variable of a named density",
			"\\mathcal N(c; 0, s) \\propto e^{c}",
			"Normal(c | 0, s) proportional exp(c) [c head]",
		],
		["nothing", "c \\propto s", "problem: free of what?"],
	];
	test.each(cases)("%s", (_name, latex, expected) => {
		expect(lines(latex)).toEqual([expected]);
	});

	test("the head of a density, in every step of its chain and in the next display", () => {
		const frees = steps(
			[
				"\\log q^*(\\mu_k) = c_{1k} + \\text{const} = 2 c_{1k} + \\text{const}",
				"= 3 c_{1k} + \\text{const}",
			],
			mixture,
		);
		expect(
			frees.map(line).map((l) => l.match(/\[mu\[k\] head\]$/)?.[0]),
		).toEqual(Array(3).fill("[mu[k] head]"));
	});

	test("a value of a label is an index", () => {
		expect(lines("q(c_i = k) \\propto \\phi_{ik}", mixture)[0]).toMatch(
			/\[k head\]$/,
		);
	});

	test("of several variables at once it is free of each, or of the one that is chosen", () => {
		const latex = "p(\\mu, c \\mid x) \\propto p(x, c, \\mu)";
		const [step] = steps(latex, mixture);
		if (step?.kind !== "compare") throw new Error("no step");
		const named = [step.free, ...step.alsoFree].map((f) =>
			f?.kind === "variable" ? f.symbol.name : null,
		);
		expect(named).toEqual(["mu", "c"]);
		expect(
			lines(`${latex} \\qquad \\text{(w.r.t. $\\mu$)}`, mixture)[0],
		).toMatch(/\[mu written\]$/);
		expect(
			lines("c = s + \\text{const}_{s} = s + \\text{const}_{c}").at(-1),
		).toBe("problem: two constants that leave out different variables");
	});

	test("a constant that disappears leaves an equation", () => {
		expect(lines("\\log f_{ik} = c + \\text{const} = c").at(-1)).toBe(
			"c + const equal c",
		);
	});

	test("a constant beside ∝ or ≤ is refused", () => {
		expect(lines("f_{ik} \\propto c + \\text{const}")[0]).toMatch(
			/problem: a constant beside/,
		);
		expect(lines("c \\le s + \\text{const}")[0]).toMatch(
			/problem: a constant beside/,
		);
	});
});

describe("a plain q for the optimal factor", () => {
	const note = "q on the left was read as q*, the optimal factor";

	test("up to a constant, without its own parameters", () => {
		const [step] = steps(
			"\\log q(\\mu_k) = \\mathbb E_{-k}[\\log p(x, c, \\mu)] + \\text{const}",
			mixture,
		);
		const [starred] = steps(
			"\\log q^*(\\mu_k) = \\mathbb E_{-k}[\\log p(x, c, \\mu)] + \\text{const}",
			mixture,
		);
		expect(step?.kind === "compare" && step.notes).toEqual([note]);
		expect(step && line(step)).toBe(starred && line(starred));
	});

	test("not where its own parameters stand on the right", () => {
		const [step] = steps(
			"\\log q(\\mu_k) = -\\frac{1}{2 s_k^2} \\lVert \\mu_k - m_k \\rVert^2 + \\text{const}",
			mixture,
		);
		expect(step?.kind === "compare" && step.notes).toEqual([]);
		expect(step && line(step)).toMatch(/^log\(Normal\(mu\[k\] \| m\[k\]/);
	});
});

describe("conditions and conclusions", () => {
	test("= 0 behind a derivative is a condition", () => {
		const [first, second] = steps(
			"\\frac{\\partial}{\\partial c} (c^2 - s c) = 2 c - s = 0",
			numbers,
		);
		expect(first).toMatchObject({ condition: null });
		expect(second).toMatchObject({ condition: { by: { name: "c" } } });
	});

	test("= 0 elsewhere is a claim", () => {
		expect(steps("2 c - s = 0", numbers)[0]).toMatchObject({ condition: null });
	});

	test("a single equation before an arrow is assumed, a chain is checked", () => {
		expect(lines("2 c = s \\implies c = \\frac s2")).toEqual([
			"1 implies c equal s*2^(-1)",
		]);
		expect(lines("c + c = 2 c = s \\implies c = \\frac s2")).toEqual([
			"c + c equal 2*c",
			"2*c equal s",
			"2 implies c equal s*2^(-1)",
		]);
	});

	test("an arrow at the start of the next display", () => {
		expect(lines(["2 c = s", "\\implies c = \\frac s2"])).toEqual([
			"2*c equal s",
			"1 implies c equal s*2^(-1)",
		]);
	});

	test("equivalence", () => {
		expect(lines("2 c = s \\iff c = \\frac s2")).toEqual([
			"1 iff c equal s*2^(-1)",
		]);
	});

	test("an arrow between formulas that are no equations", () => {
		expect(lines("2 c \\implies c")[0]).toMatch(/problem: an arrow/);
	});
});
