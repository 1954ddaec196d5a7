import { beforeAll, describe, expect, test } from "vitest";
import { checkSheet } from "../../../src/check/check.js";
import type { CheckedStep } from "../../../src/check/result.js";
import { preamble, type Slip, slips } from "./cases.js";

const display = (left: string, relation: string, right: string) =>
	`\n$$ ${left} ${relation} ${right} $$\n`;

/** The slip with another right side; a repair of the relation brings its own sign. */
function corrected({ left, relation = "=" }: Slip, right: string): string {
	const isRelation = /^\\(propto|geq|leq)/.test(right);
	return display(left, isRelation ? "" : relation, right);
}

async function check(displays: readonly string[]): Promise<CheckedStep[]> {
	const { steps } = await checkSheet(preamble + displays.join(""), "slips.md");
	expect(steps).toHaveLength(displays.length);
	return [...steps];
}

describe("the repair of a slip", () => {
	let checked: CheckedStep[] = [];
	beforeAll(async () => {
		checked = await check(
			slips.map((s) => display(s.left, s.relation ?? "=", s.wrong)),
		);
	}, 120_000);

	test.each(slips.map((s, n) => [s.kind, s.left, s.wrong, n] as const))(
		"%s: %s is not %s",
		(kind, _left, _wrong, n) => {
			expect(checked[n]?.verdict).toBe("refuted");
			expect(checked[n]?.repair?.kind ?? null).toBe(kind);
		},
	);

	test("is a step that is proved when it is read again", async () => {
		const again = await check(
			slips.flatMap((s, n) => {
				const latex = checked[n]?.repair?.latex;
				return latex === undefined ? [] : [corrected(s, latex)];
			}),
		);
		expect(again.filter((s) => s.verdict !== "proved")).toEqual([]);
	});

	test("is what was meant", async () => {
		const pairs = slips.flatMap(({ right }, n) => {
			const latex = checked[n]?.repair?.latex;
			return right === null || latex === undefined
				? []
				: [display(latex, "=", right)];
		});
		const compared = await check(pairs);
		expect(compared.filter((s) => s.verdict !== "proved")).toEqual([]);
	});
});

test("every slip's right side is right, so that the corpus itself can be trusted", async () => {
	const checked = await check(
		slips.flatMap((s) =>
			s.right === null ? [] : [display(s.left, s.relation ?? "=", s.right)],
		),
	);
	const wrong = checked.filter((s) => s.verdict === "refuted");
	expect(wrong).toEqual([]);
});
