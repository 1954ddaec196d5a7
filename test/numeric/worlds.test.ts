import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { add, index, mul, symbol } from "../../src/expr/build.js";
import type { Context } from "../../src/expr/context.js";
import type { Expr } from "../../src/expr/tree.js";
import {
	evaluate,
	makeWorlds,
	vary,
	type World,
	type WorldValue,
} from "../../src/numeric/index.js";
import { Problem } from "../../src/problem.js";
import * as mix from "./mixture.js";

const everything = mix.contextOf(
	[
		mix.info("r", "real", ["N", "D"]),
		mix.info("g", "real"),
		mix.info("p", "positive", ["K"]),
		mix.info("h", "probability", ["N"]),
		mix.info("n", "nonnegative", ["N"]),
		mix.info("z", "integer"),
		mix.info("t", "count", ["N"]),
		mix.info("phi", "simplex", ["N", "K"]),
		mix.info("o", "onehot", ["N", "K"]),
		mix.info("S", "symmetric", ["D", "D"]),
		mix.info("A", "posdef", ["K", "D", "D"]),
		mix.info("c", "label", ["N"], "K"),
	],
	{ i: "N", j: "N", k: "K" },
);

const [i, j, k] = ["i", "j", "k"].map(index) as [Expr, Expr, Expr];
const one = index("i");
const tree = add(
	symbol("r", [i, k]),
	symbol("g"),
	symbol("p", [k]),
	symbol("h", [j]),
	symbol("n", [i]),
	symbol("z"),
	symbol("t", [i]),
	symbol("phi", [i, k]),
	symbol("o", [i, k]),
	symbol("S", [one, one]),
	symbol("A", [k, one, one]),
	symbol("c", [i]),
);

const seeds = fc.string({ minLength: 1, maxLength: 8 });
const flat = (world: World, name: string): number[] =>
	[world.values.get(name)].flat(9 as 1) as number[];
const rows = (value: WorldValue | undefined): number[][] =>
	value as unknown as number[][];

describe("worlds", () => {
	it("are the same for the same seed and differ for others", () => {
		expect(makeWorlds([tree], everything, "a")).toEqual(
			makeWorlds([tree], everything, "a"),
		);
		expect(makeWorlds([tree], everything, "a")).not.toEqual(
			makeWorlds([tree], everything, "b"),
		);
	});

	it("take sizes 1, 2 and 3, and at least twice different sizes from 2 on, small first", () => {
		const worlds = makeWorlds([tree], everything, "seed");
		expect(worlds.length).toBeGreaterThanOrEqual(8);
		for (const size of ["N", "K", "D"])
			expect([...new Set(worlds.map((w) => w.sizes.get(size)))]).toEqual(
				expect.arrayContaining([1, 2, 3]),
			);
		const wide = worlds.filter(
			(w) =>
				[...w.sizes.values()].every((s) => s >= 2) &&
				new Set(w.sizes.values()).size === 3,
		);
		expect(wide.length).toBeGreaterThanOrEqual(2);
		const products = worlds.map((w) =>
			[...w.sizes.values()].reduce((a, b) => a * b, 1),
		);
		expect(products).toEqual([...products].sort((a, b) => a - b));
	});

	it("let two indices over one axis coincide and differ, unless they are declared different", () => {
		const worlds = makeWorlds([tree], everything, "seed").filter(
			(w) => (w.sizes.get("N") as number) > 1,
		);
		const same = worlds.map((w) => w.indices.get("i") === w.indices.get("j"));
		expect(same).toContain(true);
		expect(same).toContain(false);
		const apart: Context = { ...everything, distinct: [["i", "j"]] };
		for (const world of makeWorlds([tree], apart, "seed"))
			expect(world.indices.get("i")).not.toBe(world.indices.get("j"));
	});

	it("obey the declared types, in short decimals", () => {
		fc.assert(
			fc.property(seeds, (seed) => {
				for (const world of makeWorlds([tree], everything, seed))
					obeysTypes(world);
			}),
			{ numRuns: 25 },
		);
	});

	it("have reals of both signs and unequal entries", () => {
		const worlds = makeWorlds([tree], everything, "signs");
		const signs = new Set(
			worlds.map((w) => Math.sign(w.values.get("g") as number)),
		);
		expect(signs).toEqual(new Set([1, -1]));
		for (const world of worlds.slice(1, 4))
			expect(new Set(flat(world, "phi")).size).toBeGreaterThanOrEqual(
				world.sizes.get("K") as number,
			);
	});

	it("give no value to what is bound, and one to what stands outside of the binder too", () => {
		const bound = mix.expect(mix.logLikelihood);
		const names = (trees: readonly Expr[]) =>
			[
				...(makeWorlds(trees, mix.context, "s")[0] as World).values.keys(),
			].sort();
		expect(names([bound])).toEqual(["lambda", "m", "phi", "s", "x"]);
		expect(names([bound, symbol("mu", [k], ["D"])])).toContain("mu");
	});

	it("ask for the type of an undeclared symbol", () => {
		expect(() =>
			makeWorlds([mul(symbol("eta"), symbol("g"))], everything, "s"),
		).toThrow(Problem);
	});
});

function obeysTypes(world: World): void {
	const close = (a: number, b: number): boolean => Math.abs(a - b) < 1e-12;
	for (const name of world.values.keys())
		for (const v of flat(world, name))
			expect(String(v).length).toBeLessThanOrEqual(5);
	expect(flat(world, "p").every((v) => v > 0)).toBe(true);
	expect(flat(world, "h").every((v) => v > 0 && v < 1)).toBe(true);
	expect(flat(world, "n").every((v) => v >= 0)).toBe(true);
	expect(Number.isInteger(world.values.get("z"))).toBe(true);
	expect(flat(world, "t").every((v) => Number.isInteger(v) && v >= 0)).toBe(
		true,
	);
	for (const row of rows(world.values.get("phi"))) {
		expect(row.every((v) => v > 0)).toBe(true);
		expect(
			close(
				row.reduce((a, b) => a + b, 0),
				1,
			),
		).toBe(true);
	}
	for (const row of rows(world.values.get("o")))
		expect([...row].sort()).toEqual([...row.slice(1).map(() => 0), 1]);
	const matrices = [
		rows(world.values.get("S")),
		...(world.values.get("A") as unknown as number[][][]),
	];
	for (const matrix of matrices)
		matrix.forEach((row, r) => {
			row.forEach((v, c) => {
				expect(v).toBe((matrix[c] as number[])[r]);
				if (r !== c) expect(v).not.toBe(0);
			});
		});
	for (const matrix of matrices.slice(1))
		matrix.forEach((row, r) => {
			const off = row.reduce((t, v, c) => t + (c === r ? 0 : Math.abs(v)), 0);
			expect(row[r]).toBeGreaterThan(off);
		});
	const labels = world.sizes.get("K") as number;
	expect(flat(world, "c").every((v) => v >= 1 && v <= labels)).toBe(true);
}

describe("varying one thing", () => {
	const world = makeWorlds([tree], everything, "vary").at(-1) as World;

	it("changes the instance that the subscripts choose, and nothing else", () => {
		const others = vary(
			world,
			{ kind: "variable", symbol: symbol("r", [i], ["D"]) },
			everything,
			"s",
		);
		expect(others.length).toBeGreaterThan(1);
		const before = rows(world.values.get("r"));
		const chosen = (world.indices.get("i") as number) - 1;
		for (const other of others)
			rows(other.values.get("r")).forEach((row, n) => {
				if (n === chosen) expect(row).not.toEqual(before[n]);
				else expect(row).toEqual(before[n]);
			});
	});

	it("runs an index over its other values, and has nothing to vary on an axis of length 1", () => {
		const length = world.sizes.get("K") as number;
		expect(
			vary(world, { kind: "index", name: "k" }, everything, "s"),
		).toHaveLength(length - 1);
		const single = makeWorlds([tree], everything, "vary")[0] as World;
		expect(vary(single, { kind: "index", name: "k" }, everything, "s")).toEqual(
			[],
		);
		expect(
			vary(
				single,
				{ kind: "variable", symbol: symbol("c", [i]) },
				everything,
				"s",
			),
		).toEqual([]);
	});
});

describe("unnamed laws", () => {
	const none = mix.contextOf([]);
	const v = (name: string) => symbol(name);
	const p = (name: string, of: string[], given: string[] = []): Expr => ({
		kind: "table",
		name,
		role: "density",
		of: of.map(v),
		given: given.map(v),
		parameters: [],
	});
	const over = (variable: string, body: Expr, counting = false): Expr => ({
		kind: "integral",
		variable,
		plates: [],
		only: null,
		except: null,
		domain: { kind: "unnamed", counting },
		body,
	});
	const values = (trees: readonly Expr[], of: Expr) =>
		makeWorlds(trees, none, "laws").map(
			(w) => evaluate(of, w, none).values[0] as number,
		);

	it("have conditionals and marginals of one joint, which is dependent", () => {
		const joint = p("p", ["x", "z"]);
		const chain = mul(p("p", ["z"]), p("p", ["x"], ["z"]));
		const apart = mul(p("p", ["z"]), p("p", ["x"]));
		const trees = [joint, chain, apart];
		const [a, b, c] = [
			values(trees, joint),
			values(trees, chain),
			values(trees, apart),
		];
		a.forEach((value, n) => {
			expect(b[n]).toBeCloseTo(value, 12);
		});
		expect(
			a.some((value, n) => Math.abs(value - (c[n] as number)) > 1e-3),
		).toBe(true);
		values(trees, over("z", joint)).forEach((value, n) => {
			expect(value).toBeCloseTo(values(trees, p("p", ["x"]))[n] as number, 12);
		});
	});

	it("integrate to 1; densities may exceed 1, masses may not (trap 14)", () => {
		for (const total of values(
			[over("z", p("q", ["z"]))],
			over("z", p("q", ["z"])),
		))
			expect(total).toBeCloseTo(1, 12);
		const seeds = Array.from({ length: 12 }, (_, n) => `s${n}`);
		const largest = (tree: Expr) =>
			Math.max(
				...seeds.flatMap((s) =>
					makeWorlds([tree], none, s).map(
						(w) =>
							evaluate(
								p("q", ["z"]),
								{ ...w, values: new Map([["z", 1]]) },
								none,
							).values[0] as number,
					),
				),
			);
		expect(largest(over("z", p("q", ["z"])))).toBeGreaterThan(1);
		expect(largest(over("z", p("q", ["z"]), true))).toBeLessThanOrEqual(1);
	});

	it("keep p and q apart, and know a renamed variable again", () => {
		const [first, second] = [
			values([p("p", ["z"]), p("q", ["z"])], p("p", ["z"])),
			values([p("p", ["z"]), p("q", ["z"])], p("q", ["z"])),
		];
		expect(first).not.toEqual(second);
		const square = (name: string) =>
			over(name, mul(p("q", [name]), p("q", [name])));
		const trees = [square("z"), square("z#4"), square("z'")];
		const all = trees.map((t) => values(trees, t));
		expect(all[1]).toEqual(all[0]);
		expect(all[2]).toEqual(all[0]);
	});
});

describe("signs of real symbols", () => {
	const names = ["u", "v", "w", "long", "g"];
	const context = mix.contextOf(
		names.map((name) => mix.info(name, "real")),
		{},
	);
	const worlds = makeWorlds(
		[add(...names.map((name) => symbol(name)))],
		context,
		"signs",
	);

	// √(u²v²) = uv holds wherever u and v have the same sign.
	it("any two meet in all four combinations", () => {
		for (const a of names)
			for (const b of names) {
				if (a === b) continue;
				const seen = new Set(
					worlds.map((w) =>
						[a, b].map((n) => Math.sign(w.values.get(n) as number)).join(),
					),
				);
				expect([...seen].sort()).toEqual(["-1,-1", "-1,1", "1,-1", "1,1"]);
			}
	});
});
