import type { Claim } from "../../../src/check/claim.js";
import type { SheetToBreak } from "./sheets.mjs";

export interface Mutant {
	readonly sheet: string;
	readonly line: number;
	readonly operator: string;
	readonly claim: Claim;
	readonly job: { readonly key: string };
}
export function mutantsOf(sheet: SheetToBreak): readonly Mutant[];
