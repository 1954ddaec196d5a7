#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { addCheck } from "./check.js";
import { addCompile } from "./compile.js";
import { addDemo } from "./demo.js";
import { addExplain } from "./explain.js";
import { addFit } from "./fit.js";
import { failed, printError } from "./output.js";
import { addPredict } from "./predict.js";
import { addServe } from "./serve.js";
import { addSite } from "./site.js";
import { version } from "./version.js";

/** The commands, each from its own file. They load what they need when they run, so that each starts fast. */
function createProgram(): Command {
	const program = new Command("tightbound")
		.description(
			"Checks derivations of variational inference and compiles what it has verified into a solver.",
		)
		.version(version())
		.exitOverride()
		.showHelpAfterError(
			"(`tightbound help` lists the commands, `tightbound help COMMAND` the options of one)",
		);
	for (const add of [
		addCheck,
		addExplain,
		addCompile,
		addFit,
		addPredict,
		addSite,
		addServe,
		addDemo,
	])
		add(program);
	return program;
}

/** Runs a command; every way to fail ends in a line on standard error and an exit code, never in a stack trace. */
async function main(): Promise<void> {
	// A reader that has seen enough, such as `head`, is no failure of ours.
	process.stdout.on("error", (error: NodeJS.ErrnoException) =>
		process.exit(error.code === "EPIPE" ? 0 : failed),
	);
	try {
		await createProgram().parseAsync();
	} catch (error) {
		if (error instanceof CommanderError)
			process.exitCode = error.exitCode === 0 ? 0 : failed;
		else reportBug(error);
	}
}

function reportBug(error: unknown): void {
	const { message } =
		error instanceof Error ? error : { message: String(error) };
	printError(
		`tightbound: internal error: ${message.split("\n")[0]}; please report it with the sheet that shows it`,
	);
	process.exitCode = failed;
}

await main();
