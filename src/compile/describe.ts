import type { Update } from "../check/result.js";
import type { Dim, Expr } from "../expr/tree.js";
import type { FactorUpdate } from "./factors.js";
import type { Plan, Variable } from "./plan.js";

/** The left side of an update in plain text: `m[k]`. */
export function updateLabel(update: Update): string {
	const { name, indices } = update.target;
	return indices.length === 0
		? name
		: `${name}[${indices.map(subscript).join(",")}]`;
}

function subscript(e: Expr): string {
	return e.kind === "index" ? e.name : "…";
}

/** The plan in plain text, for reading and for tests. */
export function describePlan(plan: Plan): string {
	return [
		`data along ${plan.dataAxis ?? "nothing"}`,
		...plan.inputs.map(
			(v) => `input ${variable(v)}${v.observed ? ", observed" : ""}`,
		),
		...plan.parameters.map(
			(p) => `parameter ${variable(p)}, ${p.local ? "local" : "global"}`,
		),
		...plan.locals.map((f) => `local factor ${factor(f)}`),
		...plan.globals.map((f) => `global factor ${factor(f)}`),
	].join("\n");
}

function variable(v: Variable): string {
	return `${v.name}: ${v.type}${axes(v.dims)}`;
}

function axes(dims: readonly Dim[]): string {
	return dims.length === 0 ? "" : `[${dims.join(",")}]`;
}

function factor(f: FactorUpdate): string {
	const names = f.updates.map((u) => u.target.name).join(" then ");
	return `${f.variable}${axes(f.plates)}: ${names}${f.sequential ? ", one after the other" : ""}`;
}
