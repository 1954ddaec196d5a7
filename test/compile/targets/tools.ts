import { spawnSync } from "node:child_process";

function runs(command: string, ...args: string[]): boolean {
	return spawnSync(command, args, { stdio: "ignore" }).status === 0;
}

/** Whether the machine has a C compiler. */
export const hasC = runs("gcc", "--version");

/** Whether the machine has Python with NumPy. */
export const hasNumpy = runs("python3", "-c", "import numpy");
