import { updateLabel } from "../../describe.js";
import type { Plan, Variable } from "../../plan.js";
import { banner, comment, provenance } from "../provenance.js";

/** Where the module comes from and what was proved of it, as comments and as the exported constant `sheet`. */
export function header(plan: Plan): string {
	const { title, path, hash, updates } = plan.solvable;
	const open = updates.filter((u) => !u.certified);
	const above = banner(plan);
	const lines = [
		...above,
		...(above.length > 0 ? [""] : []),
		...provenance(plan),
	];
	const exported = {
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
		...lines.map((line) => `// ${line}`.trimEnd()),
		"",
		`export const sheet = ${JSON.stringify(exported, null, "\t")};`,
	].join("\n");
}

/** Types of what goes in and comes out, for editors. */
export function documentation(plan: Plan, threads: boolean): string {
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
		...(threads
			? [
					" * @property {number} [threads] as many as there are processors; no result depends on it",
				]
			: []),
		" * @property {(report: { sweep: number, elbo: number, ms: number, state: () => Pick<Result, 'parameters' | 'elbo'> }) => unknown} [onSweep]",
		" *   called after each sweep; false ends the sweeps. `state` has the solver's own arrays: copy what is to be kept",
		" * @property {Pick<Result, 'parameters' | 'elbo'>} [resume] where to go on, under the options it came from: the same bits as without the stop",
		" * @property {boolean} [debug] look at the bound after every update, and whether the update is where it is greatest",
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
