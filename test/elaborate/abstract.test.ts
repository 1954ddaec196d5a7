import { describe, expect, test } from "vitest";
import { line, mixture, steps } from "./reading.js";

const lines = (displays: string | readonly string[], sheet = {}) =>
	steps(displays, sheet).map(line);
const divergence = (p: string) => `int{z}(q(z)*(log(q(z)) - log(${p})))`;

describe("abstract passages speak of tables over unnamed variables", () => {
	const cases: readonly (readonly [string, string, string])[] = [
		[
			"Bayes' rule",
			"p(z \\mid x) = \\frac{p(x \\mid z) p(z)}{p(x)}",
			"p(z | x) equal p(x | z)*p(z)*p(x)^(-1)",
		],
		["an integral", "p(x) = \\int p(x, z) dz", "p(x) equal int{z}(p(x, z))"],
		[
			"a sum counts",
			"p(x) = \\sum_z p(x, z)",
			"p(x) equal int{z counted}(p(x, z))",
		],
		[
			"a measure left out",
			"p(x) = \\int p(x \\mid z) p(z)",
			"p(x) equal int{z}(p(x | z)*p(z))",
		],
		[
			"a measure left out, of the observed",
			"p(z) = \\int p(x, z)",
			"p(z) equal int{x}(p(x, z))",
		],
		[
			"a measure left out, under q",
			"\\mathrm{KL}(q(z) \\| p(z)) = \\int q(z) \\log \\frac{q(z)}{p(z)}",
			`${divergence("p(z)")} equal int{z}(q(z)*log(q(z)*p(z)^(-1)))`,
		],
		[
			"a divergence",
			"\\mathrm{KL}(q(z) \\| p(z \\mid x)) = 0",
			`${divergence("p(z | x)")} equal 0`,
		],
		[
			"in other brackets",
			"D_{KL}(q(z) || p(z|x)) = 0",
			`${divergence("p(z | x)")} equal 0`,
		],
		[
			"an expectation",
			"\\mathbb E_{q(z)}[\\log p(x, z)] = 0",
			"int{z}(q(z)*log(p(x, z))) equal 0",
		],
		[
			"under q, as the passage writes it",
			"\\mathbb E_q[\\log p(x, z) - \\log q(z)] = 0",
			"int{z}(q(z)*(log(p(x, z)) - log(q(z)))) equal 0",
		],
		[
			"z ∼ q",
			"\\mathbb E_{z \\sim q}[\\log p(x, z)] = 0",
			"int{z}(q(z)*log(p(x, z))) equal 0",
		],
		[
			"a function of z",
			"\\mathbb E_{q(z)}[f(z)] = \\int q(z) f(z) dz",
			"int{z}(q(z)*f(z)) equal int{z}(q(z)*f(z))",
		],
		[
			"the bound",
			"\\mathcal L(q) \\le \\log p(x)",
			"problem: the lower bound of which variables?",
		],
		[
			"the bound, with its variables",
			"\\log p(x) = \\mathcal L(q) + \\mathrm{KL}(q(z) \\| p(z \\mid x))",
			`log(p(x)) equal int{z}(q(z)*(log(p(x, z)) - log(q(z)))) + ${divergence("p(z | x)")}`,
		],
		[
			"a conditional q",
			"\\mathbb E_{q(z \\mid x)}[\\log p(x, z)] = 0",
			"int{z}(q(z | x)*log(p(x, z))) equal 0",
		],
		[
			"decorations make other tables",
			"q_\\phi(z) = p_\\theta(z)",
			"q_phi(z) equal p_theta(z)",
		],
		[
			"numbered variables",
			"q(z_1, z_2) = q(z_1) q(z_2)",
			"q(z_1, z_2) equal q(z_1)*q(z_2)",
		],
		[
			"a parameter is a condition",
			"p(x; \\theta) = p(x \\mid \\theta)",
			"p(x | theta) equal p(x | theta)",
		],
		[
			"observed data put in",
			"p(z \\mid x = D) = p(z)",
			"p(z | x=D) equal p(z)",
		],
		[
			"proportional in the first argument",
			"p(z \\mid x) \\propto p(x, z)",
			"p(z | x) proportional p(x, z) [z head]",
		],
		["an entropy", "H[q(z)] \\ge 0", "-int{z}(q(z)*log(q(z))) atLeast 0"],
		[
			"an entropy counts where the passage does",
			"H[q(z)] = -\\sum_z q(z) \\log q(z)",
			"-int{z counted}(q(z)*log(q(z))) equal -int{z counted}(q(z)*log(q(z)))",
		],
	];
	test.each(cases)("%s", (_name, latex, expected) => {
		expect(lines(latex)).toEqual([expected]);
	});

	test("the variables of q are known to a later passage", () => {
		expect(
			lines(["q(z) = q(z)", "\\mathbb E_q[\\log p(x, z)] = 0"]).at(-1),
		).toBe("int{z}(q(z)*log(p(x, z))) equal 0");
	});

	test("a sheet with a model may speak of other variables, and goes back to the model", () => {
		const [abstract, concrete] = lines(
			["p(x, z) = p(x \\mid z) p(z)", "q(c_i = k) = \\phi_{ik}"],
			mixture,
		);
		expect(abstract).toBe("p(x, z) equal p(x | z)*p(z)");
		expect(concrete).toBe("Categorical(k | phi[i]) equal phi[i,k]");
	});

	test("unnamed variables have the type `unnamed` in the step's context", () => {
		const [step] = steps("p(x, z) = 0");
		expect(
			step?.kind === "compare" && step.context.symbols.get("z"),
		).toMatchObject({ type: "unnamed", role: "latent" });
	});

	const refused: readonly (readonly [string, string, RegExp])[] = [
		[
			"an unnamed variable as a number",
			"\\mathbb E_{q(z)}[z] = 0",
			/no value of its own/,
		],
		[
			"a bare p that may be prior or posterior",
			"\\mathrm{KL}(q \\| p) = \\mathbb E_q[\\log q(z)] - \\log p(x)",
			/prior or the posterior/,
		],
		[
			"a function that is no letter for any function",
			"Q(z) = \\int q(z) dz",
			/`Q` is no known function/,
		],
		[
			"a measure left out that could be several",
			"0 = \\int p(x, z)",
			/measure/,
		],
		[
			"a variable with a summed index",
			"\\sum_{i=1}^N \\log p(x_i) = 0",
			/summed index|unnamed|variable/,
		],
		[
			"an expectation over nothing",
			"\\mathbb E[f(z)] = p(z)",
			/expectation over what/,
		],
	];
	test.each(refused)("refused: %s", (_name, latex, message) => {
		expect(lines(latex)[0]).toMatch(message);
	});
});
