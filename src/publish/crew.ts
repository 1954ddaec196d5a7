import { availableParallelism } from "node:os";
import { MessageChannel } from "node:worker_threads";
import { Tinypool } from "tinypool";
import { Problem } from "../problem.js";
import type { PagesByPath } from "../site/links.js";
import type { Made, Task } from "./task.js";
import type { Input } from "./worker.js";

/** Memory that one sheet may take, in megabytes. */
const mostMemory = 2048;

/** Threads that make the parts of a site. A sheet that takes too much time or memory ends its thread and nothing else. */
export class Crew {
	readonly #pool: Tinypool;
	readonly #seconds: number;
	readonly #threads = availableParallelism();

	/** @param seconds after which a sheet is given up */
	constructor(seconds: number) {
		this.#seconds = seconds;
		this.#pool = new Tinypool({
			filename: new URL("./worker.js", import.meta.url).href,
			minThreads: 1,
			maxThreads: this.#threads,
			// A thread that has just ended a sheet is warm, and the next one comes at once.
			idleTimeout: 60_000,
			resourceLimits: { maxOldGenerationSizeMb: mostMemory },
		});
	}

	/** Makes the parts of sheets; where one was given up, the problem stands in its place. `made` is told of each. */
	async makeAll(
		tasks: readonly Task[],
		pages: PagesByPath,
		made: (task: Task, result: Made | Problem) => Promise<void>,
	): Promise<void> {
		// The longest first, so that none is left over at the end when the other threads have nothing to do.
		const waiting = tasks.toSorted((a, b) => a.text.length - b.text.length);
		const takeTurns = async () => {
			for (let task = waiting.pop(); task; task = waiting.pop())
				await made(task, await this.#make(task, pages));
		};
		await Promise.all(Array.from({ length: this.#threads }, takeTurns));
	}

	async end(): Promise<void> {
		await this.#pool.destroy();
	}

	async #make(task: Task, pages: PagesByPath): Promise<Made | Problem> {
		const patience = new AbortController();
		const { signal } = patience;
		const { port1, port2 } = new MessageChannel();
		let timer: NodeJS.Timeout | undefined;
		// The time that a thread needs to start is not the sheet's.
		port1.once("message", () => {
			timer = setTimeout(() => patience.abort(), 1000 * this.#seconds);
		});
		const input: Input = { task, pages, begun: port2 };
		try {
			return await this.#pool.run(input, { signal, transferList: [port2] });
		} catch (error) {
			return this.#asProblem(error, signal);
		} finally {
			clearTimeout(timer);
			port1.close();
		}
	}

	#asProblem(error: unknown, { aborted }: AbortSignal): Problem {
		if (aborted)
			return new Problem(
				`checking this sheet took more than ${this.#seconds} seconds and was given up`,
				null,
				"a shorter sheet, or more time by `--limit`",
			);
		if ((error as NodeJS.ErrnoException).code === "ERR_WORKER_OUT_OF_MEMORY")
			return new Problem(
				`checking this sheet took more than ${mostMemory} MB of memory and was given up`,
				null,
				"a shorter sheet",
			);
		throw error;
	}
}
