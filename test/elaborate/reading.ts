import {
	declareSymbols,
	elaborateChain,
	elaborateFormula,
	emptyContext,
	emptyState,
	lexiconOf,
	type ReadStep,
	readFamily,
	readModel,
	type State,
} from "../../src/elaborate/index.js";
import { toText } from "../../src/expr/print/text.js";
import { readDisplay } from "../../src/latex/read.js";
import type { Chain, DisplayReading } from "../../src/latex/surface.js";
import { Problem } from "../../src/problem.js";

/** What a sheet says before the formula under test. */
export interface Sheet {
	readonly symbols?: Readonly<Record<string, string>>;
	readonly model?: string;
	readonly family?: string;
}

export const mixture: Sheet = {
	model: String.raw`\begin{aligned}
		\mu_k &\sim \mathcal N(0, \sigma^2 I), & k &= 1,\dots,K \\
		c_i &\sim \mathrm{Cat}(1/K,\dots,1/K), & i &= 1,\dots,N \\
		x_i \mid c_i, \mu &\sim \mathcal N(\mu_{c_i}, \lambda^2 I), & x_i &\in \mathbb R^D
	\end{aligned}`,
	family: String.raw`q(\mu, c) = \prod_{k=1}^K \mathcal N(\mu_k \mid m_k, s_k^2 I) \prod_{i=1}^N \mathrm{Cat}(c_i \mid \phi_i)`,
};

/** A declaration-only sheet. */
export function declared(symbols: Readonly<Record<string, string>>): Sheet {
	return { symbols };
}

function display(source: string, state: State): DisplayReading {
	const reading = readDisplay(source, {
		lexicon: lexiconOf(state),
		macros: {},
	});
	const [problem] = reading.problems;
	if (problem)
		throw new Problem(problem.message, problem.span, problem.expected);
	return reading;
}

/** The state after the declarations, the model and the family. */
export function stateOf(sheet: Sheet): State {
	let state = emptyState(declareSymbols(emptyContext(), sheet.symbols ?? {}));
	if (sheet.model) state = readModel(display(sheet.model, state).chains, state);
	if (sheet.family)
		state = readFamily(display(sheet.family, state).chains, state);
	return state;
}

/** The tree of one formula as plain text. */
export function reading(latex: string, sheet: Sheet = {}): string {
	const state = stateOf(sheet);
	const [chain] = display(latex, state).chains;
	const side = chain?.links[0]?.side;
	if (!side) throw new Error(`no formula in ${latex}`);
	return toText(elaborateFormula(side, state).expr);
}

/** Chains of a display. */
export function chainsOf(latex: string, state: State): readonly Chain[] {
	return display(latex, state).chains;
}

/** Steps of one or more displays, each chain going on from the one before where it begins with a relation. */
export function steps(
	displays: string | readonly string[],
	sheet: Sheet = {},
): readonly ReadStep[] {
	let state = stateOf(sheet);
	let previous: Parameters<typeof elaborateChain>[2] = null;
	const found: ReadStep[] = [];
	for (const source of typeof displays === "string" ? [displays] : displays)
		for (const chain of chainsOf(source, state)) {
			const read = elaborateChain(
				chain,
				state,
				chain.continues ? previous : null,
			);
			found.push(...read.steps);
			state = read.state;
			previous = read.last;
		}
	return found;
}

/** A step on one line: `left = right`, `left = right + const [μ[k], head]`, `problem: …`. */
export function line(step: ReadStep): string {
	if (step.kind === "problem") return `problem: ${step.message}`;
	if (step.kind !== "compare")
		return `${step.premises.length} ${step.kind} ${line(step.conclusion)}`;
	const { left, right, relation } = step;
	const { free, freeFrom } = step;
	const of = free?.kind === "index" ? free.name : free && toText(free.symbol);
	const freedom = of ? ` [${of} ${freeFrom}]` : "";
	return `${toText(left.expr)}${left.constant ? " + const" : ""} ${relation} ${toText(right.expr)}${right.constant ? " + const" : ""}${freedom}`;
}

/** The problem that a reading raises. */
export function problemOf(read: () => unknown): Problem {
	try {
		read();
	} catch (problem) {
		if (problem instanceof Problem) return problem;
		throw problem;
	}
	throw new Error("it was read");
}
