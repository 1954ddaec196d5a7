import { availableParallelism } from "node:os";
import { MessageChannel } from "node:worker_threads";
import { Tinypool } from "tinypool";
import { asProblem, type SolverResult } from "../solver.js";
import { type StartReport, type StartTask, workerModule } from "./worker.js";

/** One start to be run. */
export interface Start {
	readonly inputs: Readonly<Record<string, unknown>>;
	readonly options: Readonly<Record<string, unknown>>;
	readonly keepEvery: number | null;
	onReport(report: StartReport): void;
}

/** Threads that run the starts of one solver; once stopped they end after their sweep, and take no other start. */
export class StartPool {
	private readonly pool: Tinypool;
	private readonly stop = new Int32Array(new SharedArrayBuffer(4));

	constructor(source: string, threads: number) {
		this.pool = new Tinypool({
			filename: workerModule(source),
			name: "runStart",
			minThreads: 1,
			maxThreads: threads,
		});
	}

	/**
	 * Runs a start on the next free thread.
	 * @throws Problem for wrong inputs and for a bound that falls, in the solver's words
	 */
	async run({ onReport, ...start }: Start): Promise<SolverResult> {
		const { port1, port2 } = new MessageChannel();
		const heard = new Promise<void>((resolve) => {
			port1.on("message", (report: StartReport | null) =>
				report ? onReport(report) : resolve(),
			);
		});
		const task: StartTask = { ...start, stop: this.stop, port: port2 };
		try {
			const result = await this.pool.run(task, { transferList: [port2] });
			await heard;
			return result;
		} catch (error) {
			throw asProblem(error);
		} finally {
			port1.close();
		}
	}

	requestStop(): void {
		Atomics.store(this.stop, 0, 1);
	}

	async end(): Promise<void> {
		this.requestStop();
		await this.pool.destroy();
	}
}

/** How many threads are worth having for so many starts. */
export function threadCount(starts: number, wanted: number | undefined) {
	return Math.max(1, Math.min(starts, wanted ?? availableParallelism()));
}

/** How many of the threads each start may have, of so many that run at once. */
export function threadsOfEach(atOnce: number, wanted: number | undefined) {
	const all = wanted ?? availableParallelism();
	return Math.max(1, Math.floor(all / atOnce));
}
