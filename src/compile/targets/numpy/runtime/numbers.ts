import type { Helper } from "../../helpers.js";

/** Functions that NumPy does not have, and sums that keep what rounding loses. */
export const numbers: readonly Helper[] = [
	{
		name: "blocks",
		source: `ROWS = 8192


def blocks(count):
	"""Slices of so many rows that a block stays in the cache."""
	return [slice(first, min(first + ROWS, count)) for first in range(0, count, ROWS)]`,
	},
	{
		name: "collect",
		source: `def collect(sums, lost, term):
	"""Adds terms to sums and keeps exactly what rounding takes away (Knuth 1969, 4.2.2)."""
	before = sums.copy()
	after = before + term
	added = after - before
	lost += (before - (after - added)) + (term - added)
	sums[...] = after`,
	},
	{
		name: "softmax",
		source: `def softmax(weights):
	"""Turns logarithms of weights along the last axis into probabilities, in place, and returns their logarithms."""
	log = weights - np.max(weights, axis=-1, keepdims=True)
	np.exp(log, out=weights)
	total = np.sum(weights, axis=-1, keepdims=True)
	weights /= total
	log -= np.log(total)
	return log`,
	},
	{
		name: "NotDefinite",
		source: `class NotDefinite(ArithmeticError):
	pass`,
	},
	{
		name: "factorised",
		source: `def factorised(matrices):
	"""The inverses of symmetric positive definite matrices by Cholesky's factors, and the logarithms of their determinants."""
	scales = np.diagonal(matrices, axis1=-2, axis2=-1)
	roots = np.sqrt(np.abs(scales))
	skew = np.abs(matrices - np.swapaxes(matrices, -1, -2))
	if np.any(skew > 1e-6 * roots[..., :, None] * roots[..., None, :]):
		raise NotDefinite("a matrix that has to be inverted is not symmetric")
	try:
		factors = np.linalg.cholesky(matrices)
	except np.linalg.LinAlgError:
		factors = np.full_like(matrices, np.nan)
	pivots = np.diagonal(factors, axis1=-2, axis2=-1)
	if not np.all(pivots**2 > 64 * matrices.shape[-1] * np.finfo(float).eps * scales):
		raise NotDefinite("a matrix that has to be inverted is not positive definite")
	halves = np.linalg.inv(factors)
	return np.swapaxes(halves, -1, -2) @ halves, 2 * np.sum(np.log(pivots), axis=-1)`,
	},
	{
		name: "whole",
		source: `def whole(numbers):
	return np.asarray(numbers).astype(np.int64)`,
	},
	{
		name: "step",
		source: `def step(x):
    """1 from 0 on, 0 below."""
    return np.where(x >= 0, 1.0, 0.0)`,
	},
	{
		name: "sigmoid",
		source: `def sigmoid(x):
	"""1 / (1 + exp(-x)) without overflow."""
	e = np.exp(-np.abs(x))
	return np.where(np.asarray(x) >= 0, 1, e) / (1 + e)`,
	},
	{
		name: "log_gamma",
		source: `def log_gamma(x):
	"""log Gamma(x) for x > 0: moved up to x >= 10, then Stirling's series (Abramowitz and Stegun 6.1.41)."""
	x, shift = raised(x, np.multiply, 1.0, lambda x: x)
	r = 1 / (x * x)
	series = 1 / 12 - r * (1 / 360 - r * (1 / 1260 - r * (1 / 1680 - r * (1 / 1188 - r * 691 / 360360))))
	return (x - 0.5) * np.log(x) - x + 0.5 * np.log(2 * np.pi) + series / x - np.log(shift)`,
	},
	{
		name: "digamma",
		source: `def digamma(x):
	"""The derivative of log Gamma for x > 0, likewise (6.3.18)."""
	x, shift = raised(x, np.add, 0.0, lambda x: -1 / x)
	r = 1 / (x * x)
	series = 1 / 12 - r * (1 / 120 - r * (1 / 252 - r * (1 / 240 - r * (1 / 132 - r * 691 / 32760))))
	return shift + np.log(x) - 0.5 / x - r * series`,
	},
	{
		name: "trigamma",
		source: `def trigamma(x):
	"""The second derivative of log Gamma for x > 0, likewise (6.4.12)."""
	x, shift = raised(x, np.add, 0.0, lambda x: 1 / (x * x))
	r = 1 / (x * x)
	series = 1 / 6 - r * (1 / 30 - r * (1 / 42 - r * (1 / 30 - r * (5 / 66 - r * 691 / 2730))))
	return shift + 1 / x + r / 2 + r * series / x`,
	},
	{
		name: "gamma_function",
		source: `def gamma_function(x):
	return np.exp(log_gamma(x))`,
	},
	{
		name: "raised",
		source: `def raised(x, combine, start, step):
	"""x moved up by ones until it is at least 10, and what that takes, step by step."""
	x = np.array(x, dtype=float)
	shift = np.full_like(x, start)
	for _ in range(10):
		low = x < 10
		shift = np.where(low, combine(shift, step(x)), shift)
		x = np.where(low, x + 1, x)
	return x, shift`,
	},
];
