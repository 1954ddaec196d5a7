import type { FactorUpdate } from "./factors.js";
import { type LogTable, withoutRow } from "./logarithms.js";
import type { Plan } from "./plan.js";
import { type IndexScalar, replaceIndices, type Scalar } from "./scalar.js";
import type { Scheduler } from "./schedule.js";
import type { Scope } from "./scope.js";
import { finished, type Kernel, type Logarithms } from "./statement.js";
import type { Store } from "./store.js";
import {
	type LoweredFactor,
	type LoweredUpdate,
	readsOnlyRow,
} from "./updates.js";

/** A kernel that renews all parameters of one factor. */
export interface FactorKernel {
	readonly parameters: readonly string[];
	/** Whether instances are renewed one after the other, so that only the last one is left at its optimum. */
	readonly sequential: boolean;
	readonly kernel: Kernel;
}

export function kernelName({ variable }: FactorUpdate): string {
	return `renew_${variable}`;
}

/** The kernel of a factor: instance by instance, in place, each instance's parameters together. */
export function factorKernel(s: Scheduler, f: LoweredFactor): FactorKernel {
	for (const { plates, updates } of runsOfEqualPlates(f.updates))
		s.loops(plates, s.root, (scope, names) =>
			renewInstance(s, updates, names, scope),
		);
	const parameters = f.updates.map((u) => u.array);
	const turn = f.factor.sequential ? ", one instance after the other" : "";
	const doc = `Renews ${parameters.join(", then ")}${turn}.`;
	const kernel = finished(s, kernelName(f.factor), doc);
	return { parameters, sequential: f.factor.sequential, kernel };
}

/** Updates in a row with the same plates share their loops, so that an instance is renewed as a whole. */
function runsOfEqualPlates(updates: readonly LoweredUpdate[]) {
	const runs: { plates: readonly IndexScalar[]; updates: LoweredUpdate[] }[] =
		[];
	for (const update of updates) {
		const last = runs.at(-1);
		if (last?.plates.length === update.plates.length) last.updates.push(update);
		else runs.push({ plates: update.plates, updates: [update] });
	}
	return runs;
}

/** Renews the parameters of one instance, whose plates' indices are `names`. */
export function renewInstance(
	s: Scheduler,
	updates: readonly LoweredUpdate[],
	names: ReadonlyMap<string, Scalar>,
	scope: Scope,
	keepLogs: KeepLogs = () => null,
): void {
	for (const u of updates) s.keepWithin(scope, u.array);
	for (const u of updates) renewParameter(s, u, names, scope, keepLogs);
}

/** Where the logarithms of the probabilities that an update makes are kept, given the subscripts of the instance. */
export type KeepLogs = (
	u: LoweredUpdate,
	at: readonly Scalar[],
) => Logarithms | null;

export function keepLogsIn(tables: readonly LogTable[], plan: Plan): KeepLogs {
	return (u, at) => {
		const table = tables.find((t) => t.of === u);
		return table ? { array: table.name, at: withoutRow(at, u, plan) } : null;
	};
}

function renewParameter(
	s: Scheduler,
	u: LoweredUpdate,
	names: ReadonlyMap<string, Scalar>,
	scope: Scope,
	keepLogs: KeepLogs,
): void {
	const last = u.components.at(-1);
	const isNormalised = u.how === "normalise" && last !== undefined;
	const looped = isNormalised ? u.components.slice(0, -1) : [];
	s.loops(
		looped,
		scope,
		(inner, all) => {
			const subscripts = [...u.plates, ...u.components];
			const at = subscripts.map((index) => all.get(index.name) ?? index);
			const store: Store = {
				over: u.components.slice(looped.length),
				array: u.array,
				at,
				value: replaceIndices(u.value, all),
				how: u.how === "root" ? "root" : "set",
			};
			s.storeAll([store], inner);
			if (isNormalised)
				inner.statements.push({
					kind: "normalise",
					array: u.array,
					at: at.slice(0, -1),
					size: last.size,
					logs: keepLogs(u, at.slice(0, -1)),
				});
		},
		names,
	);
}

/** Whether every value of a local factor uses local parameters only at the data point in hand. */
export function isRowwise(f: LoweredFactor, plan: Plan): boolean {
	const row = f.plates.find((p) => p.size === plan.dataAxis);
	return (
		row !== undefined &&
		f.updates.every(
			(u) => u.plates.includes(row) && readsOnlyRow(u.value, row.name, plan),
		)
	);
}
