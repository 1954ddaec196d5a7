import type { Helper } from "../../helpers.js";

/** What holds closed forms against a search for the greatest bound, in debug mode. */
export const optima: readonly Helper[] = [
	{
		name: "checkOptima",
		source: `/**
 * Holds what was just renewed against the greatest bound along each coordinate, for some entries of each parameter.
 * Positive numbers move by factors, probabilities by their log odds, entries of matrices with what mirrors them.
 */
function checkOptima(state, { parameters, optimal = parameters, sequential = false, again = () => undefined }, sweep) {
	const specs = PARAMETERS.filter((spec) => optimal.includes(spec.name));
	const noise = 4 * Number.EPSILON * elboSizes(state).reduce((a, b) => a + b, 0);
	for (const spec of specs) {
		const array = state[spec.key];
		const first = sequential ? array.length - array.length / (shapeOf(spec, state)[0] ?? 1) : 0;
		const step = Math.max(1, Math.ceil((array.length - first) / (spec.local ? 6 : 24)));
		for (let at = first; at < array.length; at += step) {
			const move = mover(spec, state, at);
			if (!move) continue;
			const before = array.slice();
			const bound = (t) => {
				array.set(before);
				move(t);
				return boundAt(state, again);
			};
			const off = offOptimum(bound, noise);
			if (off !== null) {
				array.set(before);
				const found = array[at];
				move(off);
				const best = array[at];
				throw new Error(\`the update of \${spec.name} in sweep \${sweep} is no optimum: it sets \${spec.name}\${place(shapeOf(spec, state), at)} to \${found}, but the bound is greater near \${best}\`);
			}
			array.set(before);
		}
		again(state);
	}
}`,
	},
	{
		name: "boundAt",
		source: `/** The bound of a state that was changed by hand; there is none where a matrix is no longer positive definite. */
function boundAt(state, again) {
	try {
		again(state);
		return elbo(state).value;
	} catch (error) {
		if (error instanceof NotDefinite) return NaN;
		throw error;
	}
}`,
	},
	{
		name: "mover",
		source: `/** What moves a parameter along one coordinate, or null if that has none. */
function mover(spec, state, at) {
	const array = state[spec.key];
	const value = array[at];
	const width = shapeOf(spec, state).at(-1) ?? 1;
	const row = at - (at % width);
	switch (spec.type) {
		case "positive":
		case "nonnegative":
			return value > 0 ? (t) => void (array[at] = value * Math.exp(t)) : null;
		case "probability":
			return value > 0 && value < 1 ? (t) => void (array[at] = value / (value + (1 - value) * Math.exp(-t))) : null;
		case "simplex":
			return value > 1e-12 && value < 1 - 1e-12
				? (t) => {
						const total = 1 + value * Math.expm1(t);
						for (let n = row; n < row + width; n++) array[n] /= total;
						array[at] *= Math.exp(t);
					}
				: null;
		case "posdef": {
			const column = at % width;
			const first = at - (at % (width * width));
			const place = (r, c) => first + r * width + c;
			const r = (row - first) / width;
			const scale = Math.sqrt(array[place(r, r)] * array[place(column, column)]);
			return (t) => void (array[at] = array[place(column, r)] = value + t * scale);
		}
		case "real":
			return (t) => void (array[at] = value + t * (Math.abs(value) || 1));
		default:
			return null;
	}
}`,
	},
	{
		name: "offOptimum",
		source: `/**
 * How far from 0 a function has its maximum, or null where it is at 0 as far as can be told. The steps to either side are
 * those over which it falls by some thousandth, much more than its noise; there it is taken for a parabola, and the error
 * of that is taken off by half as long steps.
 */
function offOptimum(f, noise) {
	const top = f(0);
	const wanted = Math.max(1e-3, 1e5 * noise);
	const look = (h) => {
		const [left, right] = [f(-h), f(h)];
		const fall = top - left + (top - right);
		return { left, right, fall, off: (h * (right - left)) / (2 * fall) };
	};
	let h = 1e-3;
	for (let tries = 0; tries < 60 && h < 2; tries++) {
		const { left, right, fall, off } = look(h);
		if (Number.isNaN(fall) || fall > 16 * wanted) h /= 3;
		else if (fall >= wanted) {
			const sharper = (4 * look(h / 2).off - off) / 3;
			return Math.abs(sharper) > 0.1 * h ? sharper : null;
		} else if (Math.max(left, right) > top + wanted) return left > right ? -h : h;
		else h *= 3;
	}
	return null;
}`,
	},
];
