import type { Loops } from "../../kernels.js";
import { factorises } from "../../rows.js";
import { startsAlike } from "../../starts.js";
import { sweepsSource } from "../numpy/sweeps.js";

/** The functions `solve` and `locals_of`, and what is done for a chunk of rows. */
export function daskSource(loops: Loops): string {
	const { plan } = loops;
	const hasLocals = plan.locals.length > 0;
	const alike = startsAlike(plan) && hasLocals;
	const axis = JSON.stringify(plan.dataAxis);
	const total = JSON.stringify(plan.total);
	return `def solve(data, known, init=None, seed=1, max_sweeps=1000, tolerance=1e-8, on_sweep=None, debug=False):
	"""
	Sweeps over data in chunks until the bound stays and no parameter moves, on whatever runs dask's tasks.

	data: arrays by name, dask's or NumPy's, whose first axis counts the data points; dask's chunks are the chunks
	known: known parameters and sizes by name
	init: starting values by name, of parameters that do not belong to single data points
	seed: of the starting values that are not given; they come from at most 65536 rows that lie evenly in the data
	tolerance: stop when bound and parameters change by less, relatively
	on_sweep: called with the number of the sweep and the bound
	debug: look at the bound after every single update, as is done anew where it falls
	Returns parameters (arrays by name, without those of single data points), elbo (a list, after each sweep), sweeps,
	converged, and what \`locals_of\` needs.
	"""
	cloudpickle.register_pickle_by_value(sys.modules[__name__])
	given = {spec["name"]: (init or {}).get(spec["name"], known.get(spec["name"])) for spec in PARAMETERS}
	if any(spec["local"] and given[spec["name"]] is not None for spec in PARAMETERS):
		raise ValueError("parameters of single data points cannot be given: they are renewed first")
	chunks, known = chunks_of(data, known)
	with np.errstate(all="ignore"):
		state = start({**known, **sample_of(data, known[${total}])}, given, seed)
		run = Passes(chunks, known, state, seed)
		others = [GlobalTurn(run, n) for n in range(len(GLOBALS))]
		begins_with_globals = ${alike ? 'all(given[spec["name"]] is None for spec in PARAMETERS)' : "False"}
		turns = [*others, run.renew_locals] if begins_with_globals else [run.renew_locals, *others]
		run("prepare_means")
		run("prepare")
		if begins_with_globals${hasLocals ? "" : " or True"}:
			run("pass")
		before, size_before = (run.bound() if begins_with_globals${hasLocals ? "" : " or True"} else (-math.inf, 0.0))
		watched = [spec for spec in PARAMETERS if not spec["local"]]
${sweepsSource({ turn: "turn()", inverts: factorises(loops), bound: "run.bound()", fell: (before, size) => `run.has_fallen(${before}, now, max(${size}, size))`, again: "solve(data, known, init, seed, max_sweeps, tolerance, debug=True)" })}
	parameters = {spec["name"]: getattr(state, spec["key"]) for spec in watched}
	found = {"elbo": history, "sweeps": len(history), "converged": bool(converged)}
	return {"parameters": parameters, **found, "known": known, "renewal": run.renewal}


def locals_of(data, result):
	"""The parameters of single data points by name, as dask arrays with the data's chunks: computed when they are asked for."""
	chunks, _ = chunks_of(data, {})
	found = {}
	for spec in PARAMETERS:
		if not spec["local"]:
			continue
		pieces = []
		for chunk in chunks:
			piece = dask.delayed(locals_of_chunk)(chunk["data"], result["known"], result["renewal"], spec["key"])
			shape = (chunk["rows"], *(dim if isinstance(dim, int) else int(result["known"][dim]) for dim in spec["dims"][1:]))
			pieces.append(dask.array.from_delayed(piece, shape, dtype=float))
		found[spec["name"]] = dask.array.concatenate(pieces)
	return found


def chunks_of(data, known):
	"""The chunks of the data, each with its place and its rows, and the known sizes with what the data say."""
	if not data:
		raise ValueError("there are no data")
	arrays = {name: value if hasattr(value, "to_delayed") else dask.array.from_array(np.asarray(value, dtype=float)) for name, value in data.items()}
	first = next(iter(arrays.values()))
	if first.ndim == 0 or len({array.shape[:1] for array in arrays.values()}) != 1:
		raise ValueError("the data must have as many rows each: " + ", ".join(f"{name} has the shape {array.shape}" for name, array in arrays.items()))
	rows = first.chunks[0]
	pieces = {name: array.rechunk((rows, *array.shape[1:])).to_delayed().reshape(-1) for name, array in arrays.items()}
	starts = np.concatenate([[0], np.cumsum(rows)])
	chunks = [
		{"data": {name: piece[n] for name, piece in pieces.items()}, "first": int(starts[n]), "rows": int(rows[n]), "place": n}
		for n in range(len(rows))
		if rows[n] > 0
	]
	sizes = {name: value for name, value in known.items() if name != ${axis}}
	for spec in INPUTS:
		if spec["name"] in arrays:
			for dim, length in list(zip(spec["dims"], arrays[spec["name"]].shape))[1:]:
				if isinstance(dim, str):
					sizes.setdefault(dim, length)
	return chunks, {**sizes, ${total}: int(starts[-1])}


def sample_of(data, rows):
	"""At most 65536 rows that lie evenly in the data."""
	step = -(-rows // 65536)
	return {name: np.asarray(value[::step]) for name, value in data.items()}


class Passes:
	"""Passes over the data: every chunk's sums, added up by a tree whose shape depends on the number of chunks alone."""

	def __init__(self, chunks, known, state, seed):
		self.chunks, self.known, self.state, self.seed = chunks, known, state, seed
		self.renewal = None

	def __call__(self, name, renew=False):
		if name not in PASSES:
			return
		values = {key: np.copy(getattr(self.state, key)) for key in [*(spec["key"] for spec in PARAMETERS if not spec["local"]), *SUMS]}
		if renew:
			self.renewal = values
		task = dask.delayed({"known": self.known, "values": values, "renewal": self.renewal, "pass": name, "renew": renew, "seed": self.seed})
		sums = [dask.delayed(sum_chunk)(chunk, task) for chunk in self.chunks]
		while len(sums) > 1:
			sums = [dask.delayed(add_up)(sums[n : n + 8]) for n in range(0, len(sums), 8)]
		for key, (total, lost) in sums[0].compute().items():
			getattr(self.state, key)[...] = total + lost

	def renew_locals(self):
		self("pass", ${hasLocals ? "True" : "False"})

	def bound(self):
		self("elbo_terms")
		return elbo(self.state)

	def has_fallen(self, before, now, size):
		if not now < before - 64 * np.finfo(float).eps * size:
			return False
		self("elbo_sizes")
		return fell(before, now, size, self.state)


class GlobalTurn:
	"""Renews the parameters of a factor that does not belong to single data points."""

	def __init__(self, run, n):
		self.run, self.n = run, n

	def __call__(self):
		self.run(BEFORE_GLOBALS[self.n])
		GLOBALS[self.n](self.run.state)


def sum_chunk(chunk, task):
	"""The sums of a chunk, each with what rounding took away: nothing yet."""
	run, sums, reads_locals = PASSES[task["pass"]]
	with np.errstate(all="ignore"):
		state = chunk_state(chunk, task)
		if reads_locals and task["renewal"] is not None:
			set_values(state, task["renewal"])
			PASSES["pass"][0](state, True)
		set_values(state, task["values"])
		run(state, task["renew"])
	return {key: (getattr(state, key), np.zeros_like(getattr(state, key))) for key in sums}


def add_up(all_sums):
	"""Adds sums up and keeps what rounding takes away."""
	totals = {key: (np.copy(total), np.copy(lost)) for key, (total, lost) in all_sums[0].items()}
	for sums in all_sums[1:]:
		for key, (total, lost) in totals.items():
			collect(total, lost, sums[key][0])
			lost += sums[key][1]
	return totals


def chunk_state(chunk, task):
	"""The state of a chunk: its rows, what is known, and parameters of single data points as they start."""
	random = np.random.default_rng([task["seed"], chunk["place"]])
	given = {spec["name"]: task["values"][spec["key"]] for spec in PARAMETERS if not spec["local"]}
	try:
		return start({**task["known"], **chunk["data"]}, given, random)
	except ValueError as error:
		last = chunk["first"] + chunk["rows"]
		raise ValueError(f"{error}, among the rows {chunk['first'] + 1} to {last}") from None


def locals_of_chunk(data, known, values, key):
	chunk = {"data": data, "first": 0, "rows": len(next(iter(data.values()))), "place": 0}
	task = {"known": known, "values": values, "renewal": None, "seed": 1}
	with np.errstate(all="ignore"):
		state = chunk_state(chunk, task)
		set_values(state, values)
		PASSES["pass"][0](state, True)
	return getattr(state, key)


def set_values(state, values):
	for key, value in values.items():
		getattr(state, key)[...] = value`;
}
