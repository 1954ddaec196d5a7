import type {
	Compiled,
	Hints,
	PackageName,
	Report,
	Task,
	ToPage,
	ToWorker,
} from "../protocol.js";
import { asAddress, textOf } from "./bundles.js";

export interface CheckerEvents {
	/** Every report, in order; only the last part of what one says is new, so that none may be left out. */
	readonly onReport: (report: Report, isNewest: boolean) => void;
	/** The worker was stopped because it took too long on this line. */
	readonly onStopped: (line: number) => void;
	readonly onCompiled: (compiled: Compiled) => void;
	readonly onFailed: (error: unknown) => void;
}

/** Milliseconds without a sign of life after which a worker is stopped. */
const patience = 20_000;

/** The worker that checks, which is stopped and begun anew where a text takes too long. */
export class Checker {
	private worker: Worker | null = null;
	private version = 0;
	private reported = 0;
	private line = 1;
	private timer: ReturnType<typeof setTimeout> | undefined;
	private next: Task | null = null;

	constructor(private readonly events: CheckerEvents) {
		void this.start();
	}

	/** Checks a text; reports come by the events, of the newest text alone. */
	check(text: string, hints: Hints): void {
		this.version += 1;
		this.next = { version: this.version, text, hints };
		if (this.worker) this.send();
	}

	/** Asks for the algorithm of the sheet that was reported last. */
	compile(): void {
		this.post({ kind: "compile" });
	}

	private async start(): Promise<void> {
		try {
			const worker = new Worker(asAddress(await textOf("checker")));
			worker.onmessage = ({ data }: MessageEvent<ToPage>) => this.hear(data);
			worker.onerror = (event) => this.events.onFailed(event.message);
			this.worker = worker;
			this.send();
		} catch (error) {
			this.events.onFailed(error);
		}
	}

	private send(): void {
		if (!this.next) return;
		this.post({ kind: "check", ...this.next });
		this.next = null;
		this.watch();
	}

	private post(message: ToWorker): void {
		this.worker?.postMessage(message);
	}

	private hear(message: ToPage): void {
		if (message.kind === "want") void this.provide(message.name);
		if (message.kind === "compiled") this.events.onCompiled(message.compiled);
		if (message.kind === "failed") {
			this.reported = message.version;
			this.watch();
			this.events.onFailed(message.message);
		}
		if (message.kind === "pulse") {
			this.line = message.line;
			this.watch();
		}
		if (message.kind !== "report") return;
		const { report } = message;
		if (report.stage === "whole") this.reported = report.version;
		this.watch();
		this.events.onReport(report, report.version === this.version);
	}

	private async provide(name: PackageName): Promise<void> {
		const text = await textOf(name).catch(() => null);
		this.post({ kind: "package", name, text });
	}

	/** Waits for the next sign of life, as long as one is due. */
	private watch(): void {
		clearTimeout(this.timer);
		if (this.reported === this.version) return;
		this.timer = setTimeout(() => this.stop(), patience);
	}

	private stop(): void {
		this.worker?.terminate();
		this.worker = null;
		this.reported = this.version;
		this.events.onStopped(this.line);
		void this.start();
	}
}
