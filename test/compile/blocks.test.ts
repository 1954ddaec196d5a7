import { describe, expect, it } from "vitest";
import type { Solvable } from "../../src/check/result.js";
import { canJam, jam } from "../../src/compile/blocks/jam.js";
import { describeBlocks } from "../../src/compile/describeLoops.js";
import { makeLoops, makePlan } from "../../src/compile/index.js";
import {
	type IndexScalar,
	number,
	one,
	type Scalar,
	sizeOf,
} from "../../src/compile/scalar.js";
import type { LoopStatement, Statement } from "../../src/compile/statement.js";
import { mixture, poissonMixture } from "./solvables.js";

const blocksOf = (solvable: Solvable) =>
	describeBlocks(makeLoops(makePlan(solvable, false)));

const k: IndexScalar = { kind: "index", name: "k", size: "K" };
const read = (array: string, at: Scalar): Scalar => ({
	kind: "read",
	array,
	at: [at],
	type: "real",
});
const store = (at: Scalar, value: Scalar): Statement => ({
	kind: "store",
	array: "a",
	at: [at],
	value,
	how: "set",
});
const before: Scalar = { kind: "add", terms: [k, number(-1)] };
const loop = (...body: readonly Statement[]): LoopStatement => ({
	kind: "loop",
	index: k,
	lower: one,
	upper: sizeOf("K"),
	except: [],
	body,
});

describe("turns of a loop", () => {
	it("are taken at once where each has elements of its own", () => {
		expect(canJam(loop(store(k, read("b", k))))).toBe(true);
		expect(canJam(loop(store(k, read("a", k))))).toBe(true);
	});

	it("are not where one reads what another one writes, or all write one element", () => {
		expect(canJam(loop(store(k, read("a", before))))).toBe(false);
		expect(canJam(loop(store(one, read("b", k))))).toBe(false);
	});

	it("are not where a loop inside, or the loop's own range, depends on them", () => {
		const inner = { ...loop(store(k, one)), upper: k };
		const outer: IndexScalar = { ...k, name: "l" };
		expect(
			canJam({
				...loop(inner),
				index: outer,
				body: [{ ...inner, upper: outer }],
			}),
		).toBe(false);
		expect(canJam({ ...loop(store(k, one)), except: [one] })).toBe(false);
	});

	it("have temporaries of their own", () => {
		const body: readonly Statement[] = [
			{ kind: "let", name: "c1", value: read("b", k) },
			store(k, { kind: "local", name: "c1" }),
		];
		const names = jam(body, k, 2).map((s) => (s.kind === "let" ? s.name : ""));
		expect(names).toEqual(["c1_0", "c1_1", "", ""]);
	});
});

describe("blocks of points", () => {
	it("form sums over components and axes from registers, four by two", () => {
		const text = blocksOf(mixture());
		expect(text).toContain("for k, 4 at once");
		expect(text).toContain("for point, 2 at once");
		// the weights' contraction over d, and that of the kept sums over the points
		expect(text.match(/sum\d+_\d_\d \+= /g)).toHaveLength(8);
		expect(text.match(/total\d+_\d_\d \+= /g)).toHaveLength(8);
	});

	it("read what several turns have in common once", () => {
		const [before = ""] = blocksOf(mixture()).split(/sum\d+_0_0 \+= /);
		const reads = before.slice(before.lastIndexOf("for d")).match(/ = \w+\[/g);
		// two points and four components, for eight products
		expect(reads).toHaveLength(6);
	});

	it("normalise the weights of all points before they are used", () => {
		const text = blocksOf(poissonMixture());
		const [, after = ""] = text.split("softmax phi[point]");
		expect(after.indexOf("for k")).toBeGreaterThan(0);
		expect(after).toContain("sum_phi[k] += ");
	});
});
