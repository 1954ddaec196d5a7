import { type Field, inverse } from "./linear.js";

/** Values of a function with several components; null where it is undefined. */
export type Residuals = (at: readonly number[]) => readonly number[] | null;

const mostSteps = 40;
const firstDamping = 1e-3;
const leastDamping = 1e-15;
const mostDamping = 1e6;

/**
 * A point near `start` where all residuals vanish, by the method of Levenberg and Marquardt (Nocedal & Wright (2006),
 * section 10.3), with derivatives by central differences. There may be more unknowns than residuals, and fewer.
 * @param tolerance below which each residual counts as 0
 * @returns null if none is found, or if the last step still moved: where it does not, the root is known in eight digits,
 * a multiple one as well
 */
export function rootNear(
	residuals: Residuals,
	start: readonly number[],
	tolerance: readonly number[],
): readonly number[] | null {
	let theta = start;
	let here = residuals(theta);
	let damping = firstDamping;
	let moved = Number.POSITIVE_INFINITY;
	for (let step = 0; step < mostSteps && here; step += 1) {
		if (vanishes(here, tolerance)) {
			const plain = simplest(residuals, theta, tolerance);
			if (plain) return plain;
			if (moved < 1e-8 * largest(theta)) return theta;
		}
		const next = improved(residuals, theta, here, damping);
		if (!next) return null;
		moved = largest(next.theta.map((t, i) => t - (theta[i] as number)));
		({ theta, here } = next);
		damping = Math.max(leastDamping, next.damping / 100);
	}
	return null;
}

function largest(numbers: readonly number[]): number {
	return Math.max(...numbers.map(Math.abs));
}

function vanishes(
	values: readonly number[],
	tolerance: readonly number[],
): boolean {
	return values.every((v, i) => Math.abs(v) <= (tolerance[i] as number));
}

/**
 * The point in few digits, or with what is next to nothing put to 0, if that is a root as well: a root at 0 or 2 is met
 * exactly, multiple or not.
 */
function simplest(
	residuals: Residuals,
	theta: readonly number[],
	tolerance: readonly number[],
): readonly number[] | null {
	const unit = largest([...theta, 1e-3]);
	const candidates = [
		theta.map((t) => Number(t.toFixed(6))),
		theta.map((t) => (Math.abs(t) < 1e-9 * unit ? 0 : t)),
	];
	const isPlain = (at: readonly number[]) => {
		const values = residuals(at);
		return (
			values !== null &&
			vanishes(
				values,
				tolerance.map((t) => t / 1e4),
			)
		);
	};
	return (
		candidates.find((c) => c.some((t, i) => t !== theta[i]) && isPlain(c)) ??
		null
	);
}

interface Improved {
	readonly theta: readonly number[];
	readonly here: readonly number[];
	readonly damping: number;
}

/** A step that makes the residuals smaller, damped as much as that needs; null if none does. */
function improved(
	residuals: Residuals,
	theta: readonly number[],
	here: readonly number[],
	firstTry: number,
): Improved | null {
	const columns = jacobian(residuals, theta);
	if (!columns) return null;
	for (let damping = firstTry; damping <= mostDamping; damping *= 100) {
		const step = dampedStep(columns, here, damping);
		const next = theta.map((t, i) => t - (step[i] as number));
		const there = residuals(next);
		if (there && square(there) < square(here))
			return { theta: next, here: there, damping };
	}
	return null;
}

function square(values: readonly number[]): number {
	return values.reduce((sum, v) => sum + v * v, 0);
}

/** Derivatives of the residuals, a column for each unknown. */
function jacobian(
	residuals: Residuals,
	theta: readonly number[],
): number[][] | null {
	const columns: number[][] = [];
	for (const [j, t] of theta.entries()) {
		const h = 1e-5 * Math.max(1, Math.abs(t));
		const at = (x: number) =>
			residuals(theta.map((other, i) => (i === j ? x : other)));
		const [up, down] = [at(t + h), at(t - h)];
		if (!up || !down) return null;
		columns.push(up.map((v, i) => (v - (down[i] as number)) / (2 * h)));
	}
	return columns;
}

/** (JᵀJ + damping · trace) ⁻¹ Jᵀ r. */
function dampedStep(
	columns: readonly number[][],
	values: readonly number[],
	damping: number,
): number[] {
	const dot = (a: readonly number[], b: readonly number[]) =>
		a.reduce((sum, x, i) => sum + x * (b[i] as number), 0);
	const trace = columns.reduce((sum, c) => sum + dot(c, c), 0);
	const normal = columns.map((a, i) =>
		columns.map((b, j) => dot(a, b) + (i === j ? damping * trace : 0)),
	);
	const gradient = columns.map((c) => dot(c, values));
	return inverse(doubles, normal).map((row) => dot(row, gradient));
}

const doubles: Field<number> = {
	zero: 0,
	one: 1,
	sub: (a: number, b: number) => a - b,
	mul: (a: number, b: number) => a * b,
	div: (a: number, b: number) => a / b,
	toNumber: (a: number) => a,
};
