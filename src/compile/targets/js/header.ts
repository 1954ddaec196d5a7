import { updateLabel } from "../../describe.js";
import type { Plan, Variable } from "../../plan.js";
import { comment } from "./statements.js";

/** Where the module comes from and what was proved of it, as comments and as the exported constant `sheet`. */
export function header(plan: Plan): string {
	const { title, path, hash, updates, elboTerms } = plan.solvable;
	const open = updates.filter((u) => !u.certified);
	const lines = [
		title,
		"",
		`A solver compiled by Tightbound from ${path}`,
		`SHA-256 of the sheet: ${hash}`,
		"",
		"Updates:",
		...updates.map(
			(u) =>
				`  ${updateLabel(u)}: ${u.certified ? "certified" : "UNVERIFIED"}, ${u.certificate}`,
		),
		"",
		"The evidence lower bound is the sum of:",
		...elboTerms.map((t) => `  ${t.name}`),
	].map((line) => `// ${comment(line)}`.trimEnd());
	const provenance = {
		title,
		path,
		hash,
		verified: open.length === 0,
		updates: updates.map((u) => ({
			target: updateLabel(u),
			certified: u.certified,
			certificate: u.certificate,
		})),
	};
	return [
		...(open.length > 0 ? [banner(open.map(updateLabel)), "//"] : []),
		...lines,
		"",
		`export const sheet = ${JSON.stringify(provenance, null, "\t")};`,
	].join("\n");
}

function banner(targets: readonly string[]): string {
	const bar = "!".repeat(100);
	const text = `UNVERIFIED. No certificate for the update of ${targets.join(", ")}: do not rely on this solver.`;
	return [bar, text, bar].map((line) => `// ${comment(line)}`).join("\n");
}

/** Types of what goes in and comes out, for editors. */
export function documentation(plan: Plan): string {
	const data = plan.inputs.map((v) => `${property(v)} ${shape(v)}`);
	const sizes = plan.sizes.map(
		(name) => `[${JSON.stringify(name)}]: ${sizeDoc(name, plan)}`,
	);
	const parameters = plan.parameters.map((p) => `${property(p)} ${shape(p)}`);
	return [
		"/** @typedef {number | number[] | number[][] | number[][][] | { shape: number[], data: ArrayLike<number> }} Value */",
		"/** @typedef {{ shape: number[], data: Float64Array }} Tensor row-major */",
		"/**",
		" * @typedef {Record<string, Value>} Inputs",
		...[...data, ...sizes].map((line) => ` *   ${comment(line)}`),
		" */",
		"/**",
		" * @typedef {object} Options",
		" * @property {number} [seed] of the starting values that are not given (1)",
		" * @property {Record<string, Value>} [init] starting values of parameters, by name",
		" * @property {number} [maxSweeps] (1000)",
		" * @property {number} [tolerance] stop when bound and parameters change by less, relatively (1e-8)",
		" * @property {number} [threads] without effect: this solver runs on one",
		" * @property {(report: { sweep: number, elbo: number, ms: number, state: () => Pick<Result, 'parameters' | 'elbo'> }) => unknown} [onSweep]",
		" *   called after each sweep; false ends the sweeps. `state` has the solver's own arrays: copy what is to be kept",
		" * @property {Pick<Result, 'parameters' | 'elbo'>} [resume] where to go on, under the options it came from: the same bits as without the stop",
		" * @property {boolean} [debug] look at the bound after every update, not only after every sweep",
		" */",
		"/**",
		" * @typedef {object} Result",
		" * @property {Record<string, Tensor>} parameters",
		...parameters.map((line) => ` *   ${comment(line)}`),
		" * @property {number[]} elbo after each sweep",
		" * @property {number} sweeps",
		" * @property {boolean} converged",
		" * @property {Record<string, unknown>} known sizes and known parameters, for predict",
		" * @property {string[]} warnings",
		" */",
	].join("\n");
}

function property(v: Variable): string {
	return `${v.name}:`;
}

function shape(v: Variable): string {
	return v.dims.length === 0
		? `${v.type} number`
		: `${v.type} [${v.dims.join(", ")}]`;
}

function sizeDoc(name: string, plan: Plan): string {
	const fixed = plan.inputs.some((v) => v.dims.includes(name));
	return fixed ? "whole number, known from the shapes" : "whole number";
}
