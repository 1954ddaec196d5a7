import { describe, expect, test, vi } from "vitest";
import type { Claim, Decision } from "../../../src/check/claim.js";
import { findRepair } from "../../../src/check/repair/index.js";
import {
	add,
	index,
	mul,
	num,
	pow,
	sum,
	symbol,
} from "../../../src/expr/build.js";
import type {
	Context,
	SymbolInfo,
	ValueType,
} from "../../../src/expr/context.js";
import type { Dim, Expr } from "../../../src/expr/tree.js";
import { relations } from "../../../src/relations/index.js";

const info = (
	name: string,
	type: ValueType,
	dims: readonly Dim[] = [],
): [string, SymbolInfo] => [
	name,
	{ name, latex: name, type, dims, labels: null, role: "parameter", line: 0 },
];

const context: Context = {
	symbols: new Map([
		info("u", "real"),
		info("v", "real"),
		info("w", "real"),
		info("a", "real", ["N"]),
		info("x", "real", ["D"]),
		info("y", "real", ["D"]),
	]),
	sizes: new Set(["N", "D"]),
	ranges: new Map([["i", "N"]]),
	distinct: [],
	model: null,
	family: null,
};

const u = symbol("u");
const v = symbol("v");
const w = symbol("w");

function equation(left: Expr, right: Expr): Claim {
	return { left, right, relation: relations.equal, free: null, context };
}

const decided = (verdict: Decision["verdict"]) =>
	vi.fn(
		async (_claim: Claim): Promise<Decision> => ({
			verdict,
			reason: "",
			rules: [],
			failure: null,
			note: null,
		}),
	);

describe("a repair is reported only if the whole decision calls it proved", () => {
	// (u + v)² = u² + 2uv + v²
	const claim = equation(
		pow(add(u, v), 2),
		add(pow(u, 2), mul(u, v), pow(v, 2)),
	);

	test("proved: reported", async () => {
		const repair = await findRepair(claim, decided("proved"));
		expect(repair).toEqual({
			latex: "u^{2} + 2 u v + v^{2}",
			kind: "factor 2",
			replaces: "u^{2} + u v + v^{2}",
		});
	});

	test.each(["agrees", "refuted", "unread"] as const)(
		"%s: withheld",
		async (verdict) => {
			const decide = decided(verdict);
			expect(await findRepair(claim, decide)).toBeNull();
			expect(decide).toHaveBeenCalled();
			expect(decide.mock.calls.length).toBeLessThanOrEqual(3);
		},
	);
});

describe("what is not repaired", () => {
	test("to write the left side again is no repair", async () => {
		expect(await findRepair(equation(u, v), decided("proved"))).toBeNull();
	});

	test("nor is to add all of the left side", async () => {
		const claim = equation(mul(u, v), add(w, num(1)));
		expect(await findRepair(claim, decided("proved"))).toBeNull();
	});

	test("sides that have nothing to do with each other", async () => {
		const total = sum("i", "N", symbol("a", [index("i")]));
		const claim = equation(pow(total, 2), add(u, mul(num(3), pow(v, 2), w)));
		expect(await findRepair(claim, decided("proved"))).toBeNull();
	});
});

describe("repairs of vectors", () => {
	const x = symbol("x", [], ["D"]);
	const y = symbol("y", [], ["D"]);

	test("a sign", async () => {
		const left = add(mul(u, x), mul(num(-1), u, y));
		const claim = equation(left, mul(u, add(x, y)));
		const repair = await findRepair(claim, decided("proved"));
		expect(repair?.kind).toBe("sign");
	});

	test("a lost term is a vector again, not its entry", async () => {
		const claim = equation(mul(u, add(x, mul(num(3), y))), mul(u, x));
		expect(await findRepair(claim, decided("proved"))).toEqual({
			latex: "u x + 3 u y",
			kind: "missing term",
			replaces: "u x",
		});
	});
});

test("two slips at once: the second is told by what the first leaves", async () => {
	// (u − v)² = u² − 2uv + v²
	const minusV = mul(num(-1), v);
	const claim = equation(
		pow(add(u, minusV), 2),
		add(pow(u, 2), mul(u, v), mul(num(-1), pow(v, 2))),
	);
	const seen: string[] = [];
	const repair = await findRepair(claim, async (c) => {
		seen.push(c.relation.sign);
		return decided("proved")(c);
	});
	expect(repair?.kind).toContain("; ");
	expect(seen).toEqual(["="]);
});

test("the same claim costs the same work: the search gives the same repair again", async () => {
	const claim = equation(
		pow(add(u, v, w), 2),
		add(pow(u, 2), pow(v, 2), pow(w, 2), mul(num(2), u, v)),
	);
	const first = await findRepair(claim, decided("proved"));
	expect(await findRepair(claim, decided("proved"))).toEqual(first);
});
