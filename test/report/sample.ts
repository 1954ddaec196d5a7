import type {
	CheckedSheet,
	CheckedStep,
	CheckedUpdate,
	Counts,
	SheetMessage,
	Verdict,
} from "../../src/check/result.js";
import { emptyContext } from "../../src/elaborate/context.js";

/** A step with a verdict and plain values for all the rest. */
export function step(
	verdict: Verdict,
	rest: Partial<CheckedStep> = {},
): CheckedStep {
	return {
		line: 3,
		column: 6,
		endLine: 3,
		relation: "=",
		left: "a",
		right: "b",
		verdict,
		reason: "because",
		counterexample: null,
		repair: null,
		note: null,
		rules: [],
		display: 0,
		...rest,
	};
}

export function update(
	verdict: Verdict,
	rest: Partial<CheckedUpdate> = {},
): CheckedUpdate {
	return {
		target: "m_k",
		line: 9,
		column: 4,
		endLine: 9,
		verdict,
		certificate: "exact: q*(μ_k)",
		counterexample: null,
		repair: null,
		note: null,
		...rest,
	};
}

/** A sheet of these steps, with the counts that belong to them. */
export function sheet(
	steps: readonly CheckedStep[],
	rest: {
		updates?: readonly CheckedUpdate[];
		messages?: readonly SheetMessage[];
		path?: string;
	} = {},
): CheckedSheet {
	const counts = { given: 0, proved: 0, agrees: 0, refuted: 0, unread: 0 };
	for (const { verdict } of steps) counts[verdict]++;
	return {
		path: "notes.md",
		title: "Notes",
		hash: "00",
		steps,
		updates: [],
		counts: counts satisfies Counts,
		messages: [],
		context: emptyContext(),
		solvable: null,
		...rest,
	};
}

export const refuted = step("refuted", {
	left: "\\mathbb E[\\mu_k^\\top \\mu_k]",
	right: "m_k^\\top m_k +\n  s_k^2",
	endLine: 4,
	reason: "the sides differ",
	counterexample: {
		world: {
			sizes: { D: 2, K: 2 },
			indices: { i: 1 },
			values: {
				s: [1, 0.5],
				m: [
					[1, 2],
					[1 / 3, 0],
				],
			},
		},
		left: "3.5",
		right: "3",
	},
	repair: {
		latex: "m_k^\\top m_k + D s_k^2",
		kind: "the variance term is counted once",
	},
	note: "holds for D = 1 alone",
});

export const unclosed: SheetMessage = {
	line: 7,
	column: 2,
	endLine: 7,
	level: "error",
	text: "the display is not closed",
	expected: "`$$`",
};
