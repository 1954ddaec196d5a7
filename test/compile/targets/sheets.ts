import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checkSheet } from "../../../src/check/check.js";
import type { Solvable } from "../../../src/check/result.js";
import { makePlan } from "../../../src/compile/index.js";
import { Problem } from "../../../src/problem.js";

const root = new URL("../../../", import.meta.url).pathname;

/** Every sheet among the derivations and in the corpus that is certified and has a plan. */
export async function certifiedSheets(
	folders = ["derivations", "test/corpus/steps"],
	only = ".md",
): Promise<ReadonlyMap<string, Solvable>> {
	const found = new Map<string, Solvable>();
	for (const folder of folders)
		for (const file of readdirSync(join(root, folder)).sort()) {
			const path = join(folder, file);
			if (!file.endsWith(only)) continue;
			const text = readFileSync(join(root, path), "utf8");
			if (!text.includes("::: updates")) continue;
			const { solvable } = await checkSheet(withoutSteps(text), path, {});
			if (solvable && hasPlan(solvable)) found.set(path, solvable);
		}
	return found;
}

/** Front matter, model, family and updates alone: the other steps of a sheet say nothing about its solver. */
function withoutSteps(text: string): string {
	const front = /^---\n.*?\n---\n/s.exec(text)?.[0] ?? "";
	const blocks = text.match(/^::: (model|family|updates).*?^:::$/gms) ?? [];
	return [front, ...blocks].join("\n\n");
}

function hasPlan(solvable: Solvable): boolean {
	try {
		makePlan(solvable, false);
		return true;
	} catch (error) {
		if (error instanceof Problem) return false;
		throw error;
	}
}
