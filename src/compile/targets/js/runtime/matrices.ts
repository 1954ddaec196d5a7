import type { Helper } from "../../helpers.js";

/** Inverses and determinants of symmetric positive definite matrices. */
export const matrices: readonly Helper[] = [
	{
		name: "NotDefinite",
		source: `class NotDefinite extends Error {
	constructor(what) {
		super(\`a matrix that has to be inverted is not \${what}\`);
		this.what = what;
	}
}`,
	},
	{
		name: "factorise",
		source: `/**
 * Puts the inverse of a symmetric positive definite matrix in its place, row by row from \`offset\` on, by Cholesky's factor
 * L; returns the logarithm of its determinant.
 * @throws NotDefinite if rounding leaves less than two digits of a pivot
 */
function factorise(a, offset, size) {
	const row = (r) => offset + r * size;
	for (let r = 0; r < size; r++)
		for (let c = 0; c < r; c++) {
			const scale = Math.sqrt(Math.abs(a[row(r) + r])) * Math.sqrt(Math.abs(a[row(c) + c]));
			if (Math.abs(a[row(r) + c] - a[row(c) + r]) > 1e-6 * scale) throw new NotDefinite("symmetric");
		}
	let logDeterminant = 0;
	for (let r = 0; r < size; r++) {
		const pivot = a[row(r) + r];
		for (let c = 0; c <= r; c++) {
			let rest = a[row(r) + c];
			for (let k = 0; k < c; k++) rest -= a[row(r) + k] * a[row(c) + k];
			if (c < r) a[row(r) + c] = rest / a[row(c) + c];
			else {
				if (!(rest > 64 * size * Number.EPSILON * pivot)) throw new NotDefinite("positive definite");
				logDeterminant += Math.log(rest);
				a[row(r) + r] = Math.sqrt(rest);
			}
		}
	}
	invertTriangle(a, row, size);
	// L⁻ᵀ L⁻¹ goes above the diagonal, which is free, and the diagonal's entries come last in their row
	for (let r = 0; r < size; r++)
		for (let c = 0; c <= r; c++) {
			let sum = 0;
			for (let k = r; k < size; k++) sum += a[row(k) + r] * a[row(k) + c];
			a[row(c) + r] = sum;
		}
	for (let r = 0; r < size; r++) for (let c = 0; c < r; c++) a[row(r) + c] = a[row(c) + r];
	return logDeterminant;
}`,
	},
	{
		name: "invertTriangle",
		source: `/** Puts the inverse of a lower triangular matrix in its place. */
function invertTriangle(a, row, size) {
	for (let c = 0; c < size; c++) {
		a[row(c) + c] = 1 / a[row(c) + c];
		for (let r = c + 1; r < size; r++) {
			let sum = 0;
			for (let k = c; k < r; k++) sum += a[row(r) + k] * a[row(k) + c];
			a[row(r) + c] = -sum / a[row(r) + r];
		}
	}
}`,
	},
	{
		name: "checkDefinite",
		source: `/** Refuses an input whose matrices are not symmetric positive definite; places count from 1. */
function checkDefinite(spec, state) {
	const shape = shapeOf(spec, state);
	const size = shape.at(-1);
	const data = state[spec.key];
	for (let at = 0; at < data.length; at += size * size)
		try {
			factorise(data.slice(at, at + size * size), 0, size);
		} catch (error) {
			if (!(error instanceof NotDefinite)) throw error;
			const which = spec.name + place(shape.slice(0, -2), at / (size * size));
			throw new InputError(\`\${which} must be a symmetric positive definite matrix, but is not \${error.what}\`);
		}
}`,
	},
	{
		name: "checkAbove",
		source: `/** Refuses degrees of freedom that do not exceed a size less 1: such a density of matrices has no integral. */
function checkAbove(spec, state, name, size) {
	const values = spec.dims.length === 0 ? [state[spec.key]] : state[spec.key];
	values.forEach((value, n) => {
		if (value > size - 1) return;
		const which = spec.name + place(shapeOf(spec, state), n);
		throw new InputError(\`\${which} must be greater than \${name} − 1, that is \${size - 1}, but is \${value}\`);
	});
}`,
	},
	{
		name: "takeTurn",
		source: `/** Runs an update; of a matrix that has no inverse it says where that was. */
function takeTurn({ run, parameters }, state, sweep) {
	try {
		run(state);
	} catch (error) {
		if (!(error instanceof NotDefinite)) throw error;
		throw new Error(\`\${error.message}, in sweep \${sweep}, by the update of \${parameters.join(", ")}\`);
	}
}`,
	},
];
