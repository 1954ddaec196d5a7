import type { Task } from "../protocol.js";
import { compileLatest, report } from "./check.js";
import { receive } from "./packages.js";
import { post, scope } from "./scope.js";

/** The newest text that has not been looked at. */
let waiting: Task | null = null;
let isBusy = false;

scope.onmessage = ({ data }) => {
	if (data.kind === "package") receive(data.name, data.text);
	else if (data.kind === "compile") void compileLatest();
	else {
		waiting = data;
		void work();
	}
};

/** Checks the newest text until there is no newer one. */
async function work(): Promise<void> {
	if (isBusy) return;
	isBusy = true;
	while (waiting) {
		const task = waiting;
		waiting = null;
		try {
			await report(task, () => waiting !== null);
		} catch (error) {
			const { version } = task;
			post({ kind: "failed", version, message: String(error) });
		}
	}
	isBusy = false;
}

post({ kind: "ready" });
