import type { Claim } from "../../src/check/claim.js";
import type { SheetToBreak } from "../mutation/engine/sheets.mjs";

export interface Rewritten {
	readonly sheet: string;
	readonly line: number;
	readonly operators: readonly string[];
	/** Null where the other notation was not read. */
	readonly claim: Claim | null;
}
export function rewritesOf(
	sheet: SheetToBreak,
	count: number,
): Promise<readonly Rewritten[]>;
