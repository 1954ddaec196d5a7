import type { CheckedStep, Verdict } from "../../src/check/result.js";

export interface SlipSheet {
	readonly name: string;
	readonly text: string;
	readonly meant: readonly {
		readonly kinds: readonly string[];
		readonly right: string;
	}[];
}

export interface SlipOutcome {
	readonly sheet: string;
	readonly step: CheckedStep;
	readonly meant: SlipSheet["meant"][number];
	/** What is said of the right side that was meant. */
	readonly rightIs: Verdict;
	readonly isRestored: boolean;
	readonly isInverse: boolean;
	readonly isNamed: boolean;
}

export function slipSheets(folder: string): readonly SlipSheet[];
export function outcomesOf(sheet: SlipSheet): Promise<readonly SlipOutcome[]>;
