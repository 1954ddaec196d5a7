import type { Helper } from "../../helpers.js";

/** Reading inputs, starting values, and what watches over the sweeps. */
export const solving: readonly Helper[] = [
	{
		name: "read_state",
		source: `def read_state(inputs, given):
	"""The state that inputs and starting values describe; sizes not given are those of the arrays."""
	state = SimpleNamespace()
	sizes = {name: whole_size(name, inputs[name]) for name in SIZES if name in inputs}
	for spec in INPUTS:
		if spec["name"] not in inputs:
			raise ValueError(f"{spec['name']} is missing: give it among the inputs")
	everything = [(spec, inputs[spec["name"]]) for spec in INPUTS]
	everything += [(spec, given[spec["name"]]) for spec in PARAMETERS if given.get(spec["name"]) is not None]
	arrays = [(spec, read_array(spec, value, sizes)) for spec, value in everything]
	for name in SIZES:
		if name not in sizes:
			raise ValueError(f"{name} is not known: give it as a number among the inputs")
		setattr(state, KEYS[name], sizes[name])
	for spec, array in arrays:
		check_values(spec, array, sizes)
		if spec.get("support"):
			check_support(spec, array, {**inputs, **sizes})
		setattr(state, spec["key"], array)
	return state`,
	},
	{
		name: "check_definite",
		source: `def check_definite(spec, state):
	"""Refuses an input whose matrices are not symmetric positive definite."""
	array = getattr(state, spec["key"])
	diagonal = np.sqrt(np.abs(np.diagonal(array, axis1=-2, axis2=-1)))
	scale = diagonal[..., :, None] * diagonal[..., None, :]
	required = f"{spec['name']} must be a symmetric positive definite matrix, but is not"
	if np.any(np.abs(array - np.swapaxes(array, -2, -1)) > 1e-6 * scale):
		raise ValueError(f"{required} symmetric")
	try:
		np.linalg.cholesky(array)
	except np.linalg.LinAlgError:
		raise ValueError(f"{required} positive definite") from None`,
	},
	{
		name: "check_above",
		source: `def check_above(spec, state, name, size):
	"""Refuses degrees of freedom that do not exceed a size less 1: such a density of matrices has no integral."""
	values = np.ravel(getattr(state, spec["key"]))
	if not np.all(values > size - 1):
		least = np.min(values)
		raise ValueError(f"{spec['name']} must be greater than {name} - 1, that is {size - 1}, but is {least:g}")`,
	},
	{
		name: "whole_size",
		source: `def whole_size(name, value):
	if not float(value).is_integer() or value < 1:
		raise ValueError(f"{name} must be a whole number of at least 1, but is {value}")
	return int(value)`,
	},
	{
		name: "read_array",
		source: `def read_array(spec, value, sizes):
	"""A copy as float64, its shape held against the sizes that are known, the others taken from it."""
	array = np.array(value, dtype=np.float64)
	if array.ndim != len(spec["dims"]):
		raise ValueError(f"{spec['name']} must have the shape {spec['dims']}, but has {list(array.shape)}")
	for dim, length in zip(spec["dims"], array.shape):
		if length < 1:
			raise ValueError(f"{spec['name']} is empty")
		if length != (dim if isinstance(dim, int) else sizes.setdefault(dim, length)):
			raise ValueError(f"{spec['name']} must have the shape {spec['dims']}, but has {list(array.shape)}")
	return array`,
	},
	{
		name: "check_values",
		source: `def check_values(spec, array, sizes):
	"""Refuses numbers that the declared type does not have."""
	kind = "real" if spec.get("support") else spec["type"]
	right = np.isfinite(array)
	if kind in ("integer", "count", "label"):
		right &= array == np.floor(array)
	if kind == "positive":
		right &= array > 0
	if kind in ("nonnegative", "count", "probability", "simplex", "onehot"):
		right &= array >= 0
	if kind in ("probability", "simplex", "onehot"):
		right &= array <= 1
	if kind == "label":
		labels = spec["labels"]
		right &= (array >= 1) & (array <= (labels if isinstance(labels, int) else sizes[labels]))
	if not np.all(right):
		place = [int(n) + 1 for n in np.argwhere(~right)[0]]
		raise ValueError(f"{spec['name']}{place if place else ''} is not of the type {kind}")
	if kind in ("simplex", "onehot") and np.any(np.abs(np.sum(array, axis=-1) - 1) > 1e-6):
		raise ValueError(f"{spec['name']} must add up to 1 along its last axis")`,
	},
	{
		name: "check_support",
		source: `def check_support(spec, array, known):
	"""Refuses observations that their law gives the probability 0. Its limits may differ from row to row."""
	support = spec["support"]

	def limit(at, axes):
		value = np.asarray(known[at] if isinstance(at, str) else at, dtype=float)
		return value.reshape(value.shape + (1,) * (axes - value.ndim)) if value.ndim else value

	right = array == np.floor(array) if support["whole"] else np.isfinite(array)
	if support["lower"]:
		at, is_open = support["lower"]
		right &= array > limit(at, array.ndim) if is_open else array >= limit(at, array.ndim)
	if support["upper"]:
		at, is_open = support["upper"]
		right &= array < limit(at, array.ndim) if is_open else array <= limit(at, array.ndim)
	if not np.all(right):
		place = tuple(np.argwhere(~right)[0])
		shown = [int(n) + 1 for n in place]
		raise ValueError(f"{spec['name']}{shown} must be {support['words']}, but is {array[place]:g}")
	if support["total"] is not None:
		wanted = limit(support["total"], array.ndim - 1)
		if np.any(np.abs(np.sum(array, axis=-1) - wanted) > 1e-6 * wanted):
			raise ValueError(f"{spec['name']} must add up to {support['total']} along its last axis")`,
	},
	{
		name: "start_at_rows",
		source: `def start_at_rows(random, data, shape):
	"""Rows of the data that lie far from each other: k-means++ (Arthur and Vassilvitskii 2007)."""
	rows = data.reshape(len(data), -1)
	starts = np.empty((int(np.prod(shape)) // rows.shape[1], rows.shape[1]))
	nearest = np.full(len(rows), np.inf)
	pick = random.integers(len(rows))
	for start in starts:
		start[...] = rows[pick]
		nearest = np.minimum(nearest, np.sum((rows - start) ** 2, axis=1))
		total = np.sum(nearest)
		pick = random.choice(len(rows), p=nearest / total) if total > 0 else random.integers(len(rows))
	return starts.reshape(shape)`,
	},
	{
		name: "start_near_zero",
		source: `def start_near_zero(random, shape, width):
	"""Small normal numbers, a tenth as wide as the data."""
	return 0.1 * (width or 1.0) * random.standard_normal(shape)`,
	},
	{
		name: "start_on_simplex",
		source: `def start_on_simplex(random, shape):
	"""Rows that add up to 1, drawn evenly from all such rows."""
	rows = random.standard_exponential(shape)
	return rows / np.sum(rows, axis=-1, keepdims=True)`,
	},
	{
		name: "largest_move",
		source: `def largest_move(arrays, copies):
	"""The largest change since the copies were made, relative to the largest entry of its array."""
	moves = [(np.max(np.abs(a - b)), np.max(np.abs(a))) for a, b in zip(arrays, copies)]
	return max((move / scale for move, scale in moves if move > 0), default=0.0)`,
	},
];
