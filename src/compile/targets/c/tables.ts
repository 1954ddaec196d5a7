import type { Kernel } from "../../statement.js";
import type { Layout } from "../infix.js";
import { namesIn } from "../state.js";
import type { CNames } from "./names.js";

/** The state's layout, and that of a kernel's own tables. */
export function layoutOf(kernel: Kernel, { layout }: CNames): Layout {
	return {
		name: (of: string) => layout.name(of),
		dims: (array: string) => kernel.tables.get(array) ?? layout.dims(array),
	};
}

/** The state's names as constants of a function. */
export function unpack(names: CNames, lines: readonly string[]): string[] {
	const { plan } = names;
	const used = new Set(namesIn(lines, names.state.names));
	const whole = plan.sizes.map((s) => names.of(s)).filter((n) => used.has(n));
	const declared = [
		...whole.map((n) => `const int64_t ${n} = st->${n};`),
		...plan.inputs.map((v) => {
			const n = names.of(v.name);
			const type =
				v.dims.length === 0 ? "const double " : "const double *const ";
			return used.has(n) ? `${type}${n} = st->${n};` : "";
		}),
		...[...plan.parameters, ...names.loops.statistics].map((v) => {
			const n = names.of(v.name);
			return used.has(n) ? `double *const ${n} = st->${n};` : "";
		}),
	];
	return declared.filter((line) => line !== "").map((line) => `\t${line}`);
}

/** Memory for tables: one allocation, and a name for each. */
export function tablesOf(
	names: CNames,
	kernel: Kernel,
	tables: readonly string[],
): { open: string[]; close: string[] } {
	if (tables.length === 0) return { open: [], close: [] };
	const lengths = tables.map((t) => names.length(kernel.tables.get(t) ?? []));
	const open = [
		`\tdouble *const tables = room((${lengths.join(" + ")}) * (int64_t)sizeof(double));`,
		"\tif (!tables) return false;",
		...tables.map((t, n) => {
			const before = lengths.slice(0, n).map((length) => ` + ${length}`);
			return `\tdouble *const ${names.layout.name(t)} = tables${before.join("")};`;
		}),
	];
	return { open, close: ["\tfree(tables);"] };
}
