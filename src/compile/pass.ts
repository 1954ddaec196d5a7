import { fill, type LogTable, logTables, withTables } from "./logarithms.js";
import type { Plan } from "./plan.js";
import { keepLogsIn, renewInstance } from "./renew.js";
import {
	arraysRead,
	type IndexScalar,
	isRead,
	replaceIndices,
	type Scalar,
	someScalar,
} from "./scalar.js";
import type { Scheduler } from "./schedule.js";
import type { Scope } from "./scope.js";
import { finished, type Kernel } from "./statement.js";
import type { Statistic } from "./statistics.js";
import type { Store } from "./store.js";
import type { LoweredFactor } from "./updates.js";

/** The kernel that computes the sums that no sweep changes, or null if there are none. */
export function prepareKernel(
	s: Scheduler,
	name: string,
	statistics: readonly Statistic[],
): Kernel | null {
	const [first] = statistics;
	if (!first) return null;
	overRows(s, first.row, statistics, () => undefined);
	return finished(s, name, "Sums over the data that no sweep changes.");
}

/** The kernel that forms sums for another one, from what the global parameters are before it. */
export function gatherKernel(
	s: Scheduler,
	before: string,
	statistics: readonly Statistic[],
): Kernel {
	overRows(s, statistics[0]?.row as IndexScalar, statistics, () => undefined);
	return finished(
		s,
		`gather_for_${before}`,
		`The sums over the data that ${before} reads.`,
	);
}

/**
 * The kernel that goes through the data once: renews each point's local parameters, if its flag `renew` is set, and
 * collects the sums that depend on them. Null if there is neither.
 *
 * @param keepsLogs whether logarithms of probabilities are kept beside them
 */
export function passKernel(
	s: Scheduler,
	plan: Plan,
	locals: readonly LoweredFactor[],
	statistics: readonly Statistic[],
	keepsLogs: boolean,
): Kernel | null {
	const row =
		locals[0]?.plates.find((p) => p.size === plan.dataAxis) ??
		statistics[0]?.row;
	if (!row) return null;
	const names = locals.flatMap((f) => f.updates.map((u) => u.array));
	const tables = keepsLogs ? logTables(locals, plan, statistics) : [];
	for (const { name, axes } of tables)
		s.table(
			name,
			axes.map((index) => index.size),
			s.root,
		);
	const summed = statistics.map((stat) => ({
		...stat,
		body: withTables(stat.body, tables, plan),
	}));
	overRows(s, row, summed, (scope, here) => {
		if (locals.length === 0) return;
		for (const value of differencesIn(summed, here, plan))
			s.computeFirst(value, here, scope);
		s.ifFlag(
			"renew",
			scope,
			(block) => {
				for (const f of locals) renewRow(s, f, here, plan, block, tables);
			},
			(block) =>
				s.storeAll(
					tables.map((table) => fill(table, here, plan)),
					block,
				),
		);
		for (const name of [...names, ...tables.map((t) => t.name)])
			s.keepWithin(scope, name);
	});
	const renews =
		names.length > 0 ? [`renews ${names.join(", ")} if \`renew\` is set`] : [];
	const collects =
		statistics.length > 0 ? ["adds up what updates and bound need"] : [];
	const doc = `One pass over the data: ${[...renews, ...collects].join(", and ")}.`;
	return finished(s, "pass", doc, locals.length > 0 ? ["renew"] : []);
}

/** Data less their references, as sums need them: each once, so that weights can be made from them too. */
function differencesIn(
	statistics: readonly Statistic[],
	here: IndexScalar,
	plan: Plan,
): readonly Scalar[] {
	const found = new Map<string, Scalar>();
	const data = plan.references.map((r) => r.datum.name);
	const parameters = new Set(plan.parameters.map((p) => p.name));
	for (const { body, row } of statistics)
		someScalar(replaceIndices(body, new Map([[row.name, here]])), (part) => {
			const datum =
				part.kind === "add" &&
				![...arraysRead(part)].some((array) => parameters.has(array)) &&
				data.find((name) => part.terms.some((t) => isRead(t, name)));
			if (datum && !found.has(datum)) found.set(datum, part);
			return false;
		});
	return [...found.values()];
}

/** A loop over the data that does something for each row and then adds its share to the sums. */
function overRows(
	s: Scheduler,
	row: IndexScalar,
	statistics: readonly Statistic[],
	body: (scope: Scope, here: IndexScalar) => void,
): void {
	const sizes = (stat: Statistic) => stat.over.map((index) => index.size);
	for (const stat of statistics) {
		s.root.statements.push({ kind: "clear", array: stat.name });
		s.table(stat.lost, sizes(stat), s.root);
	}
	s.loops([row], s.root, (scope, renamed) => {
		const here = renamed.get(row.name) as IndexScalar;
		body(scope, here);
		s.storeAll(
			statistics.map((stat) => share(stat, here)),
			scope,
		);
	});
	for (const { name, lost } of statistics)
		s.root.statements.push({ kind: "settle", array: name, lost });
}

/** What a row adds to a sum. */
function share(stat: Statistic, row: IndexScalar): Store {
	return {
		over: stat.over,
		array: stat.name,
		at: stat.over,
		value: replaceIndices(stat.body, new Map([[stat.row.name, row]])),
		how: { lost: stat.lost },
	};
}

/** Renews all instances of a local factor that belong to a row. */
function renewRow(
	s: Scheduler,
	f: LoweredFactor,
	row: IndexScalar,
	plan: Plan,
	scope: Scope,
	tables: readonly LogTable[],
): void {
	const own = f.plates.find((p) => p.size === plan.dataAxis);
	const others = f.plates.filter((p) => p !== own);
	const known = new Map<string, Scalar>(own ? [[own.name, row]] : []);
	s.loops(
		others,
		scope,
		(inner, names) =>
			renewInstance(s, f.updates, names, inner, keepLogsIn(tables, plan)),
		known,
	);
}
