import { call } from "./arithmetic.js";
import type { Plan } from "./plan.js";
import {
	type IndexScalar,
	isRead,
	mapParts,
	type Scalar,
	someScalar,
} from "./scalar.js";
import type { Statistic } from "./statistics.js";
import type { Store } from "./store.js";
import type { LoweredFactor, LoweredUpdate } from "./updates.js";

/**
 * The logarithms of one data point's probabilities. Where these are made from the logarithms of weights, `log φ_ik` is
 * `a_ik − log Σ_l exp a_il`: one logarithm a point instead of one for each component, and none of a number that has
 * vanished.
 */
export interface LogTable {
	/** The probabilities. */
	readonly of: LoweredUpdate;
	readonly name: string;
	/** The axes of the probabilities without that of the data. */
	readonly axes: readonly IndexScalar[];
}

/** Tables for those probabilities, normalised in the pass, whose logarithms the sums need. */
export function logTables(
	locals: readonly LoweredFactor[],
	plan: Plan,
	statistics: readonly Statistic[],
): readonly LogTable[] {
	return locals
		.flatMap((f) => f.updates)
		.filter((u) => u.how === "normalise" && u.components.length > 0)
		.filter((u) => statistics.some((s) => takesLog(s.body, u.array)))
		.map((of) => ({
			of,
			name: `log_${of.array}`,
			axes: [...of.plates, ...of.components].filter(
				(index) => index.size !== plan.dataAxis,
			),
		}));
}

function takesLog(value: Scalar, array: string): boolean {
	return someScalar(value, (part) => isLogOf(part, array));
}

function isLogOf(s: Scalar, array: string): boolean {
	return s.kind === "call" && s.fn === "log" && isRead(s.argument, array);
}

/** What a data point adds to a sum, with its logarithms read from the tables. */
export function withTables(
	value: Scalar,
	tables: readonly LogTable[],
	plan: Plan,
): Scalar {
	const table = tables.find((t) => isLogOf(value, t.of.array));
	if (table && value.kind === "call" && value.argument.kind === "read") {
		const at = withoutRow(value.argument.at, table.of, plan);
		return { kind: "read", array: table.name, at, type: "real" };
	}
	return mapParts(value, (part) => withTables(part, tables, plan));
}

/** Fills a table from the probabilities as they stand, for a pass that does not renew them. */
export function fill(table: LogTable, row: IndexScalar, plan: Plan): Store {
	const { of, axes, name } = table;
	const at = [...of.plates, ...of.components].map((index) =>
		index.size === plan.dataAxis ? row : index,
	);
	const read: Scalar = { kind: "read", array: of.array, at, type: "simplex" };
	return {
		over: axes,
		array: name,
		at: axes,
		value: call("log", read),
		how: "set",
	};
}

/** Subscripts of the probabilities without that of the data point. */
export function withoutRow(
	at: readonly Scalar[],
	of: LoweredUpdate,
	plan: Plan,
): readonly Scalar[] {
	const axes = [...of.plates, ...of.components];
	return at.filter((_, n) => axes[n]?.size !== plan.dataAxis);
}
