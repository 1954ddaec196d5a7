import { spawnSync } from "node:child_process";

function runs(command: string, ...args: string[]): boolean {
	return spawnSync(command, args, { stdio: "ignore" }).status === 0;
}

/** Whether the machine has a C compiler. */
export const hasC = runs("gcc", "--version");

/** Pythons that there may be: that of `.ci/run`'s virtual environment, and those of the machine. */
const pythons = [
	new URL("../../../.venv/bin/python3", import.meta.url).pathname,
	"python3",
	"/usr/bin/python3",
];

/** A Python that can import these modules, or null. */
export function pythonWith(...modules: string[]): string | null {
	const program = `import ${modules.join(", ")}`;
	return pythons.find((python) => runs(python, "-c", program)) ?? null;
}

/** A Python with NumPy. */
export const numpyPython = pythonWith("numpy");
