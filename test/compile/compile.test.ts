import { describe, expect, it } from "vitest";
import type { Solvable, Update } from "../../src/check/result.js";
import {
	compileSolver,
	describePlan,
	makePlan,
} from "../../src/compile/index.js";
import {
	add,
	index,
	mul,
	num,
	pow,
	sum,
	symbol,
} from "../../src/expr/build.js";
import { loadSolver } from "../../src/solve/solver.js";
import {
	i,
	k,
	m,
	mixture,
	normalMean,
	phi,
	poissonMixture,
	regression,
	s,
	square,
	update,
	weightedMixture,
} from "./solvables.js";

const js = { target: "js" } as const;

function withUpdates(
	solvable: Solvable,
	change: (u: Update) => Update | null,
): Solvable {
	return {
		...solvable,
		updates: solvable.updates.map(change).filter((u) => u !== null),
	};
}

function replacing(solvable: Solvable, replacement: Update): Solvable {
	return withUpdates(solvable, (u) =>
		u.target.name === replacement.target.name ? replacement : u,
	);
}

describe("the plan", () => {
	it("renews s before m, since the right side of m names the new s", () => {
		expect(describePlan(makePlan(mixture(), false))).toBe(
			[
				"data along N",
				"input x: real[N,D], observed",
				"input sigma: positive",
				"input lambda: positive",
				"parameter phi: simplex[N,K], local",
				"parameter s: positive[K], global",
				"parameter m: real[K,D], global",
				"local factor c[N]: phi",
				"global factor mu[K]: s then m",
			].join("\n"),
		);
	});

	it("renews one after the other what reads its own kind at other indices", () => {
		expect(describePlan(makePlan(regression(), false))).toContain(
			"global factor w[K]: s then m, one after the other",
		);
		expect(describePlan(makePlan(mixture(), false))).not.toContain(
			"one after the other",
		);
	});

	const self = update(m(k), add(m(k), symbol("x", [i], ["D"])));
	const l = index("l");
	it.each([
		[
			"an update that reads its own parameter",
			replacing(mixture(), self),
			"the updates go in a circle: m needs m",
		],
		[
			"an update whose sum over all l includes its own k",
			replacing(
				regression(),
				update(symbol("m", [k]), sum("l", "K", symbol("m", [l]))),
			),
			"the updates go in a circle: m needs m",
		],
		[
			"updates that need each other",
			replacing(
				mixture(),
				update(s(k), add(square(s(k)), mul(num(0), m(k))), 2),
			),
			"the updates go in a circle",
		],
		[
			"a parameter without update",
			withUpdates(mixture(), (u) => (u.target.name === "s" ? null : u)),
			"s has no update",
		],
		[
			"two updates of one parameter",
			{ ...mixture(), updates: [...mixture().updates, update(s(k), num(1))] },
			"s is updated twice",
		],
		[
			"an update for one index alone",
			replacing(mixture(), update(s(num(1)), num(1))),
			"the update of s is not for all of its indices",
		],
		[
			"an update of something else",
			{
				...mixture(),
				updates: [...mixture().updates, update(symbol("sigma"), num(1))],
			},
			"sigma is not a parameter of the family",
		],
		[
			"an update without a closed form",
			replacing(mixture(), update(s(k), num(1), 2, { value: null })),
			"the update of s has no closed form",
		],
		[
			"an index from nowhere",
			replacing(mixture(), update(s(k), phi(i, k), 2)),
			"the index i is neither summed over nor on the left side",
		],
		[
			"a latent variable on a right side",
			replacing(mixture(), update(s(k), symbol("c", [num(1)]))),
			"an update mentions the unobserved c",
		],
	])("refuses %s", (_, solvable, message) => {
		expect(() => compileSolver(solvable, js)).toThrow(message);
	});

	it.each([
		["Σ_{l≠k}", sum("l", "K", symbol("m", [l]), [k])],
		[
			"Σ_{l<k}",
			{
				...(sum("l", "K", symbol("m", [l])) as object),
				upper: add(k, num(-1)),
			} as never,
		],
		[
			"Σ_{l>k}",
			{
				...(sum("l", "K", symbol("m", [l])) as object),
				lower: add(k, num(1)),
			} as never,
		],
		[
			"Σ_l 1[l≠k]",
			sum(
				"l",
				"K",
				mul(
					{ kind: "indicator", comparison: "≠", left: l, right: k },
					symbol("m", [l]),
				),
			),
		],
	])("takes %s over its own kind", (_, value) => {
		const solvable = replacing(regression(), update(symbol("m", [k]), value));
		expect(makePlan(solvable, false).globals[0]?.sequential).toBe(true);
	});

	it("refuses the square root of a sum over its own kind all the same", () => {
		const value = pow(sum("l", "K", square(symbol("m", [l]))), num("1/2"));
		expect(() =>
			makePlan(replacing(regression(), update(symbol("m", [k]), value)), false),
		).toThrow("circle");
	});
});

describe("certificates", () => {
	const open = withUpdates(mixture(), (u) =>
		u.target.name === "m"
			? { ...u, certified: false, certificate: "refuted" }
			: u,
	);

	it("are required", () => {
		expect(() => compileSolver(open, js)).toThrow(
			"no certificate for the update of m",
		);
	});

	it("can be waived, which the artefact and every result say", async () => {
		const source = compileSolver(open, { ...js, allowUnverified: true });
		expect(source.startsWith("// !!!!")).toBe(true);
		expect(source).toContain(
			"UNVERIFIED. No certificate for the update of m[k]",
		);
		const { solve, ...module } = await loadSolver(source);
		expect(module).toMatchObject({ sheet: { verified: false } });
		const result = await solve({ x: [[1]], K: 1, sigma: 1, lambda: 1 });
		expect(result.warnings).toContain(
			"UNVERIFIED: no certificate for the update of m; the result may be wrong",
		);
	});

	it("stand in the artefact with the sheet's title, path and hash", async () => {
		const source = compileSolver(mixture(), js);
		expect(source).not.toContain("UNVERIFIED");
		expect(source).toContain("//   m[k]: certified, exact");
		const module = await loadSolver(source);
		expect(module).toMatchObject({
			sheet: {
				title: "Mixture of Gaussians",
				path: "test/mixture.md",
				hash: "0".repeat(64),
				verified: true,
			},
		});
	});
});

describe("a wrong update that was let through", () => {
	it("is named when it lowers the bound", async () => {
		const wrong = update(
			m(k),
			mul(
				num(-1),
				square(s(k)),
				sum("i", "N", mul(phi(i, k), symbol("x", [i], ["D"]))),
			),
			1,
			{ certified: false },
		);
		const source = compileSolver(replacing(mixture(), wrong), {
			...js,
			allowUnverified: true,
		});
		const { solve } = await loadSolver(source);
		const run = solve({
			x: [
				[1, 2],
				[9, 8],
				[1, 1],
			],
			K: 2,
			sigma: 10,
			lambda: 1,
		});
		await expect(run).rejects.toThrow(
			/the bound fell from .* in sweep \d+, by the update of s, m/,
		);
	});

	it("is named by itself if every update is watched", async () => {
		const inputs = {
			x: [
				[1, 2],
				[9, 8],
				[1, 1],
			],
			K: 2,
			sigma: 10,
			lambda: 1,
		};
		const right = await loadSolver(compileSolver(mixture(), js));
		const { parameters } = await right.solve(inputs);
		const swapped = mixture().updates.map((u) =>
			u.logWeights
				? { ...u, logWeights: mul(num(-1), u.logWeights), certified: false }
				: u,
		);
		const { solve } = await loadSolver(
			compileSolver(
				{ ...mixture(), updates: swapped },
				{ ...js, allowUnverified: true },
			),
		);
		const run = solve(inputs, { init: parameters, debug: true });
		await expect(run).rejects.toThrow(/in sweep 1, by the update of phi$/);
	});
});

describe("the artefact", () => {
	const sources = [
		mixture,
		weightedMixture,
		normalMean,
		poissonMixture,
		regression,
	].map((sheet) => compileSolver(sheet(), js));

	it("imports nothing and is the same every time", () => {
		for (const source of sources) {
			expect(source).not.toMatch(
				/^\s*import\b|\bimport\(|\brequire\(|\beval\(|new Function/m,
			);
		}
		expect(compileSolver(mixture(), js)).toBe(sources[0]);
	});

	it("goes through the data once a sweep to renew responsibilities and gather what the means need", () => {
		const pass = functionNamed("pass", sources[0] ?? "");
		expect(pass.match(/< N;/g)).toHaveLength(1);
		expect(functionNamed("renew_mu", sources[0] ?? "")).not.toContain("< N;");
		expect(
			functionNamed("elboTerms", sources[0] ?? "").match(/< N;/g),
		).toHaveLength(1);
	});

	it("sums the data of a normal mean once and for all", () => {
		expect(
			functionNamed("prepareMeans", sources[2] ?? "").match(/< N;/g),
		).toHaveLength(1);
		expect(functionNamed("renew_mu", sources[2] ?? "")).not.toContain("< N;");
	});

	it("allocates nothing that grows with N × K", () => {
		for (const source of sources)
			for (const kernel of ["pass", "elboTerms", "renew_mu"])
				for (const [, length] of functionNamed(kernel, source).matchAll(
					/new Float64Array\(([^)]*)\)/g,
				))
					expect(length).not.toContain("N");
	});

	it("cannot be broken by a sheet's title, path or names", async () => {
		const hostile = "*/ throw new Error('gone');\n\u2028throw 1; //` </script>";
		const sheet = mixture();
		const renamed = {
			...sheet,
			title: hostile,
			path: hostile,
			elboTerms: sheet.elboTerms.map((t) => ({ ...t, name: hostile })),
		};
		const module = await loadSolver(compileSolver(renamed, js));
		expect(module).toMatchObject({ sheet: { title: hostile } });
		const result = await module.solve({ x: [[1]], K: 1, sigma: 1, lambda: 1 });
		expect(result.converged).toBe(true);
	});

	it("takes names that JavaScript does not have, or has for something else", async () => {
		const names = new Map([
			["sigma", "new"],
			["lambda", "x'"],
			["m", "softmax"],
			["s", "state"],
			["phi", "φ^*"],
		]);
		const { solve } = await loadSolver(
			compileSolver(renamed(mixture(), names), js),
		);
		const plain = await loadSolver(compileSolver(mixture(), js));
		const x = [
			[1, 2],
			[3, 4],
			[9, 9],
		];
		const result = await solve({ x, K: 2, new: 3, "x'": 2 });
		const expected = await plain.solve({ x, K: 2, sigma: 3, lambda: 2 });
		expect(result.elbo).toEqual(expected.elbo);
		expect(result.parameters.softmax).toEqual(expected.parameters.m);
	});
});

function functionNamed(name: string, source: string): string {
	const start = source.indexOf(`function ${name}(`);
	return start < 0 ? "" : source.slice(start, source.indexOf("\n}\n", start));
}

/** The sheet with other names for its symbols. */
function renamed(
	solvable: Solvable,
	names: ReadonlyMap<string, string>,
): Solvable {
	const rename = (_key: string, value: unknown) => {
		const node = value as { kind?: string; name?: string } | null;
		return node?.kind === "symbol"
			? { ...node, name: names.get(node.name ?? "") ?? node.name }
			: value;
	};
	const copy = <T>(value: T): T => {
		const fractions = new Map<string, unknown>();
		const text = JSON.stringify(value, (key, v) => {
			if (key !== "value" || typeof v !== "object" || v === null || "kind" in v)
				return rename(key, v);
			const mark = `fraction ${fractions.size}`;
			fractions.set(mark, v);
			return mark;
		});
		return JSON.parse(text, (key, v) =>
			key === "value" && fractions.has(v) ? fractions.get(v) : v,
		);
	};
	const symbols = [...solvable.context.symbols.values()].map((info) => ({
		...info,
		name: names.get(info.name) ?? info.name,
	}));
	return {
		...solvable,
		context: {
			...solvable.context,
			symbols: new Map(symbols.map((info) => [info.name, info])),
			family: copy(solvable.context.family),
		},
		updates: copy(solvable.updates),
		elboTerms: copy(solvable.elboTerms),
	};
}
