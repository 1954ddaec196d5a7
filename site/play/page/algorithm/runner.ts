import type {
	FromRunner,
	Program,
	Run,
	Standing,
	ToRunner,
} from "../../program.js";
import { asAddress, textOf } from "../bundles.js";

export interface RunnerEvents {
	readonly onStanding: (standing: Standing) => void;
	readonly onFailed: (message: string) => void;
}

/** Milliseconds that a run may take before its worker is stopped. */
const patience = 10_000;

/**
 * The worker that runs a compiled module. One run at a time; of those that are asked for meanwhile only the newest
 * follows, so that what is shown is never behind a dragged point by more than one.
 */
export class Runner {
	private worker: Worker | null = null;
	private waiting: Omit<Run, "id"> | null = null;
	private isBusy = false;
	private isStopped = false;
	private id = 0;
	private timer: ReturnType<typeof setTimeout> | undefined;

	constructor(
		private readonly program: Program,
		private readonly events: RunnerEvents,
	) {
		void this.start();
	}

	run(run: Omit<Run, "id">): void {
		this.waiting = run;
		this.work();
	}

	stop(): void {
		this.isStopped = true;
		clearTimeout(this.timer);
		this.worker?.terminate();
	}

	private async start(): Promise<void> {
		try {
			const worker = new Worker(asAddress(await textOf("runner")));
			worker.onmessage = ({ data }: MessageEvent<FromRunner>) =>
				this.hear(data);
			worker.onerror = ({ message }) => this.finish(message);
			post(worker, { kind: "load", module: this.program.module });
			if (this.isStopped) worker.terminate();
			this.worker = worker;
			this.work();
		} catch (error) {
			this.events.onFailed(String(error));
		}
	}

	private work(): void {
		if (!this.worker || this.isBusy || !this.waiting) return;
		this.isBusy = true;
		this.id += 1;
		post(this.worker, { kind: "run", id: this.id, ...this.waiting });
		this.waiting = null;
		this.timer = setTimeout(() => this.restart(), patience);
	}

	private hear(message: FromRunner): void {
		if (message.id !== this.id) return;
		this.finish(message.kind === "failed" ? message.message : null);
		if (message.kind === "stands") this.events.onStanding(message.standing);
	}

	private finish(failure: string | null): void {
		clearTimeout(this.timer);
		this.isBusy = false;
		if (failure !== null) this.events.onFailed(failure);
		this.work();
	}

	private restart(): void {
		this.worker?.terminate();
		this.worker = null;
		this.finish("The algorithm took too long and was stopped.");
		void this.start();
	}
}

function post(worker: Worker, message: ToRunner): void {
	worker.postMessage(message);
}
