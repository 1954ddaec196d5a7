import { readFile } from "node:fs/promises";
import { Problem } from "../../problem.js";
import type { FitOptions, Run } from "../fitted.js";
import { writeAtomically } from "../resultFile.js";
import type { SolverResult, SolverState } from "../solver.js";
import { isBetter } from "./best.js";

/** What must be the same for a fit to go on from a checkpoint. How many sweeps to make at most need not. */
export interface Origin {
	/** SHA-256 of the sheet. */
	readonly sheet: string;
	/** SHA-256 of the data. */
	readonly data: string;
	readonly columns: readonly string[];
	readonly set: Readonly<Record<string, unknown>>;
	readonly seed: number;
	readonly restarts: number;
	readonly tolerance: number | null;
	readonly init: string | null;
	readonly standardize: boolean;
}

/** A start that has ended; what came out of it is kept if it may still be needed. */
export interface EndedRun extends Run {
	readonly result: SolverResult | null;
}

/** A start as the file has it. */
interface Stored {
	readonly restart: number;
	/** Where the sweeps have come to; null for a start that converged and was not the best. */
	readonly state: SolverState | null;
	/** The end, if it has been reached. */
	readonly ended: EndedRun | null;
}

/** As many sweeps as a solver makes unless it is told otherwise. */
const defaultSweeps = 1000;

const version = 1;

/**
 * What a fit needs to go on later, to the bits that it would have come to without the break: of each start its state, or its
 * end. Kept in a file, which is always whole.
 */
export class Checkpoint {
	private readonly starts = new Map<number, Stored>();
	private writing: Promise<void> = Promise.resolve();
	private isDirty = false;

	private constructor(
		private readonly path: string | null,
		/** Milliseconds between two states of a start; null if nothing is kept. */
		readonly every: number | null,
		private readonly origin: Origin,
	) {}

	/**
	 * The checkpoint of a fit: with what a file has, if it is to go on from one.
	 * @throws Problem if that file cannot be read or is of another fit, or the new one cannot be written
	 */
	static async open(options: FitOptions, origin: Origin): Promise<Checkpoint> {
		const path = options.checkpoint ?? options.resume ?? null;
		const every = path ? 1000 * (options.checkpointEvery ?? 10) : null;
		const checkpoint = new Checkpoint(path, every, origin);
		if (options.resume)
			for (const start of await readStarts(options.resume, origin))
				checkpoint.starts.set(start.restart, start);
		await checkpoint.write();
		return checkpoint;
	}

	/** How a start has ended, or where it can go on. */
	of(
		restart: number,
		maxSweeps = defaultSweeps,
	): { readonly ended: EndedRun | null; readonly state: SolverState | null } {
		const { ended = null, state = null } = this.starts.get(restart) ?? {};
		const isOver = ended && (ended.converged || ended.sweeps >= maxSweeps);
		return isOver ? { ended, state: null } : { ended: null, state };
	}

	/** Notes how far a start has come. */
	keep(restart: number, state: SolverState): void {
		if (this.path === null) return;
		this.starts.set(restart, { restart, state, ended: null });
		this.writeSoon();
	}

	/**
	 * Notes the end of a start.
	 * @throws Problem if the file could not be written
	 */
	async end(run: EndedRun): Promise<void> {
		if (this.path === null) return;
		const { restart } = run;
		this.starts.set(restart, { restart, state: run.result, ended: run });
		this.dropWhatIsWorse();
		this.writeSoon();
		await this.writing;
	}

	/** Of starts that converged only the best has results that anyone may ask for. */
	private dropWhatIsWorse(): void {
		const converged = [...this.starts.values()].flatMap(({ ended }) =>
			ended?.converged ? [ended] : [],
		);
		for (const ended of converged)
			if (converged.some((other) => isBetter(other, ended)))
				this.starts.set(ended.restart, {
					restart: ended.restart,
					state: null,
					ended: { ...ended, result: null },
				});
	}

	/** Writes when the write before is done; what is noted in the meantime goes into one. */
	private writeSoon(): void {
		if (this.isDirty) return;
		this.isDirty = true;
		const write = this.writing.then(() => this.write());
		// Whoever waits for the end of a start hears of it; until then nobody listens.
		write.catch(() => {});
		this.writing = write;
	}

	private async write(): Promise<void> {
		if (this.path === null) return;
		this.isDirty = false;
		const content = {
			version,
			of: this.origin,
			starts: [...this.starts.values()],
		};
		await writeAtomically(this.path, `${JSON.stringify(content, asText)}\n`);
	}
}

async function readStarts(path: string, origin: Origin): Promise<Stored[]> {
	const text = await readFile(path, "utf8").catch(() => {
		throw new Problem(`${path} cannot be read`, null, "a checkpoint");
	});
	let content: { version: number; of: Origin; starts: Stored[] };
	try {
		content = JSON.parse(text, asNumbers);
		const isWhole =
			content.version === version &&
			typeof content.of?.sheet === "string" &&
			Array.isArray(content.starts);
		if (!isWhole) throw new Error("another version, or none");
	} catch {
		throw new Problem(
			`${path} is no checkpoint`,
			null,
			"what `fit --checkpoint` has written",
		);
	}
	requireSame(path, content.of, origin);
	return content.starts;
}

function requireSame(path: string, stored: Origin, wanted: Origin): void {
	for (const key of Object.keys(wanted) as (keyof Origin)[]) {
		const [before, now] = [stored[key], wanted[key]].map((v) =>
			JSON.stringify(v),
		);
		if (before === now) continue;
		const isHash = key === "sheet" || key === "data";
		throw new Problem(
			isHash
				? `${path} is of other ${key === "sheet" ? "text of the sheet" : "data"}`
				: `${path} is of a fit with ${key} ${before}, and not ${now}`,
			null,
			"the fit that the checkpoint is of",
		);
	}
}

/** Typed arrays as text: the bytes themselves, so that not even the sign of a zero is lost. */
function asText(_key: string, value: unknown): unknown {
	if (!(value instanceof Float64Array)) return value;
	const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
	return { float64: bytes.toString("base64") };
}

function asNumbers(_key: string, value: unknown): unknown {
	const isArray =
		typeof value === "object" && value !== null && "float64" in value;
	if (!isArray) return value;
	const bytes = Buffer.from(String(value.float64), "base64");
	return new Float64Array(Uint8Array.from(bytes).buffer);
}
