import nerdamer from "nerdamer";
import { beforeAll, describe, expect, test } from "vitest";
import { checkSheet } from "../../src/check/check.js";
import type { CheckedStep } from "../../src/check/result.js";

/**
 * Scalar steps with the difference of their sides in nerdamer's notation. Its `expand` over a common denominator is a
 * second opinion on differences that need no declared sign; `simplify` and logarithms are left out, since they have been
 * seen to go wrong.
 */
const steps: readonly (readonly [
	left: string,
	right: string,
	numerator: string,
	holds: boolean,
])[] = [
	["(u + v)^2", "u^2 + 2 u v + v^2", "(u+v)^2-(u^2+2*u*v+v^2)", true],
	["(u + v)^2", "u^2 + u v + v^2", "(u+v)^2-(u^2+u*v+v^2)", false],
	["(u - v)(u + v)", "u^2 - v^2", "(u-v)*(u+v)-(u^2-v^2)", true],
	["(u - v)(u + v)", "u^2 + v^2", "(u-v)*(u+v)-(u^2+v^2)", false],
	[
		"(u - v)^3",
		"u^3 - 3 u^2 v + 3 u v^2 - v^3",
		"(u-v)^3-(u^3-3*u^2*v+3*u*v^2-v^3)",
		true,
	],
	[
		"(u - v)^3",
		"u^3 - 3 u^2 v + 3 u v^2 + v^3",
		"(u-v)^3-(u^3-3*u^2*v+3*u*v^2+v^3)",
		false,
	],
	[
		"\\frac{(u - v)^2}{2 t^2}",
		"\\frac{u^2}{2 t^2} - \\frac{u v}{t^2} + \\frac{v^2}{2 t^2}",
		"(u-v)^2-(u^2-2*u*v+v^2)",
		true,
	],
	[
		"\\frac{(u - v)^2}{2 t^2}",
		"\\frac{u^2}{2 t^2} - \\frac{u v}{2 t^2} + \\frac{v^2}{2 t^2}",
		"(u-v)^2-(u^2-u*v+v^2)",
		false,
	],
	["\\frac 1t + \\frac 1r", "\\frac{t + r}{t r}", "(r+t)-(t+r)", true],
	["\\frac 1t + \\frac 1r", "\\frac{1}{t + r}", "(r+t)*(t+r)-t*r", false],
	["\\frac{t}{t + r} + \\frac{r}{t + r}", "1", "t+r-(t+r)", true],
	["\\frac{t}{t + r}", "1 + \\frac tr", "t*r-(r+t)*(t+r)", false],
	[
		"t u^2 - 2 v u",
		"t \\left(u - \\frac vt\\right)^2 - \\frac{v^2}{t}",
		"t*(t*u^2-2*v*u)-((t*u-v)^2-v^2)",
		true,
	],
	[
		"t u^2 - 2 v u",
		"t \\left(u - \\frac vt\\right)^2 + \\frac{v^2}{t}",
		"t*(t*u^2-2*v*u)-((t*u-v)^2+v^2)",
		false,
	],
	["u (v + w) - w u", "u v", "u*(v+w)-w*u-u*v", true],
	["u (v + w) - w u", "v w", "u*(v+w)-w*u-v*w", false],
	[
		"(u + v + w)^2",
		"u^2 + v^2 + w^2 + 2 u v + 2 v w + 2 u w",
		"(u+v+w)^2-(u^2+v^2+w^2+2*u*v+2*v*w+2*u*w)",
		true,
	],
	[
		"(u + v + w)^2",
		"u^2 + v^2 + w^2 + 2 u v + 2 v w",
		"(u+v+w)^2-(u^2+v^2+w^2+2*u*v+2*v*w)",
		false,
	],
];

const symbols = `---
symbols: { u: real, v: real, w: real, t: positive, r: positive }
---
`;

describe("nerdamer as a second opinion on scalar steps", () => {
	let checked: readonly CheckedStep[] = [];
	beforeAll(async () => {
		const displays = steps.map(([l, r]) => `\n$$ ${l} = ${r} $$\n`);
		const sheet = await checkSheet(symbols + displays.join(""), "scalars.md");
		checked = sheet.steps;
	});

	test.each(steps.map((s, n) => [...s, n] as const))(
		"%s = %s",
		(_left, _right, numerator, holds, n) => {
			const difference = nerdamer(`expand(${numerator})`).toString();
			expect(difference === "0").toBe(holds);
			expect(checked[n]?.verdict).toBe(holds ? "proved" : "refuted");
		},
	);
});

/** A list of answers that have been wrong in releases before: whoever moves to another release sees whether they are. */
test("nerdamer's known wrong answers have not come back", () => {
	expect(nerdamer("simplify(log(a*b)-log(a)-log(b))").toString()).toBe("0");
});
