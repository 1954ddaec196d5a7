/** Random fits: a model, a size, data that may be awkward, and known parameters that may not suit them. All follow from a seed. */

/** Uniform numbers in [0, 1) from a seed (mulberry32). */
function generator(seed) {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
}

const list = (length, make) => Array.from({ length }, (_, n) => make(n));

/** What is drawn with. */
function drawing(seed) {
	const uniform = generator(seed);
	const normal = () =>
		Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
	const whole = (low, high) => low + Math.floor(uniform() * (high - low + 1));
	return {
		uniform,
		normal,
		whole,
		/** Between two powers of ten, evenly by exponent. */
		scale: (low, high) => 10 ** (low + uniform() * (high - low)),
		pick: (items) => items[whole(0, items.length - 1)],
	};
}

/** Real data, tame and awkward: a function of the drawing that gives a function for single numbers. */
const reals = {
	clumps: ({ normal, whole }) => {
		return () => 5 * whole(0, 3) + normal();
	},
	"one point": ({ normal }) => {
		const value = normal();
		return () => value;
	},
	"two points": ({ whole }) => {
		return () => whole(0, 1);
	},
	"whole numbers": ({ whole }) => {
		return () => whole(-3, 3);
	},
	"far from zero": ({ normal }) => {
		return () => 1e8 + normal();
	},
	tiny: ({ normal }) => {
		return () => 1e-100 * normal();
	},
	huge: ({ normal }) => {
		return () => 1e100 * normal();
	},
	"heavy tails": ({ uniform }) => {
		return () => Math.tan(Math.PI * (uniform() - 0.5));
	},
	"an outlier": ({ normal, uniform }) => {
		return () => (uniform() < 0.02 ? 1e6 : normal());
	},
	zeros: () => {
		return () => 0;
	},
};

const counts = {
	small: ({ whole }) => {
		return () => whole(0, 4);
	},
	"two rates": ({ whole }) => {
		return () => 40 * whole(0, 1) + whole(0, 3);
	},
	zeros: () => {
		return () => 0;
	},
	"all alike": () => {
		return () => 7;
	},
	large: ({ scale }) => {
		return () => Math.floor(scale(0, 12));
	},
};

const answers = {
	even: ({ whole }) => {
		return () => whole(0, 1);
	},
	rare: ({ uniform }) => {
		return () => Number(uniform() < 0.03);
	},
	never: () => {
		return () => 0;
	},
	always: () => {
		return () => 1;
	},
};

const times = {
	exponential: ({ uniform }) => {
		return () => -Math.log(1 - uniform());
	},
	"of all sizes": ({ scale }) => {
		return () => scale(-12, 12);
	},
	"all alike": () => {
		return () => 3;
	},
	"near zero": ({ scale }) => {
		return () => scale(-200, -190);
	},
};

/** A scale for known parameters: that of the data, or off it by some powers of ten. */
const nearby = (d, typical) => Math.abs(typical || 1) * d.scale(-2, 2);

/** A matrix A Aᵀ + I with entries of a size, so that its least eigenvalue is of that size too. */
function positiveDefinite(d, length, size) {
	const a = list(length, () => list(length, d.normal));
	const product = (r, c) => a[r].reduce((sum, v, n) => sum + v * a[c][n], 0);
	const entry = (r, c) => size * (product(r, c) + Number(r === c));
	return a.map((row, r) => row.map((_, c) => entry(r, c)));
}

/** How the inputs of each sheet are drawn; `value` draws a number of the data. */
const models = {
	"mixture-of-gaussians": {
		data: reals,
		inputs: (d, { N, K, D }, value) => {
			const x = list(N, () => list(D, value));
			const size = Math.max(...x.flat().map(Math.abs));
			return { x, K, sigma: nearby(d, size), lambda: nearby(d, size) };
		},
	},
	"mixture-with-known-weights": {
		data: reals,
		inputs: (d, { N, K, D }, value) => {
			const x = list(N, () => list(D, value));
			const size = Math.max(...x.flat().map(Math.abs));
			const weights = list(K, () => d.scale(-6, 0));
			const total = weights.reduce((a, b) => a + b);
			return {
				x,
				sigma: nearby(d, size),
				lambda: list(K, () => nearby(d, size)),
				pi: weights.map((w) => w / total),
			};
		},
	},
	"normal-mean": {
		data: reals,
		inputs: (d, { N, D }, value) => {
			const x = list(N, () => list(D, value));
			const size = Math.max(...x.flat().map(Math.abs));
			return {
				x,
				a: list(D, value),
				sigma: nearby(d, size),
				lambda: nearby(d, size),
			};
		},
	},
	"unknown-precision": {
		data: reals,
		inputs: (d, { N }, value) => ({
			x: list(N, value),
			m_0: value(),
			kappa_0: d.scale(-6, 3),
			a_0: d.scale(-3, 3),
			b_0: d.scale(-3, 3),
		}),
	},
	"hierarchical-means": {
		data: reals,
		inputs: (d, { N }, value) => ({
			x: list(N, value),
			r: list(N, () => d.scale(-4, 4)),
			m_0: value(),
			sigma: d.scale(-3, 3),
			a_0: d.scale(-3, 3),
			b_0: d.scale(-3, 3),
		}),
	},
	"mixture-of-poissons": {
		data: counts,
		inputs: (d, { N, K }, value) => ({
			x: list(N, value),
			K,
			a_0: d.scale(-3, 3),
			b_0: d.scale(-3, 3),
		}),
	},
	"mixture-of-bernoullis": {
		data: answers,
		inputs: (d, { N, K, D }, value) => ({
			x: list(N, () => list(D, value)),
			K,
			a_0: d.scale(-3, 3),
			b_0: d.scale(-3, 3),
			alpha_0: d.scale(-3, 3),
		}),
	},
	"mixture-of-exponentials": {
		data: times,
		inputs: (d, { N, K }, value) => ({
			x: list(N, value),
			K,
			a_0: d.scale(-3, 3),
			b_0: d.scale(-3, 3),
			alpha_0: d.scale(-3, 3),
		}),
	},
	"bayesian-regression": {
		data: reals,
		inputs: (d, { N, D }, value) => ({
			x: list(N, () => list(D, value)),
			y: list(N, value),
			a_0: d.scale(-3, 3),
			b_0: d.scale(-3, 3),
			c_0: d.scale(-3, 3),
			d_0: d.scale(-3, 3),
		}),
	},
	"normal-wishart-mixture": {
		path: "test/corpus/steps/normal-wishart-mixture.md",
		data: reals,
		inputs: (d, { N, K, D }, value) => {
			const x = list(N, () => list(D, value));
			const size = Math.max(...x.flat().map(Math.abs));
			return {
				x,
				K,
				alpha_0: d.scale(-3, 3),
				beta_0: d.scale(-3, 3),
				m_0: list(D, value),
				W_0: positiveDefinite(d, D, nearby(d, size) ** -2),
				nu_0: D - 1 + d.scale(-2, 2),
			};
		},
	},
};

/** Where the sheet of a model is. */
export function sheetOf(name) {
	const path = models[name].path ?? `derivations/${name}.md`;
	return new URL(`../../${path}`, import.meta.url);
}

/** The sheets that are fitted at random. */
export const modelNames = Object.keys(models);

/** The random fit of a number: the models take turns, everything else is drawn. */
export function randomCase(number) {
	const sheet = modelNames[number % modelNames.length];
	const d = drawing(number);
	const { data, inputs } = models[sheet];
	const kind = d.pick(Object.keys(data));
	const sizes = {
		N: d.pick([1, 2, 3, d.whole(4, 30), d.whole(31, 300)]),
		K: d.pick([1, 2, 3, d.whole(4, 12)]),
		D: d.pick([1, 2, 5]),
	};
	return {
		name: `${number}: ${sheet}, ${kind}, N = ${sizes.N}, K = ${sizes.K}, D = ${sizes.D}`,
		sheet,
		inputs: inputs(d, sizes, data[kind](d)),
		options: { seed: number, maxSweeps: 60, debug: true },
	};
}

/** How a solver stops where rounding leaves nothing of a matrix, as of columns that are alike but for their last digits. */
const hasNoInverse =
	/^a matrix that has to be inverted is not positive definite, in sweep \d+, by the update of /;

/**
 * What is wrong with a random fit; null if nothing is. The solver looks at the bound after every update, and a bound that
 * falls by more than rounding explains is an error of its own.
 */
export async function faultOf(one, solver, keep = () => {}) {
	let result;
	try {
		result = await solver.solve(one.inputs, one.options);
	} catch (error) {
		return hasNoInverse.test(error.message) ? null : error.message;
	}
	keep(one, result);
	if (!result.elbo.every(Number.isFinite)) return "a bound is not finite";
	for (const [name, { data }] of Object.entries(result.parameters))
		if (!data.every(Number.isFinite)) return `${name} is not finite`;
	return null;
}
