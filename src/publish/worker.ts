import { makeSheet } from "./make.js";
import type { Made, Task } from "./task.js";

/** What a thread runs. */
export default function run(input: {
	readonly task: Task;
	readonly pages: ReadonlyMap<string, string>;
}): Promise<Made> {
	return makeSheet(input.task, input.pages);
}
