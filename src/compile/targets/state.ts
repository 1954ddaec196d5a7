import type { Dim } from "../../expr/tree.js";
import { kernelsOf, type Loops } from "../kernels.js";
import type { Layout } from "./infix.js";
import type { Identifiers } from "./names.js";

/** Everything that has a place in the state, by its name in the target. */
export interface State {
	readonly layout: Layout;
	/** The target's names of inputs, parameters, kept sums and sizes. */
	readonly names: readonly string[];
}

/** What the kernels read and write, and how it is laid out. */
export function stateOf(loops: Loops, identifiers: Identifiers): State {
	const { plan, statistics } = loops;
	const dims = new Map<string, readonly Dim[] | null>();
	for (const { name, dims: axes } of plan.inputs)
		dims.set(name, axes.length === 0 ? null : axes);
	for (const { name, dims: axes } of plan.parameters) dims.set(name, axes);
	for (const { name, over } of statistics)
		dims.set(
			name,
			over.map((index) => index.size),
		);
	const known = new Set([...dims.keys(), ...plan.sizes]);
	const tables = new Set(
		kernelsOf(loops).flatMap((kernel) => [...kernel.tables.keys()]),
	);
	for (const { name } of statistics) tables.add(blockOf(name));
	const isNamed = (of: string) => known.has(of) || tables.has(of);
	return {
		names: [...known].map((name) => identifiers.of(name)),
		layout: {
			name: (of) => (isNamed(of) ? identifiers.of(of) : of),
			dims: (array) => dims.get(array) ?? null,
		},
	};
}

/** The name of what a sum over the data has gathered since its rounding was last looked at. */
export function blockOf(sum: string): string {
	return `${sum}_block`;
}

/** Those of the names that lines of code use as words of their own. */
export function namesIn(
	lines: readonly string[],
	names: readonly string[],
): readonly string[] {
	return names.filter((name) => {
		const word = new RegExp(`(?<![\\w.])${name}(?!\\w)`);
		return lines.some((line) =>
			word.test(line.replace(/\/[/*].*$|\s#\s.*$/, "")),
		);
	});
}
