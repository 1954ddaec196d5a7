import {
	declareSymbols,
	emptyContext,
	emptyState,
} from "../elaborate/context.js";
import { withConvention, withoutConvention } from "../elaborate/conventions.js";
import type { State } from "../elaborate/state.js";
import type { Context } from "../expr/context.js";
import { sha256 } from "../platform.js";
import { Problem } from "../problem.js";
import { readSheet } from "../sheet/read.js";
import type { Setting, Sheet } from "../sheet/sheet.js";
import type { Declarations } from "./declared.js";
import type { Hints } from "./hints.js";
import { forgetful, type Memory } from "./memory.js";
import type {
	CheckedSheet,
	CheckedStep,
	CheckedUpdate,
	Counts,
	SheetMessage,
	Verdict,
} from "./result.js";
import type { Observe } from "./step.js";
import { type Before, Walk } from "./walk.js";

export interface CheckOptions {
	/** Together with what a step says it seeds the worlds of the step. */
	readonly seed?: number;
	/** How much help a refuted step comes with. */
	readonly hints?: Hints;
	/** What was decided of this sheet before, so that only what changed is decided again. */
	readonly memory?: Memory;
	/** Called before each step with its line and the steps so far; what it throws ends the check. */
	readonly before?: Before;
}

/** Checks a sheet, telling `observe` the claim behind each step that was decided; with all that was declared. */
export async function checkWith(
	text: string,
	path: string,
	options: CheckOptions,
	observe: Observe = () => {},
): Promise<{ sheet: CheckedSheet; context: Context }> {
	return checkRead(readSheet(text, path), options, observe);
}

/** The same for a sheet that was read already. */
export async function checkRead(
	sheet: Sheet,
	options: CheckOptions,
	observe: Observe = () => {},
): Promise<{ sheet: CheckedSheet; context: Context }> {
	const hash = sha256(sheet.text);
	const walk = new Walk({
		seed: String(options.seed ?? 0),
		hints: options.hints ?? "repair",
		observe,
		memory: options.memory ?? forgetful,
		before: options.before ?? (async () => {}),
	});
	const messages: SheetMessage[] = [...sheet.messages];
	walk.state = declarations(sheet, walk.declared, messages);
	for (const display of sheet.displays) await walk.display(display);
	await walk.finish(sheet);
	const context = walk.declared.located(walk.state.context);
	const checked = {
		path: sheet.path,
		title: sheet.title,
		hash,
		steps: walk.steps,
		updates: hinted(walk.updates, options.hints ?? "repair"),
		counts: countVerdicts(walk.steps, walk.updates),
		messages: [...messages, ...walk.messages],
		context,
		solvable: walk.solvable(sheet, hash),
	};
	return { sheet: checked, context };
}

/** Symbols and conventions of the front matter; one that cannot be read is an error with its place, and the others still count. */
function declarations(
	sheet: Sheet,
	declared: Declarations,
	messages: SheetMessage[],
) {
	const report = (error: unknown, setting: Setting) => {
		if (!(error instanceof Problem)) throw error;
		messages.push(asMessage(error, setting));
	};
	let context = emptyContext();
	for (const setting of sheet.symbols)
		try {
			const { name, value, line } = setting;
			context = declareSymbols(context, { [name]: value }, declared.at(line));
		} catch (error) {
			report(error, setting);
		}
	let conventions: State["conventions"] = new Map();
	for (const setting of sheet.conventions)
		try {
			conventions = withConvention(conventions, setting.name, setting.value);
		} catch (error) {
			report(error, setting);
			conventions = withoutConvention(conventions, setting.name);
		}
	return { ...emptyState(context), conventions };
}

function asMessage(problem: Problem, { line, column }: Setting): SheetMessage {
	return {
		level: "error",
		text: problem.message,
		expected: problem.expected,
		line,
		column,
		endLine: line,
	};
}

/** The closed form that would hold is shown at the last level of help alone. */
function hinted(
	updates: readonly CheckedUpdate[],
	hints: Hints,
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
