/** What the sweeps of a Python solver run, as expressions over `state` or what stands for it. */
export interface SweepCalls {
	/** Renews the parameters of a turn. */
	readonly turn: string;
	/** Whether matrices are inverted: of one that has no inverse it is said where that was. */
	readonly inverts: boolean;
	/** The bound and the size of its terms. */
	readonly bound: string;
	/** Whether the bound fell by more than rounding explains, from one with terms of a size. */
	readonly fell: (before: string, size: string) => string;
	/** All of it anew, with a look at the bound after every update. */
	readonly again: string;
}

/**
 * The loop over sweeps, from `turns`, the parameters that are `watched`, and the bound before the first sweep with the size
 * of its terms; it leaves the bounds in `history` and whether the sweeps `converged`.
 */
export function sweepsSource({
	turn,
	inverts,
	bound,
	fell,
	again,
}: SweepCalls): string {
	const where = `where = turn.__doc__ or "The pass over the data."`;
	const watched = `try:
					${turn}
				except NotDefinite as error:
					${where}
					raise NotDefinite(f"{error}, in sweep {sweep}: {where}") from None`;
	return `		history = []
		converged = False
		while not converged and len(history) < max_sweeps:
			copies = [np.copy(getattr(state, spec["key"])) for spec in watched]
			sweep = len(history) + 1
			seen, size_seen = before, size_before
			for turn in turns:
				${inverts ? watched : turn}
				if debug:
					now, size = ${bound}
					if ${fell("seen", "size_seen")}:
						${where}
						raise ArithmeticError(f"the bound fell from {seen} to {now} in sweep {sweep}: {where}")
					seen, size_seen = now, size
			now, size = ${bound}
			if not np.isfinite(now):
				raise ArithmeticError(f"the bound is {now} after sweep {sweep}")
			if ${fell("before", "size_before")}:
				if not debug:
					return ${again}
				raise ArithmeticError(f"the bound fell from {before} to {now} in sweep {sweep}")
			history.append(now)
			move = largest_move([getattr(state, spec["key"]) for spec in watched], copies)
			converged = now - before <= tolerance * abs(now) and move <= tolerance
			before, size_before = now, size
			if on_sweep:
				on_sweep(sweep, now)`;
}
