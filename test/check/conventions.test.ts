import { describe, expect, test } from "vitest";
import { checkSheet } from "../../src/check/check.js";

/** `conventions:` in the front matter, by closed forms that hold under one convention and under no other. */

const head = (conventions: string) => `---
conventions: {${conventions}}
symbols: {a: positive, b: positive, t: positive, y: positive, u: real, w: "real[D]", m: "real[D]", A: "posdef[D,D]"}
---

`;

async function verdicts(conventions: string, steps: readonly string[]) {
	const text = `${head(conventions)}${steps.map((s) => `$$ ${s} $$\n`).join("\n")}`;
	const { steps: checked } = await checkSheet(text, "conventions.md", {});
	return checked.map((s) => s.verdict);
}

const normal = String.raw`\log \mathcal N(u \mid a, t)`;
const isotropic = String.raw`\log \mathcal N(w \mid m, t I)`;
const square = String.raw`\lVert w - m \rVert^2`;

/** log densities with the second parameter as a standard deviation, a variance, a precision. Bishop (2006), (2.42), (2.43). */
const normals = {
	sd: String.raw`${normal} = -\tfrac12 \log(2\pi) - \log t - \frac{(u - a)^2}{2 t^2}`,
	variance: String.raw`${normal} = -\tfrac12 \log(2\pi t) - \frac{(u - a)^2}{2 t}`,
	precision: String.raw`${normal} = \tfrac12 \log\frac{t}{2\pi} - \frac{t}{2} (u - a)^2`,
};

const vectors = {
	sd: String.raw`${isotropic} = -\tfrac D2 \log(2\pi) - D \log t - \frac{1}{2 t^2} ${square}`,
	variance: String.raw`${isotropic} = -\tfrac D2 \log(2\pi t) - \frac{1}{2 t} ${square}`,
	precision: String.raw`${isotropic} = -\tfrac D2 \log(2\pi) + \tfrac D2 \log t - \frac t2 ${square}`,
};

/** (shape, scale) and (shape, rate); mean and rate. Johnson, Kotz and Balakrishnan (1994), chapters 17 and 19. */
const gammas = {
	scale: String.raw`\mathrm{Gamma}(y \mid a, b) = \frac{y^{a - 1} e^{-y/b}}{\Gamma(a) b^a}`,
	rate: String.raw`\mathrm{Gamma}(y \mid a, b) = \frac{b^a y^{a - 1} e^{-b y}}{\Gamma(a)}`,
};
const exponentials = {
	mean: String.raw`\mathrm{Exp}(y \mid b) = \frac1b e^{-y/b}`,
	rate: String.raw`\mathrm{Exp}(y \mid b) = b e^{-b y}`,
};

describe("a convention of the front matter", () => {
	test.each([
		["Normal", normals],
		["N", vectors],
		["Gamma", gammas],
		["Exponential", exponentials],
	])(
		"for %s proves its own closed form and refutes the others",
		async (name, forms) => {
			for (const chosen of Object.keys(forms)) {
				const said = await verdicts(`${name}: ${chosen}`, Object.values(forms));
				expect(said).toEqual(
					Object.keys(forms).map((f) => (f === chosen ? "proved" : "refuted")),
				);
			}
		},
	);

	test("of precision takes the inverse of a matrix", async () => {
		const right = String.raw`\log \mathcal N(w \mid m, A) = -\tfrac D2 \log(2\pi) + \tfrac12 \log |A| - \tfrac12 (w - m)^\top A (w - m)`;
		expect(await verdicts("Normal: precision", [right])).toEqual(["proved"]);
		expect(await verdicts("Normal: variance", [right])).toEqual(["refuted"]);
	});

	test("that is not known leaves the distribution unread", async () => {
		expect(
			await verdicts("Normal: sigma", [normals.sd, normals.variance]),
		).toEqual(["unread", "unread"]);
		const full = String.raw`\mathcal N(w \mid m, A) = \mathcal N(m \mid w, A)`;
		expect(await verdicts("Normal: sd", [full])).toEqual(["unread"]);
	});

	test("that names no distribution is an error with its place", async () => {
		const { messages } = await checkSheet(head("Foo: sd"), "foo.md", {});
		expect(messages[0]).toMatchObject({
			level: "error",
			line: 2,
			text: "there is no convention for `Foo`",
		});
	});
});
