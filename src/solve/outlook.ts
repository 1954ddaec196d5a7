import type { FitReport, Run } from "./fitted.js";

/** A start that is running: its last bounds, and how long it has taken. */
interface Progress {
	readonly elbo: number[];
	sweep: number;
	ms: number;
}

/** Gains whose fall is looked at. */
const lookedAt = 6;

/** What is known of a fit while it runs, in a line: sweeps, bound, and how long it may still take. */
export class Outlook {
	private readonly running = new Map<number, Progress>();
	private readonly times: number[] = [];
	private latest: FitReport | null = null;

	constructor(
		private readonly threads: number,
		private readonly maxSweeps: number,
		private readonly tolerance: number,
	) {}

	report(report: FitReport): void {
		this.latest = report;
		const known = this.running.get(report.restart);
		const progress = known ?? { elbo: [], sweep: 0, ms: 0 };
		progress.elbo.push(report.elbo);
		if (progress.elbo.length > lookedAt) progress.elbo.shift();
		progress.sweep = report.sweep;
		progress.ms += report.ms;
		this.running.set(report.restart, progress);
	}

	end({ restart }: Pick<Run, "restart">): void {
		const progress = this.running.get(restart);
		if (progress) this.times.push(progress.ms);
		this.running.delete(restart);
	}

	/** "start 2 of 5, sweep 40: ELBO -12.345678, about 8 s left". */
	text(): string {
		if (!this.latest) return "";
		const { restart, restarts, sweep, elbo } = this.latest;
		const start = restarts > 1 ? `start ${restart} of ${restarts}, ` : "";
		const left = this.timeLeft();
		const time = left === null ? "" : `, about ${duration(left)} left`;
		return `${start}sweep ${sweep}: ELBO ${elbo.toFixed(6)}${time}`;
	}

	/** Milliseconds; null as long as nothing can be said. */
	private timeLeft(): number | null {
		const lefts = [...this.running.values()].map((p) => this.leftOf(p));
		const known = lefts.filter((left) => left !== null);
		if (known.length === 0) return null;
		const current = Math.max(...known);
		const waiting =
			(this.latest?.restarts ?? 1) - this.times.length - this.running.size;
		const whole = [...this.times];
		for (const progress of this.running.values())
			whole.push(progress.ms + (this.leftOf(progress) ?? 0));
		const mean = whole.reduce((a, b) => a + b, 0) / whole.length;
		return current + (Math.max(0, waiting) * mean) / this.threads;
	}

	/** Gains of coordinate ascent fall about geometrically; parameters, by which it stops too, move by their roots. */
	private leftOf({ elbo, sweep, ms }: Progress): number | null {
		const most = this.maxSweeps - sweep;
		const gains = elbo.slice(1).map((value, n) => value - (elbo[n] as number));
		const [first, last] = [gains[0], gains.at(-1)];
		if (gains.length < 3 || first === undefined || last === undefined)
			return null;
		const ratio = (last / first) ** (1 / (gains.length - 1));
		const enough = this.tolerance ** 2 * Math.abs(elbo.at(-1) as number);
		const sweeps =
			last <= enough
				? 1
				: ratio > 0 && ratio < 1
					? Math.log(enough / last) / Math.log(ratio)
					: most;
		return (Math.min(sweeps, most) * ms) / sweep;
	}
}

/** "8 s", "3 min", "2 h". */
function duration(ms: number): string {
	const seconds = Math.max(1, Math.round(ms / 1000));
	if (seconds < 100) return `${seconds} s`;
	const minutes = Math.round(seconds / 60);
	return minutes < 100 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
