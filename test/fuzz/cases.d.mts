import type { CheckedSheet } from "../../src/check/result.js";

export interface FuzzCase {
	readonly kind: "string" | "sequence";
	readonly parts: readonly string[];
	readonly sheetOf: (parts: readonly string[]) => string;
	readonly mostRead: number | null;
}

export function stringCase(seed: number, number: number): FuzzCase;
export function sequenceCase(seed: number, number: number): FuzzCase;
export function complaint(
	c: FuzzCase,
	result: Pick<CheckedSheet, "steps" | "messages">,
): string | null;
