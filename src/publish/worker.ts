import type { MessagePort } from "node:worker_threads";
import { newMemory } from "../check/memory.js";
import { makeSheet } from "./make.js";
import type { Made, Task } from "./task.js";

/** What a thread is given for one sheet. */
export interface Input {
	readonly task: Task;
	readonly pages: ReadonlyMap<string, string>;
	/** Hears when the work begins. */
	readonly begun: MessagePort;
}

/** What this thread has decided: sheets of one course say much alike, and one that is saved again says nearly the same. */
const memory = newMemory();

/** What a thread runs. */
export default function run({ task, pages, begun }: Input): Promise<Made> {
	begun.postMessage(null);
	return makeSheet(task, pages, memory);
}
