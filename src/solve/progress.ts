import type { FitReport } from "./fitted.js";

/** Where progress goes: standard error, or a test's stand-in. */
export interface ProgressStream {
	readonly isTTY?: boolean | undefined;
	write(text: string): unknown;
}

/** Shows the bound by sweep: on a terminal in one line that is rewritten, else a line for sweeps 1, 2, 5, 10, 20, … */
export class Progress {
	private shown = 0;

	constructor(private readonly stream: ProgressStream) {}

	readonly onSweep = (report: FitReport): void => {
		if (this.stream.isTTY) this.rewrite(progressLine(report));
		else if (isRound(report.sweep))
			this.stream.write(`${progressLine(report)}\n`);
	};

	/** Ends the line that was rewritten. */
	done(): void {
		if (this.shown > 0) this.stream.write("\n");
		this.shown = 0;
	}

	private rewrite(line: string): void {
		const padding = " ".repeat(Math.max(0, this.shown - line.length));
		this.stream.write(`\r${line}${padding}`);
		this.shown = line.length;
	}
}

function progressLine({ restart, restarts, sweep, elbo }: FitReport): string {
	const run = restarts > 1 ? `start ${restart} of ${restarts}, ` : "";
	return `${run}sweep ${sweep}: ELBO ${elbo.toFixed(6)}`;
}

/** 1, 2, 5, 10, 20, 50, … */
function isRound(sweep: number): boolean {
	const unit = 10 ** Math.floor(Math.log10(sweep));
	return [1, 2, 5].includes(sweep / unit);
}
