import type { Loops } from "../../kernels.js";
import { factorises } from "../../rows.js";
import { startsAlike } from "../../starts.js";
import { sweepsSource } from "./sweeps.js";

/** The function `solve` and what it alone needs. */
export function solveSource(loops: Loops): string {
	const { plan } = loops;
	const first = loops.pass
		? `\n\t\tpass_over_data(state${loops.fused && plan.locals.length > 0 ? ", False" : ""})`
		: "";
	return `def solve(inputs, init=None, seed=1, max_sweeps=1000, tolerance=1e-8, on_sweep=None, debug=False):
	"""
	Sweeps over the updates until the bound stays and no parameter moves.

	init: starting values by name; the others start by \`seed\`
	tolerance: stop when bound and parameters change by less, relatively
	on_sweep: called with the number of the sweep and the bound
	debug: look at the bound after every single update, as is done anew where it falls
	Returns parameters (arrays by name), elbo (a list, after each sweep), sweeps, converged.
	"""
	given = {spec["name"]: (init or {}).get(spec["name"], inputs.get(spec["name"])) for spec in PARAMETERS}
	with np.errstate(all="ignore"):
		state = start(inputs, given, seed)
		turns = [*GLOBALS, *LOCALS] if globals_first(given) else [*LOCALS, *GLOBALS]${first}
		watched = [spec for spec in PARAMETERS if not spec["local"]] or PARAMETERS
		before, size_before = elbo(state)
${sweepsSource({ turn: "turn(state)", inverts: factorises(loops), bound: "elbo(state)", fell: (before, size) => `fell(${before}, now, max(${size}, size), state)`, again: "solve(inputs, init, seed, max_sweeps, tolerance, debug=True)" })}
	parameters = {spec["name"]: getattr(state, spec["key"]) for spec in PARAMETERS}
	return {"parameters": parameters, "elbo": history, "sweeps": len(history), "converged": converged}`;
}

/** What watches over the sweeps. */
export function watchSource({ plan }: Loops): string {
	const alike = startsAlike(plan) && plan.parameters.some((p) => p.local);
	return `def globals_first(given):
	"""Whether the global parameters are renewed first: when the sweeps start from the local ones."""
	local = [given[spec["name"]] is not None for spec in PARAMETERS if spec["local"]]
	others = [given[spec["name"]] is not None for spec in PARAMETERS if not spec["local"]]
	if any(local):
		return not all(others)
	return ${alike ? "not any(others)" : "False"}


def elbo(state):
	"""The evidence lower bound, and the sum of the sizes of its terms."""
	terms = [float(term) for term in elbo_terms(state)]
	return math.fsum(terms) if all(map(math.isfinite, terms)) else sum(terms), math.fsum(map(abs, terms))


def fell(before, now, size, state):
	"""Whether the bound fell by more than rounding explains: 64 units in the last place of all that is added up."""
	epsilon = np.finfo(float).eps
	if not now < before - 64 * epsilon * size:
		return False
	return now < before - 64 * epsilon * sum(float(term) for term in elbo_sizes(state))`;
}

/** The function `predict`. */
export function predictSource(loops: Loops): string {
	const rounds = loops.fused && loops.plan.locals.length === 1 ? 1 : 1000;
	return `def predict(inputs, parameters):
	"""The parameters of single data points, for new data, with the others as \`solve\` found them."""
	given = {spec["name"]: parameters[spec["name"]] for spec in PARAMETERS if not spec["local"]}
	local = [spec for spec in PARAMETERS if spec["local"]]
	with np.errstate(all="ignore"):
		state = start(inputs, given, 1)
		for _ in range(${rounds}):
			copies = [np.copy(getattr(state, spec["key"])) for spec in local]
			for turn in LOCALS:
				turn(state)
			if largest_move([getattr(state, spec["key"]) for spec in local], copies) <= 1e-12:
				break
	return {spec["name"]: getattr(state, spec["key"]) for spec in local}`;
}
