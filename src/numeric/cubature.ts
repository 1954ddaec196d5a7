import type { Arithmetic } from "./arithmetic.js";
import type { Unit } from "./domainStore.js";
import { type ChangeOfVariable, changeOfVariable } from "./domains.js";
import { findPeak, type Peak } from "./peak.js";
import { refuseUnsettled, Undecided } from "./undecided.js";

/** An integrand exp(exponent) · plain, read from the stores of its units once these have values. */
export interface PointFunction<T> {
	charge(): void;
	/** Gives up at once if so many evaluations would take too much work. */
	foresee(evaluations: number): void;
	readonly exponent: (() => T) | null;
	readonly plain: (() => T) | null;
}

/** Steps of the lattice in units of the peak's width. */
const steps = [0.95, 0.7, 0.5, 0.35, 0.25, 0.18, 0.12, 0.08, 0.05];
/** Distance of the two lattices, relative to the result, that is good enough; see `power`. */
const tolerance = 1.3e-8;
/**
 * The mean of the two lattices is that much better than either: its first error belongs to a frequency √2 times as high,
 * so that it is at most the distance to the power √2, taken with some room.
 */
const power = 1.4;
/** Where the two still differ, the integrand may not be smooth, and the mean is taken to be no better than their distance. */
const unsettled = 2;
const mostPoints = 40_000;
const mostDimensions = 4;

/**
 * ∫ over one to four real numbers by the trapezoidal rule on a lattice through the peak of the integrand, along the
 * axes in which it is round. For smooth functions that fall off on all sides the rule converges faster than any power
 * of the step (Trefethen and Weideman, SIAM Review 56, 2014). Two lattices, one set off by half a step in each axis,
 * err to opposite sides: their distance is the error, their mean the result. The points are fixed numbers, so
 * derivatives by parameters are those of the integrand.
 */
export class Cubature<T> {
	private readonly changes;

	constructor(
		private readonly A: Arithmetic<T>,
		private readonly units: readonly Unit<T>[],
		private readonly f: PointFunction<T>,
		changes: readonly ChangeOfVariable[] | null = null,
	) {
		if (units.length > mostDimensions)
			throw new Undecided(
				`an integral over ${units.length} numbers that do not separate`,
			);
		this.changes = changes ?? units.map((u) => changeOfVariable(u.range));
	}

	integrate(): T {
		const { A } = this;
		const peak = this.peak();
		let result: T | null = null;
		let gap = 0;
		for (const step of steps) {
			const points =
				2 *
				peak.reach.reduce(
					(count, [low, high]) => count * ((high - low) / step + 1),
					1,
				);
			if (result !== null && points > mostPoints) break;
			this.f.foresee(points);
			const centred = this.lattice(peak, step, 0);
			const shifted = this.lattice(peak, step, 0.5);
			gap = A.gap(centred, shifted);
			const mean = A.mul(A.fromNumber(0.5), A.add(centred, shifted));
			const isSettled = gap <= tolerance;
			const share = isSettled ? Math.min(1, gap ** (power - 1)) : unsettled;
			result = A.settle(centred, mean, share);
			if (isSettled) break;
		}
		refuseUnsettled(gap);
		return result as T;
	}

	/** The peak of the exponential part if it has one of its own, else of the whole. */
	private peak(): Peak {
		const tries = this.f.exponent && this.f.plain ? [false, true] : [true];
		for (const whole of tries) {
			const found = findPeak(
				(t) => this.logSize(t, whole),
				(t) => this.logSize(t, true),
				this.units.length,
			);
			if (found) return found;
		}
		throw new Undecided("no peak of the integrand was found");
	}

	private place(t: readonly number[]): number {
		let logJacobian = 0;
		t.forEach((at, j) => {
			const change = this.changes[j] as ReturnType<typeof changeOfVariable>;
			const unit = this.units[j] as Unit<T>;
			const rest = change.complement?.(at);
			unit.store.assign(
				unit,
				this.A.fromNumber(change.at(at)),
				rest === undefined ? undefined : this.A.fromNumber(rest),
			);
			logJacobian += change.logSlope(at);
		});
		this.f.charge();
		return logJacobian;
	}

	/** log |integrand| in the changed variables, as a float; without the plain part unless the whole is asked for. */
	private logSize(t: readonly number[], whole: boolean): number {
		const { A, f } = this;
		const logJacobian = this.place(t);
		const exponent = f.exponent ? A.toNumber(f.exponent()) : 0;
		const plain =
			f.plain && whole ? Math.log(Math.abs(A.toNumber(f.plain()))) : 0;
		return logJacobian + exponent + plain;
	}

	/** The sum over a lattice, times the volume of its cell. */
	private lattice(peak: Peak, step: number, offset: number): T {
		const { A } = this;
		const axes = peak.reach.map(([low, high]) =>
			positions(low, high, step, offset),
		);
		const z = axes.map((axis) => axis[0] ?? 0);
		const sum = this.sumAlong(peak, axes, z, 0);
		for (const unit of this.units) unit.store.assign(unit, undefined);
		return A.mul(sum, A.fromNumber(peak.volume * step ** axes.length));
	}

	private sumAlong(
		peak: Peak,
		axes: readonly (readonly number[])[],
		z: number[],
		axis: number,
	): T {
		const { A } = this;
		if (axis === axes.length) return this.term(peak, z);
		let total = A.zero;
		for (const at of axes[axis] as readonly number[]) {
			z[axis] = at;
			total = A.add(total, this.sumAlong(peak, axes, z, axis + 1));
		}
		return total;
	}

	private term(peak: Peak, z: readonly number[]): T {
		const { A, f } = this;
		const { t, logStretch } = peak.place(z);
		const logJacobian = A.fromNumber(this.place(t) + logStretch);
		const size = A.exp(
			f.exponent ? A.add(f.exponent(), logJacobian) : logJacobian,
		);
		return f.plain ? A.mul(size, f.plain()) : size;
	}
}

function positions(
	low: number,
	high: number,
	step: number,
	offset: number,
): number[] {
	const found: number[] = [];
	for (
		let i = Math.ceil(low / step - offset);
		(i + offset) * step <= high;
		i += 1
	)
		found.push((i + offset) * step);
	return found;
}
