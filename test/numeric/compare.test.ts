import { describe, expect, it } from "vitest";
import {
	add,
	dot,
	log,
	mul,
	num,
	pow,
	sub,
	symbol,
} from "../../src/expr/build.js";
import {
	compareValues,
	type Evaluation,
	evaluate,
	makeWorlds,
} from "../../src/numeric/index.js";
import * as mix from "./mixture.js";

function of(value: number, rest: Partial<Evaluation> = {}): Evaluation {
	return {
		values: [value],
		shape: [],
		scale: [Math.abs(value)],
		error: [0],
		status: "ok",
		reason: "",
		isSpent: false,
		...rest,
	};
}

describe("comparison of values", () => {
	it("allows for rounding relative to what was added up, and no more", () => {
		expect(compareValues(of(2), of(2 + 1e-12))).toBe("agree");
		expect(compareValues(of(2), of(2.001))).toBe("differ");
		expect(compareValues(of(2), of(2 + 1e-7))).toBe("undecided");
		expect(compareValues(of(1e-9, { scale: [100] }), of(0))).toBe("agree");
	});

	it("decides nothing where the error is too large, or both sides are undefined", () => {
		expect(compareValues(of(2, { error: [0.5] }), of(2.1))).toBe("undecided");
		const none = of(Number.NaN, { status: "undefined" });
		expect(compareValues(none, none)).toBe("undecided");
		expect(compareValues(none, of(1))).toBe("differ");
		expect(compareValues(of(1, { status: "undecided" }), of(2))).toBe(
			"undecided",
		);
	});

	it("finds D s² dropped to s² in every world but those with D = 1 (trap 1)", () => {
		const left = mix.expect(dot(mix.mu(), mix.mu()));
		const right = add(dot(mix.m(), mix.m()), pow(mix.s(), 2));
		for (const world of makeWorlds([left, right], mix.context, "near miss")) {
			const compared = compareValues(
				evaluate(left, world, mix.context),
				evaluate(right, world, mix.context),
			);
			expect(compared).toBe(world.sizes.get("D") === 1 ? "agree" : "differ");
		}
	});

	it("tells log ab from log a + log b where a and b are negative (trap 6)", () => {
		const [a, b] = [symbol("a"), symbol("b")];
		const context = mix.contextOf([
			mix.info("a", "real"),
			mix.info("b", "real"),
		]);
		const world = mix.worldOf({}, { a: -1, b: -2 });
		const product = evaluate(log(mul(a, b)), world, context);
		const sum = evaluate(add(log(a), log(b)), world, context);
		expect([product.status, sum.status]).toEqual(["ok", "undefined"]);
		const zero = evaluate(
			sub(mul(num("0.1"), num(3)), num("0.3")),
			world,
			context,
		);
		expect(compareValues(zero, of(0))).toBe("agree");
	});
});
