import type { Solver } from "../../src/solve/solver.js";

export interface RandomCase {
	readonly name: string;
	readonly sheet: string;
	readonly inputs: Readonly<Record<string, unknown>>;
	readonly options: Readonly<Record<string, unknown>>;
}

export const modelNames: readonly string[];
export function sheetOf(name: string): URL;
export function randomCase(number: number): RandomCase;
export function faultOf(
	one: Pick<RandomCase, "inputs" | "options">,
	solver: Pick<Solver, "solve">,
): Promise<string | null>;
