import { availableParallelism } from "node:os";
import { MessageChannel } from "node:worker_threads";
import { Tinypool } from "tinypool";
import { Problem } from "../problem.js";
import type { PagesByPath } from "../site/links.js";
import type { Made, Task } from "./task.js";
import type { Input } from "./worker.js";

/** Memory that one sheet may take, in megabytes. */
const mostMemory = 2048;

/** Memory for what a thread makes and forgets soon, in megabytes: with the usual few a tenth of its time goes into clearing up. */
const youngMemory = 96;

/**
 * Threads that make the parts of a site. A sheet that takes too much time or memory ends its thread and nothing else. One
 * that comes again goes to the thread that had it before, which knows most of it.
 */
export class Crew {
	readonly #seconds: number;
	#threads: readonly Tinypool[] | null = null;
	/** The thread that each sheet was given to last, by path. */
	readonly #last = new Map<string, Tinypool>();

	/** @param seconds after which a sheet is given up */
	constructor(seconds: number) {
		this.#seconds = seconds;
	}

	/** Has the first thread load the checker, as soon as it is known that something is to be checked. */
	prepare(): readonly Tinypool[] {
		this.#threads ??= Array.from({ length: availableParallelism() }, (_, n) =>
			startThread(n === 0),
		);
		return this.#threads;
	}

	/** Makes the parts of sheets; where one was given up, the problem stands in its place. `made` is told of each. */
	async makeAll(
		tasks: readonly Task[],
		pages: PagesByPath,
		made: (task: Task, result: Made | Problem) => Promise<void>,
	): Promise<void> {
		// The longest first, so that none is left over at the end when the other threads have nothing to do.
		const waiting = tasks.toSorted((a, b) => b.text.length - a.text.length);
		const takeTurns = async (thread: Tinypool) => {
			for (;;) {
				const task = this.#takeFor(thread, waiting);
				if (task === null) return;
				this.#last.set(task.path, thread);
				await made(task, await this.#make(task, pages, thread));
			}
		};
		if (waiting.length > 0) await Promise.all(this.prepare().map(takeTurns));
	}

	async end(): Promise<void> {
		const threads = this.#threads ?? [];
		await Promise.all(threads.map((thread) => thread.destroy()));
	}

	/** The first task that was this thread's, else one that was nobody's, else one of a thread that has several left. */
	#takeFor(thread: Tinypool, waiting: Task[]): Task | null {
		const owners = waiting.map(({ path }) => this.#last.get(path));
		const isFree = (owner: Tinypool | undefined) =>
			owner === undefined ||
			owners.filter((other) => other === owner).length > 1;
		const own = owners.indexOf(thread);
		const at = own >= 0 ? own : owners.findIndex(isFree);
		return at < 0 ? null : (waiting.splice(at, 1)[0] ?? null);
	}

	async #make(
		task: Task,
		pages: PagesByPath,
		thread: Tinypool,
	): Promise<Made | Problem> {
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
			return await thread.run(input, { signal, transferList: [port2] });
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

/** A thread, which starts at once or with its first sheet. */
function startThread(atOnce: boolean): Tinypool {
	return new Tinypool({
		filename: new URL("./worker.js", import.meta.url).href,
		minThreads: atOnce ? 1 : 0,
		maxThreads: 1,
		// A thread that has made a sheet is warm for the next time it is saved.
		idleTimeout: 3_600_000,
		resourceLimits: {
			maxOldGenerationSizeMb: mostMemory,
			maxYoungGenerationSizeMb: youngMemory,
		},
	});
}
