import type { SheetToBreak } from "../mutation/engine/sheets.mjs";

export interface RepairMutant {
	readonly operator: string;
	/** Whether the repair table has an entry that undoes it. */
	readonly inTable: boolean;
}

export interface RepairOutcome {
	readonly sheet: string;
	readonly line: number;
	readonly operator: string;
	readonly isRestored: boolean;
	readonly isNamed: boolean;
}

export function mutantsOf(sheet: SheetToBreak): readonly RepairMutant[];
/** Null where the mutant is not refuted. */
export function outcomeOf(mutant: RepairMutant): Promise<RepairOutcome | null>;
