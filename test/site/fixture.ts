import { readFileSync } from "node:fs";
import type {
	CheckedSheet,
	CheckedStep,
	CheckedUpdate,
	Counts,
	Place,
	Verdict,
} from "../../src/check/result.js";
import { emptyContext } from "../../src/elaborate/context.js";
import type { Context, SymbolInfo } from "../../src/expr/context.js";
import { readSheet } from "../../src/sheet/read.js";

/** The text of a sheet that has all five verdicts, and a result of checking it that was written by hand. */
export const mixtureText = readFileSync(
	new URL("./mixture.md", import.meta.url),
	"utf8",
);

type StepDetails = Partial<Omit<CheckedStep, "verdict" | keyof Place>>;

/** The n-th place in the sheet where `needle` stands. */
export function placeOf(text: string, needle: string): Place {
	const at = text.indexOf(needle);
	if (at < 0) throw new Error(`the sheet has no ${needle}`);
	const before = text.slice(0, at).split("\n");
	const line = before.length;
	return { line, column: (before.at(-1) ?? "").length + 1, endLine: line };
}

/** A step whose right side begins with `needle`. */
export function step(
	text: string,
	needle: string,
	verdict: Verdict,
	details: StepDetails = {},
): CheckedStep {
	const place = placeOf(text, needle);
	const display = readSheet(text, "fixture.md").displays.findIndex(
		(one) => one.line <= place.line && place.line <= one.endLine,
	);
	return {
		relation: "=",
		left: "",
		right: needle,
		reason: "",
		counterexample: null,
		repair: null,
		note: null,
		rules: [],
		...place,
		...details,
		verdict,
		display,
	};
}

export function update(
	text: string,
	needle: string,
	target: string,
	verdict: Verdict,
	certificate: string,
): CheckedUpdate {
	return {
		...placeOf(text, needle),
		target,
		verdict,
		certificate,
		counterexample: null,
		repair: null,
		note: null,
	};
}

/** A checked sheet around steps and updates. */
export function checked(
	text: string,
	path: string,
	parts: Partial<CheckedSheet>,
): CheckedSheet {
	const verdicts = [...(parts.steps ?? []), ...(parts.updates ?? [])];
	const count = (verdict: Verdict) =>
		verdicts.filter((one) => one.verdict === verdict).length;
	const counts: Counts = {
		given: count("given"),
		proved: count("proved"),
		agrees: count("agrees"),
		refuted: count("refuted"),
		unread: count("unread"),
	};
	return {
		path,
		title: readSheet(text, path).title,
		hash: "0".repeat(64),
		steps: [],
		updates: [],
		messages: [],
		context: emptyContext(),
		solvable: null,
		counts,
		...parts,
	};
}

const symbols: readonly SymbolInfo[] = [
	symbol("x", "x", "real", ["N", "D"], "datum", 21),
	symbol("mu", "\\mu", "real", ["K", "D"], "latent", 19),
	{ ...symbol("c", "c", "label", ["N"], "latent", 20), labels: "K" },
	symbol("sigma", "\\sigma", "positive", [], "parameter", 19),
	symbol("lambda", "\\lambda", "positive", [], "parameter", 21),
	symbol("m", "m", "real", ["K", "D"], "variational", 27),
	symbol("s", "s", "positive", ["K"], "variational", 27),
	symbol("phi", "\\phi", "simplex", ["N", "K"], "variational", 27),
];

function symbol(
	name: string,
	latex: string,
	type: SymbolInfo["type"],
	dims: readonly string[],
	role: SymbolInfo["role"],
	line: number,
): SymbolInfo {
	return { name, latex, type, dims, labels: null, role, line };
}

const context: Context = {
	symbols: new Map(symbols.map((one) => [one.name, one])),
	sizes: new Set(["N", "K", "D"]),
	ranges: new Map(),
	distinct: [],
	model: null,
	family: null,
};

/** Eight steps and three updates; one of the steps is wrong in the way the sheet's own check would find. */
export function mixture(path = "derivations/mixture.md"): CheckedSheet {
	const text = mixtureText;
	return checked(text, path, {
		steps: [
			step(text, "\\sum_{k=1}^K \\mathbb E_q\\left[\\log", "proved", {
				rules: ["log of a product", "linearity"],
				reason: "Both normal forms coincide; 8 of 8 worlds agree.",
			}),
			step(text, "\\sum_{k=1}^K \\left( -\\frac D2", "proved", {
				rules: ["log density of a Gaussian"],
				reason: "Both normal forms coincide; 8 of 8 worlds agree.",
			}),
			step(text, "-\\frac{KD}{2}", "refuted", {
				reason:
					"The sides differ by $\\frac{1}{2\\sigma^2} (D - 1) \\sum_k s_k^2$. The step holds for D = 1 alone.",
				counterexample: {
					world: {
						sizes: { D: 2, K: 2 },
						indices: {},
						values: {
							sigma: 1,
							s: [1, 0.5],
							m: [
								[1, 0],
								[-2, 1],
							],
						},
					},
					left: "-7.92575",
					right: "-7.30075",
				},
				repair: {
					latex:
						"-\\frac{KD}{2} \\log(2\\pi\\sigma^2) - \\frac{1}{2\\sigma^2} \\sum_{k=1}^K \\left( m_k^\\top m_k + D s_k^2 \\right)",
					kind: "The variance term is counted once: $\\mathbb E[\\mu^\\top\\mu] = m^\\top m + D s^2$.",
				},
				rules: ["second moment of a Gaussian"],
			}),
			step(text, "-\\frac{ND}{2}", "agrees", {
				reason:
					"Equal in 8 of 8 worlds, to 10 digits. No symbolic proof was found.",
			}),
			step(text, "T_3", "given", { relation: "=" }),
			step(text, "\\log \\frac 1K - ", "agrees", {
				reason: "Equal in 8 of 8 worlds.",
				note: "Up to the simplex normal: the difference does not depend on k.",
			}),
			step(text, "\\frac{x_i^\\top m_k}{\\lambda^2}", "proved", {
				rules: ["collect terms", "free of k"],
				reason: "The difference of the normal forms is free of k.",
				note: "Constant in k; dropped $-\\frac{x_i^\\top x_i}{2\\lambda^2} - 1 - \\log K$.",
			}),
			step(text, "\\exp\\left\\{", "proved", {
				relation: "∝",
				rules: ["exponential of a sum"],
			}),
			step(text, "\\Big\\langle", "unread", {
				reason: "`\\rrangle` is no bracket, column 32; expected `\\rangle`.",
			}),
		],
		updates: [
			update(
				text,
				"\\phi_{i,k} \\propto \\exp\\Big",
				"\\phi_{i,k}",
				"proved",
				"Exact: this is the optimal factor $q^*(c_i)$.",
			),
			update(
				text,
				"s_k^2 = ",
				"s_k^2",
				"proved",
				"Exact: this is the optimal factor $q^*(\\mu_k)$.",
			),
			update(
				text,
				"m_k = \\frac{s",
				"m_k",
				"proved",
				"Exact: this is the optimal factor $q^*(\\mu_k)$.",
			),
		],
		messages: [
			{
				...placeOf(text, "::: aside"),
				level: "info",
				text: "An aside is shown and not checked.",
				expected: null,
			},
		],
		context,
		solvable: {
			title: "Mixture of Gaussians",
			path,
			hash: "0".repeat(64),
			context,
			updates: [],
			elboTerms: [],
		},
	});
}
