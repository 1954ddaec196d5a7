import { createHash } from "node:crypto";
import {
	declareSymbols,
	emptyContext,
	emptyState,
} from "../elaborate/context.js";
import type { Context } from "../expr/context.js";
import { Problem } from "../problem.js";
import { readSheet } from "../sheet/read.js";
import type { Sheet } from "../sheet/sheet.js";
import type {
	CheckedSheet,
	CheckedStep,
	CheckedUpdate,
	Counts,
	SheetMessage,
	Verdict,
} from "./result.js";
import type { Observe } from "./step.js";
import { Walk } from "./walk.js";

export interface CheckOptions {
	/** Added to the sheet's hash, which seeds the worlds. */
	readonly seed?: number;
	/** How much help a refuted step comes with. */
	readonly hints?: "where" | "kind" | "repair";
}

/** Checks a sheet, telling `observe` the claim behind each step that was decided; with the seed of the worlds and all that was declared. */
export async function checkWith(
	text: string,
	path: string,
	options: CheckOptions,
	observe: Observe = () => {},
): Promise<{ sheet: CheckedSheet; seed: string; context: Context }> {
	const sheet = readSheet(text, path);
	const hash = createHash("sha256").update(sheet.text).digest("hex");
	const seed = `${hash}:${options.seed ?? 0}`;
	const walk = new Walk(seed, options.hints ?? "repair", observe);
	const messages: SheetMessage[] = [...sheet.messages];
	walk.state = declarations(sheet, messages);
	for (const display of sheet.displays) await walk.display(display);
	await walk.finish(sheet);
	const checked = {
		path,
		title: sheet.title,
		hash,
		steps: walk.steps,
		updates: hinted(walk.updates, walk.hints),
		counts: countVerdicts(walk.steps, walk.updates),
		messages: [...messages, ...walk.messages],
		solvable: walk.solvable(sheet, hash),
	};
	return { sheet: checked, seed, context: walk.state.context };
}

/** The symbols of the front matter; one that cannot be read is an error with its place, and the others still count. */
function declarations(sheet: Sheet, messages: SheetMessage[]) {
	let context = emptyContext();
	for (const { name, value, line, column } of sheet.symbols) {
		try {
			context = declareSymbols(context, { [name]: value }, line);
		} catch (error) {
			if (!(error instanceof Problem)) throw error;
			messages.push({
				level: "error",
				text: error.message,
				expected: error.expected,
				line,
				column,
				endLine: line,
			});
		}
	}
	return emptyState(context);
}

/** The closed form that would hold is shown at the last level of help alone. */
function hinted(
	updates: readonly CheckedUpdate[],
	hints: Walk["hints"],
): readonly CheckedUpdate[] {
	if (hints === "repair") return updates;
	return updates.map((update) => ({ ...update, repair: null }));
}

/** Updates count like steps. */
function countVerdicts(
	steps: readonly CheckedStep[],
	updates: readonly CheckedUpdate[],
): Counts {
	const counts: Record<Verdict, number> = {
		given: 0,
		proved: 0,
		agrees: 0,
		refuted: 0,
		unread: 0,
	};
	for (const { verdict } of [...steps, ...updates]) counts[verdict] += 1;
	return counts;
}
