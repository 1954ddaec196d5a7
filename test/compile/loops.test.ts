import { describe, expect, it } from "vitest";
import type { Solvable, Update } from "../../src/check/result.js";
import {
	compileSolver,
	describeLoops,
	makeLoops,
	makePlan,
} from "../../src/compile/index.js";
import {
	add,
	div,
	dot,
	exp,
	index,
	log,
	mul,
	neg,
	num,
	size,
	sub,
	sum,
	symbol,
} from "../../src/expr/build.js";
import type { Expr } from "../../src/expr/tree.js";
import { loadSolver } from "../../src/solve/solver.js";
import {
	contextOf,
	factor,
	i,
	info,
	k,
	m,
	mixture,
	normalMean,
	phi,
	poissonMixture,
	regression,
	s,
	softmax,
	square,
	update,
	x,
} from "./solvables.js";

const js = { target: "js" } as const;

function textOf(solvable: Solvable): string {
	return describeLoops(makeLoops(makePlan(solvable, false)));
}

describe("loops", () => {
	it("renew a normal mean from a sum that is formed once", () => {
		const [prepare, renew] = textOf(normalMean()).split("\n\n");
		expect(prepare).toBe(
			[
				"prepareMeans: Sums over the data that no sweep changes.",
				"  sum_x = 0",
				"  table sum_x_lost[D]",
				"  for i = 1 … N",
				"    for d = 1 … D",
				"      sum_x[d] += x[i,d]",
				"  sum_x += sum_x_lost",
			].join("\n"),
		);
		expect(renew).toContain("s = √(");
		expect(renew).not.toContain("… N");
	});

	it("leave the own index out of a sequential update", () => {
		expect(textOf(regression())).toContain("for l = 1 … K except k");
	});

	it("compute what does not depend on the data point before going through the data", () => {
		const pass = textOf(mixture()).split("\n\n")[1] ?? "";
		const [before, inside] = pass.split("for i = 1 … N");
		expect(before).toMatch(/table table\d\[K\]/);
		expect(inside).not.toContain("log(lambda");
	});

	it("compute a function once that several sums take of the same argument", () => {
		const elbo = textOf(poissonMixture()).split("elboTerms:")[1] ?? "";
		const [overComponents = ""] = elbo.split("table table1");
		expect(overComponents.match(/digamma\(a\[k\]\)/g)).toHaveLength(1);
	});

	it("sum the data of an expanded square from their mean on, and nothing else twice", () => {
		const pass = textOf(mixture()).split("\n\n")[1] ?? "";
		const [, inside = ""] = pass.split("for i = 1 … N");
		expect(inside.match(/x\[i,d\]/g)).toHaveLength(1);
		expect(inside).toMatch(/= \(x\[i,d\] \+ table\d\[d\]\)/);
	});

	it("drop from weights what is the same for every component", () => {
		const pass = textOf(mixture()).split("\n\n")[1] ?? "";
		expect(pass).not.toContain("x[i,d]^2");
	});
});

/** The mixture with its responsibilities written as they stand in a book: φ_ik = exp{…} / Σ_l exp{…}. */
function writtenOut(): Solvable {
	const l = index("l");
	const lambda2 = square(symbol("lambda"));
	const weight = (at: Expr) =>
		exp(
			neg(
				div(
					add(dot(sub(x, m(at)), sub(x, m(at))), mul(size("D"), square(s(at)))),
					mul(num(2), lambda2),
				),
			),
		);
	const value = div(weight(k), sum("l", "K", weight(l)));
	const sheet = mixture();
	const changed = (u: Update) =>
		u.target.name === "phi" ? update(phi(i, k), value) : u;
	return { ...sheet, updates: sheet.updates.map(changed) };
}

describe("exponentials", () => {
	const far = {
		x: [
			[0, 0],
			[3000, 0],
			[3001, 0],
		],
		K: 2,
		sigma: 1e4,
		lambda: 1,
		m: [
			[1, 0],
			[2999, 0],
		],
	};

	it.each([
		["written out with their sum", writtenOut()],
		[
			"inside the logarithm of a weight",
			{
				...mixture(),
				updates: mixture().updates.map((u) =>
					u.logWeights
						? softmax(phi(i, k), log(mul(symbol("lambda"), exp(u.logWeights))))
						: u,
				),
			},
		],
	])("%s neither overflow nor vanish", async (_, solvable) => {
		const { solve } = await loadSolver(compileSolver(solvable, js));
		const expected = await loadSolver(compileSolver(mixture(), js));
		const [result, plain] = await Promise.all([
			solve(far),
			expected.solve(far),
		]);
		expect(result.elbo.at(-1)).toBeCloseTo(plain.elbo.at(-1) ?? 0, 6);
		expect([...(result.parameters.phi?.data ?? [])]).toEqual([
			1, 0, 0, 1, 0, 1,
		]);
	});
});

/**
 * q(z_i) = N(m_i, 1), and m_i = (x_i + (1/N) Σ_{j≠i} m_j) / 2, the optimum of
 * −½ Σ (x_i − m_i)² − ½ Σ m_i² + (1/2N) Σ_i Σ_{j≠i} m_i m_j for each m_i given the others.
 */
function coupled(): Solvable {
	const j = index("j");
	const mean = (at: Expr) => symbol("m", [at]);
	const others = sum("j", "N", mean(j), [i]);
	const data = symbol("x", [i]);
	return {
		title: "Coupled",
		path: "test/coupled.md",
		hash: "4".repeat(64),
		context: contextOf(
			[
				info("z", "real", ["N"], "latent"),
				info("x", "real", ["N"], "datum"),
				info("m", "real", ["N"], "variational"),
			],
			[
				{
					...factor("z", [["i", "N"]], "Normal", {
						mean: num(0),
						covariance: num(1),
					}),
					observed: false,
				},
				{
					...factor("x", [["i", "N"]], "Normal", {
						mean: symbol("z", [i]),
						covariance: num(1),
					}),
					observed: true,
				},
			],
			[
				factor("z", [["i", "N"]], "Normal", {
					mean: mean(i),
					covariance: num(1),
				}),
			],
		),
		updates: [
			update(mean(i), mul(num("1/2"), add(data, div(others, size("N"))))),
		],
		elboTerms: [
			{
				name: "fit",
				value: sum("i", "N", mul(num("-1/2"), square(sub(data, mean(i))))),
			},
			{ name: "size", value: sum("i", "N", mul(num("-1/2"), square(mean(i)))) },
			{
				name: "coupling",
				value: div(sum("i", "N", mul(mean(i), others)), mul(num(2), size("N"))),
			},
		],
	};
}

describe("local parameters that read each other", () => {
	it("are renewed one after the other, not while going through the data", async () => {
		const loops = makeLoops(makePlan(coupled(), false));
		expect(loops.fused).toBe(false);
		const { solve } = await loadSolver(compileSolver(coupled(), js));
		const result = await solve(
			{ x: [3, -1, 2] },
			{ debug: true, tolerance: 1e-14, maxSweeps: 500 },
		);
		// 2 m_i + m_i/3 = x_i + S/3 with S = Σ m, hence (7/3) S = Σ x + S and S = 3
		const expected = [3, -1, 2].map((value) => ((value + 1) * 3) / 7);
		[...(result.parameters.m?.data ?? [])].forEach((value, n) => {
			expect(value).toBeCloseTo(expected[n] as number, 10);
		});
		expect(result.converged).toBe(true);
	});
});

describe("what cannot be compiled", () => {
	it("is an expectation", () => {
		const value: Expr = { kind: "expectation", over: [], body: num(1) };
		const sheet = { ...mixture(), elboTerms: [{ name: "open", value }] };
		expect(() => compileSolver(sheet, js)).toThrow(
			"while it contains an expectation",
		);
	});
});

describe("matrices", () => {
	const matrix = (of: Expr): Solvable => ({
		...mixture(),
		elboTerms: [{ name: "matrix", value: log({ kind: "determinant", of }) }],
	});

	it("have a determinant that is a power for multiples of I, and is found by factorising else", () => {
		const identity: Expr = { kind: "identity", size: "D" };
		const lambda = symbol("lambda");
		expect(textOf(matrix(mul(lambda, identity)))).toContain(
			"return matrix: D · log(lambda)",
		);
		const full = add(identity, mul(lambda, identity));
		const text = textOf(matrix(full));
		expect(text).toContain("inverse1 = its inverse, logdet1 = log of its");
		expect(text).toContain("return matrix: logdet1");
	});

	it("that are multiples of I are inverted entry by entry", () => {
		const identity: Expr = { kind: "identity", size: "D" };
		const inverse: Expr = {
			kind: "inverse",
			of: mul(symbol("lambda"), identity),
		};
		const value = dot(m(num(1)), {
			kind: "matmul",
			left: inverse,
			right: m(num(1)),
		});
		const sheet = { ...mixture(), elboTerms: [{ name: "quadratic", value }] };
		const bound = textOf(sheet).split("elboTerms")[1];
		expect(bound).toContain("m[1,d]^2");
		expect(bound).not.toContain("for d2");
	});
});
