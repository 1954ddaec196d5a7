import { type BestRun, bound, type Run } from "../fitted.js";
import type { SolverResult } from "../solver.js";

/** The runs that have ended, and the result of the best of them alone. */
export class Best {
	private readonly all: Run[] = [];
	private kept: BestRun | null = null;

	/** @param result null only if another run is known to be better */
	add(run: Run, result: SolverResult | null): void {
		this.all.push(run);
		if (result && (this.kept === null || isBetter(run, this.kept)))
			this.kept = { ...run, result };
	}

	get runs(): readonly Run[] {
		return this.all.toSorted((a, b) => a.restart - b.restart);
	}

	get run(): BestRun {
		if (this.kept === null) throw new Error("no start has ended");
		return this.kept;
	}
}

/** A higher bound is better; of equal ones, and where there is none, the earlier start. */
export function isBetter(
	a: Pick<Run, "elbo" | "restart">,
	b: Pick<Run, "elbo" | "restart">,
): boolean {
	const [left, right] = [bound(a), bound(b)];
	return left === right ? a.restart < b.restart : left > right;
}
