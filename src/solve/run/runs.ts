import { type BestRun, type FitOptions, type Run, seedOf } from "../fitted.js";
import type { Initialisation } from "../starts.js";
import { Best } from "./best.js";
import type { Checkpoint, EndedRun } from "./checkpoint.js";
import { StartPool, threadCount, threadsOfEach } from "./pool.js";

export interface Starts {
	/** The solver's source. */
	readonly source: string;
	readonly inputs: Readonly<Record<string, unknown>>;
	readonly start: Initialisation;
	readonly restarts: number;
	readonly checkpoint: Checkpoint;
	readonly options: FitOptions;
}

export interface Ran {
	/** Those that were begun, in the order of their seeds. */
	readonly runs: readonly Run[];
	readonly best: BestRun;
	readonly stopped: boolean;
}

/**
 * Runs all starts, as many at a time as there are threads. What comes out does not depend on how many that are: each start
 * has its own seed, and of equal bounds the first start's is kept.
 * @throws Problem in the words of the first solver that has one
 */
export async function runStarts(starts: Starts): Promise<Ran> {
	const { restarts, options, checkpoint } = starts;
	const threads = threadCount(restarts, options.threads);
	const pool = new StartPool(starts.source, threads);
	const each = threadsOfEach(threads, options.threads);
	const stop = () => pool.requestStop();
	options.signal?.addEventListener("abort", stop);
	if (options.signal?.aborted) stop();
	const best = new Best();
	const waiting = Array.from({ length: restarts }, (_, n) => n + 1);
	const work = async () => {
		for (let n = waiting.shift(); n !== undefined; n = waiting.shift()) {
			// A start that was stopped before it began has nothing to show; but the first always makes a sweep.
			if (options.signal?.aborted && n > 1) continue;
			const ended = await runStart(starts, pool, n, each);
			const { result, ...run } = ended;
			best.add(run, result);
			await checkpoint.end(ended);
			options.onRun?.(run);
		}
	};
	try {
		await Promise.all(Array.from({ length: threads }, work));
	} finally {
		options.signal?.removeEventListener("abort", stop);
		await pool.end();
	}
	const stopped = options.signal?.aborted ?? false;
	return { runs: best.runs, best: best.run, stopped };
}

async function runStart(
	{ inputs, start, restarts, checkpoint, options }: Starts,
	pool: StartPool,
	restart: number,
	threads: number,
): Promise<EndedRun> {
	const seed = seedOf(options.seed ?? 1, restart - 1);
	const { maxSweeps, tolerance, debug } = options;
	const { ended, state } = checkpoint.of(restart, maxSweeps);
	if (ended) return ended;
	const result = await pool.run({
		inputs,
		options: {
			seed,
			threads,
			init: start(seed),
			...(debug ? { debug } : {}),
			...(state ? { resume: state } : {}),
			...(maxSweeps === undefined ? {} : { maxSweeps }),
			...(tolerance === undefined ? {} : { tolerance }),
		},
		keepEvery: checkpoint.every,
		onReport: ({ state: reached, ...report }) => {
			if (reached) checkpoint.keep(restart, reached);
			options.onSweep?.({ ...report, restart, restarts });
		},
	});
	const { elbo, sweeps, converged } = result;
	return { restart, seed, elbo, sweeps, converged, result };
}
