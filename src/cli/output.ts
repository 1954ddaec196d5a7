import picocolors from "picocolors";
import type { SheetMessage } from "../check/result.js";
import { Problem } from "../problem.js";
import { messageText } from "../report/terminal.js";
import { DataProblem } from "../solve/dataProblem.js";

/** Exit code for what could not be read, done or understood. */
export const failed = 2;

/** Exit code for what was interrupted and has left what there was then. */
export const interrupted = 130;

/** Colours of standard output: only on a terminal, and never under `NO_COLOR`. */
export function terminalColors() {
	const isPlain = Boolean(process.env.NO_COLOR) || process.env.TERM === "dumb";
	return picocolors.createColors(process.stdout.isTTY === true && !isPlain);
}

export function terminalWidth(): number {
	return process.stdout.columns || 100;
}

export function printError(line: string): void {
	process.stderr.write(`${visible(line)}\n`);
}

/** File names and sheets may hold characters that a terminal obeys, or that turn a line around: these are spelt out. */
function visible(line: string): string {
	return line.replace(
		/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu,
		(c) => `\\u{${c.charCodeAt(0).toString(16)}}`,
	);
}

/** Prints errors of a sheet, one a line. */
export function printErrors(
	path: string,
	errors: readonly SheetMessage[],
): void {
	for (const message of errors) printError(messageText(path, message));
}

/**
 * "path:line:column: message; expected …". A problem in a data file names its own place; one of a whole sheet is put at
 * the beginning of `line`.
 */
export function problemText(path: string, problem: Problem, line = 1): string {
	const expected = problem.expected ? `; expected ${problem.expected}` : "";
	const place =
		problem instanceof DataProblem
			? `${problem.path}:${problem.line}:${problem.column}`
			: `${path}:${line}:1`;
	return `${place}: ${problem.message}${expected}`;
}

/**
 * Runs the body of a command. A Problem is printed on a line and gives exit code 2; anything else is a bug of ours, which
 * `main` reports as such. `line` is the line that the command is about, if it is about one.
 */
export async function guarded(
	path: string,
	body: () => Promise<void>,
	line = 1,
): Promise<void> {
	try {
		await body();
	} catch (error) {
		if (!(error instanceof Problem)) throw error;
		printError(problemText(path, error, line));
		process.exitCode = failed;
	}
}
