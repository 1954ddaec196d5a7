import type { MessagePort } from "node:worker_threads";
import { keepNothingYet, makeSheet } from "./make.js";
import type { Made, Task } from "./task.js";

/** What a thread is given for one sheet. */
export interface Input {
	readonly task: Task;
	readonly pages: ReadonlyMap<string, string>;
	/** Hears when the work begins. */
	readonly begun: MessagePort;
}

/** What this thread has decided and set: sheets of one course say much alike, and one that is saved again says nearly the same. */
const kept = keepNothingYet();

/** What a thread runs. */
export default function run({ task, pages, begun }: Input): Promise<Made> {
	begun.postMessage(null);
	return makeSheet(task, pages, kept);
}
