import type { Solvable, Update } from "../check/result.js";
import type { Dim, Factor } from "../expr/tree.js";
import { some } from "../expr/walk.js";
import { Problem } from "../problem.js";
import {
	plateIndices,
	readsAnotherInstance,
	readsSameInstance,
} from "./instances.js";

/** The updates of one factor's parameters, in an order in which each finds what it needs already renewed. */
export interface FactorUpdate {
	/** The random variable whose factor it is. */
	readonly variable: string;
	/** Sizes over which there is one instance of the factor each. */
	readonly plates: readonly Dim[];
	readonly updates: readonly Update[];
	/**
	 * Whether an instance reads parameters of another instance of its own factor: then they are renewed one after the
	 * other in place, never all at once.
	 */
	readonly sequential: boolean;
}

/**
 * Groups updates by the factors of q, in the order in which the sheet first updates each factor.
 * A right side that names a parameter of its own factor means that parameter's new value, so within a group the
 * updates are ordered by what they name.
 * @throws Problem if a parameter has no update, or two, or if updates name each other in a circle.
 */
export function groupByFactor(solvable: Solvable): readonly FactorUpdate[] {
	requireOneUpdateEach(solvable);
	const groups = new Map<string, Update[]>();
	for (const update of solvable.updates) {
		const name = factorOf(solvable, update).variable;
		groups.set(name, [...(groups.get(name) ?? []), update]);
	}
	return [...groups].map(([variable, updates]) => {
		const ordered = inOrder(updates);
		const names = updates.map((u) => u.target.name);
		return {
			variable,
			plates: platesOf(solvable, ordered),
			updates: ordered,
			sequential: updates.some((u) =>
				names.some((name) => readsAnotherInstance(u, name)),
			),
		};
	});
}

function requireOneUpdateEach(solvable: Solvable): void {
	const seen = new Set<string>();
	for (const { target, value, logWeights } of solvable.updates) {
		if (seen.has(target.name))
			throw new Problem(
				`${target.name} is updated twice`,
				null,
				"one update for each parameter",
			);
		if (target.indices.some((i) => i.kind !== "index"))
			throw new Problem(
				`the update of ${target.name} is not for all of its indices`,
				null,
				"plain indices on the left side",
			);
		if ((value === null) === (logWeights === null))
			throw new Problem(
				`the update of ${target.name} has no closed form`,
				null,
				"a value or the logarithms of weights",
			);
		seen.add(target.name);
	}
	for (const info of solvable.context.symbols.values())
		if (info.role === "variational" && !seen.has(info.name))
			throw new Problem(
				`${info.name} has no update`,
				null,
				`a line "${info.name} = …" among the updates`,
			);
}

function factorOf(solvable: Solvable, update: Update): Factor {
	const name = update.target.name;
	const factor = solvable.context.family?.factors.find((f) =>
		Object.values(f.parameters).some((p) =>
			some(p, (node) => node.kind === "symbol" && node.name === name),
		),
	);
	if (factor) return factor;
	throw new Problem(
		`${name} is not a parameter of the family`,
		null,
		"updates of the parameters of q",
	);
}

/** The plates of a group: the target's axes that its indices stand for, without the one that is normalised over. */
function platesOf(
	solvable: Solvable,
	updates: readonly Update[],
): readonly Dim[] {
	const plates = updates.map((u) => plateSizes(solvable, u));
	return plates.reduce((a, b) => (b.length > a.length ? b : a), []);
}

/** Sizes of the indices on the left of an update, without the one that is normalised over. */
export function plateSizes(solvable: Solvable, update: Update): readonly Dim[] {
	const dims = solvable.context.symbols.get(update.target.name)?.dims ?? [];
	return dims.slice(0, plateIndices(update).length);
}

/** The updates, each after those whose new values it names. */
function inOrder(updates: readonly Update[]): readonly Update[] {
	const ordered: Update[] = [];
	const open: string[] = [];
	const place = (update: Update): void => {
		if (ordered.includes(update)) return;
		const name = update.target.name;
		if (open.includes(name)) throw circle([...open, name]);
		open.push(name);
		for (const other of updates)
			if (readsSameInstance(update, other.target.name)) place(other);
		open.pop();
		ordered.push(update);
	};
	for (const update of updates) place(update);
	return ordered;
}

function circle(names: readonly string[]): Problem {
	const from = names.indexOf(names.at(-1) ?? "");
	return new Problem(
		`the updates go in a circle: ${names.slice(from).join(" needs ")}`,
		null,
		"a right side free of the parameter that it updates",
	);
}
