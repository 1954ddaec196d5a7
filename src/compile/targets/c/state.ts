import type { Dim } from "../../../expr/tree.js";
import type { Input, Parameter } from "../../plan.js";
import { factorises } from "../../rows.js";
import { startOf } from "../../starts.js";
import type { End, Limit } from "../../support.js";
import { prepareName } from "./kernels.js";
import type { CNames } from "./names.js";
import { updatesOf } from "./sweeps.js";

/** The structure that all kernels work on. */
export function stateSource(names: CNames): string {
	const { plan, loops } = names;
	const local = plan.parameters.some((p) => p.local);
	const fields = [
		`int64_t ${plan.sizes.map((name) => names.of(name)).join(", ")};`,
		...plan.inputs.map((v) =>
			v.dims.length === 0
				? `double ${names.of(v.name)};`
				: `const double *${names.of(v.name)};`,
		),
		...[...plan.parameters, ...loops.statistics].map(
			({ name }) => `double *${names.of(name)};`,
		),
		"double *kept; /* all sums over the data */",
		...(names.pass ? ["vec *room; /* what threads work in */"] : []),
		...(local
			? [
					"bool keep; /* whether the pass writes down the parameters of single data points */",
				]
			: []),
		"int threads;",
	];
	return `struct state {\n${fields.map((f) => `\t${f}`).join("\n")}\n};`;
}

/** The function that checks what is handed in and makes the state of the first sweep. */
export function startSource(names: CNames): string {
	const { plan, loops } = names;
	const checks = [
		...plan.inputs.map((v, n) => ({ v, code: n, when: "" })),
		...plan.parameters.map((v, n) => ({
			v,
			code: plan.inputs.length + n,
			when: `(given & ${2 ** n}) && `,
		})),
	].map(({ v, code, when }) => {
		const data = names.of(v.name);
		const isNumber = v.dims.length === 0 && when === "";
		const width = v.labels ?? v.dims.at(-1) ?? 1;
		const all = `${names.length(v.dims, "st->")}, ${names.length([width], "st->")}`;
		return `\tif (${when}!is_valid("${v.type}", ${isNumber ? "&" : ""}st->${data}, ${all})) return INVALID - ${code};`;
	});
	const starts = plan.parameters.map(
		(p, n) =>
			`\tif (!(given & ${2 ** n}) && !${startValue(p, names)}) return OUT_OF_MEMORY;`,
	);
	const random = starts.some((line) => line.includes("&random"))
		? ["\tstruct generator random = generator_from(seed);"]
		: ["\t(void)seed;"];
	const lengths = loops.statistics.map((s) =>
		names.length(
			s.over.map((o) => o.size),
			"st->",
		),
	);
	const kept = loops.statistics.map(
		(s, n) =>
			`\tst->${names.of(s.name)} = st->kept${lengths
				.slice(0, n)
				.map((length) => ` + ${length}`)
				.join("")};`,
	);
	const codes = [
		"OUT_OF_MEMORY = -1",
		"SIZE = -2",
		"OPTION = -3",
		"NOT_FINITE = -4",
		"FELL = -5",
		"INVALID = -100",
		"FELL_IN_SWEEP = -100000",
	];
	return [
		`enum { ${codes.join(", ")} };`,
		messageSource(names),
		[
			"/* Checks sizes and values, and gives starting values to the parameters that have none. */",
			"static int64_t start(struct state *st, int64_t given, int64_t seed) {",
			...plan.sizes.map(
				(name) => `\tif (st->${names.of(name)} < 1) return SIZE;`,
			),
			...checks,
			...plan.inputs.flatMap((v, n) => [
				...supportChecks(v, n, names),
				...matrixChecks(v, n, names),
			]),
			...random,
			...starts,
			`\tst->kept = room((${["1", ...lengths].join(" + ")}) * (int64_t)sizeof(double));`,
			"\tif (!st->kept) return OUT_OF_MEMORY;",
			...kept,
			...loops.prepares.map(
				(kernel) => `\tif (!${prepareName(kernel)}(st)) return OUT_OF_MEMORY;`,
			),
			"\treturn 0;",
			"}",
		].join("\n"),
	].join("\n\n");
}

/** Refuses observations that their law gives the probability 0. */
function supportChecks(v: Input, code: number, names: CNames): string[] {
	if (!v.support) return [];
	const { whole, lower, upper, total } = v.support;
	const data = `${v.dims.length === 0 ? "&" : ""}st->${names.of(v.name)}`;
	const length = names.length(v.dims, "st->");
	const side = (end: End | null) =>
		end ? `${limit(end.at, names)}, ${end.open}` : "NULL, 1, false";
	const refuse = `return INVALID - ${code};`;
	const within = `\tif (!is_within(${data}, ${length}, ${whole}, ${side(lower)}, ${side(upper)})) ${refuse}`;
	if (total === null) return [within];
	const width = names.length([v.dims.at(-1) ?? 1], "st->");
	return [
		within,
		`\tif (!adds_up(${data}, ${length}, ${width}, ${limit(total, names)})) ${refuse}`,
	];
}

/** Refuses matrices that are not positive definite, and degrees of freedom for which their density has no integral. */
function matrixChecks(v: Input, code: number, names: CNames): string[] {
	const data = `${v.dims.length === 0 ? "&" : ""}st->${names.of(v.name)}`;
	const length = names.length(v.dims, "st->");
	const refuse = `return INVALID - ${code};`;
	const size = (of: Dim) => names.length([of], "st->");
	const definite = `are_definite(${data}, ${length}, ${size(v.dims.at(-1) ?? 1)})`;
	return [
		...(v.type === "posdef"
			? [
					`\tswitch (${definite}) {`,
					"\tcase -1: return OUT_OF_MEMORY;",
					`\tcase 0: ${refuse}`,
					"\t}",
				]
			: []),
		...(v.above === null
			? []
			: [
					`\tif (!are_above(${data}, ${length}, (double)(${size(v.above)} - 1))) ${refuse}`,
				]),
	];
}

/** Where the values of a limit stand, and how many there are. */
function limit(at: Limit, names: CNames): string {
	if (typeof at === "number") return `&(double){${at}}, 1`;
	const input = names.plan.inputs.find((v) => v.name === at);
	if (!input) return `&(double){(double)st->${names.of(at)}}, 1`;
	return input.dims.length === 0
		? `&st->${names.of(at)}, 1`
		: `st->${names.of(at)}, ${names.length(input.dims, "st->")}`;
}

function messageSource(names: CNames): string {
	const { plan } = names;
	const { doc, prototype } = names.message();
	const supports = new Map(plan.inputs.map((v) => [v.name, v.support]));
	const what = [...plan.inputs, ...plan.parameters].map((v) => {
		const name = v.name.replace(/[^\w ]/g, "_");
		const support = supports.get(v.name);
		const above = "above" in v && v.above !== null ? v.above : null;
		return support
			? `\t\t"each entry of ${name} must be ${support.words}${support.total === null ? "" : `, and each row add up to ${support.total}`}",`
			: `\t\t"${name} must be ${wanted(v)}${above === null ? "" : `, greater than ${above} - 1`}",`;
	});
	const updates = updatesOf(names).map(
		({ parameters }) => `\t\t"${parameters.join(", ")}",`,
	);
	return [
		doc,
		`${prototype} {`,
		"\tstatic const char *const invalid[] = {",
		...what,
		"\t};",
		'\tif (code >= 0) return "no error";',
		`\tif (code <= INVALID && INVALID - code < ${plan.inputs.length + plan.parameters.length}) return invalid[INVALID - code];`,
		"\tswitch (code) {",
		'\tcase OUT_OF_MEMORY: return "out of memory";',
		'\tcase SIZE: return "sizes must be at least 1";',
		'\tcase OPTION: return "max_sweeps must be at least 1, and tolerance at least 0";',
		`\tcase NOT_FINITE: return "the bound is not a finite number${factorises(names.loops) ? ", or a matrix that has to be inverted is not positive definite" : ""}";`,
		'\tcase FELL: return "the bound fell by more than rounding explains";',
		"\t}",
		'\tif (code > FELL_IN_SWEEP) return "unknown error";',
		"\tstatic const char *const updates[] = {",
		...updates,
		"\t};",
		`\tstatic _Thread_local char text[${100 + Math.max(...updates.map((u) => u.length))}];`,
		`\tconst long long at = (long long)(FELL_IN_SWEEP - code);`,
		`\tsnprintf(text, sizeof text, "the bound fell by more than rounding explains in sweep %lld, by the update of %s", at / ${updates.length}, updates[at % ${updates.length}]);`,
		"\treturn text;",
		"}",
	].join("\n");
}

function wanted({ type, dims }: Input | Parameter): string {
	if (type === "posdef")
		return dims.length > 2
			? "symmetric positive definite matrices"
			: "a symmetric positive definite matrix";
	return `${dims.length === 0 ? "a finite number" : "finite numbers"} of the type ${type}`;
}

function startValue(p: Parameter, names: CNames): string {
	const { plan } = names;
	const start = startOf(p, plan);
	const array = `st->${names.of(p.name)}`;
	const length = names.length(p.dims, "st->");
	const width = names.length(p.dims.slice(-1), "st->");
	switch (start.kind) {
		case "rows": {
			const { name, dims } = start.of;
			const rows = names.length(dims.slice(0, 1), "st->");
			return `start_at_rows(&random, st->${names.of(name)}, ${names.length(dims.slice(1), "st->")}, ${rows}, ${array}, ${length})`;
		}
		case "normal": {
			const { of } = start;
			const data =
				of && `${of.dims.length === 0 ? "&" : ""}st->${names.of(of.name)}`;
			const scale = of
				? `spread(${data}, ${names.length(of.dims, "st->")})`
				: "1.0";
			return `start_near_zero(&random, ${array}, ${length}, ${scale})`;
		}
		case "simplex":
			return `start_on_simplex(&random, ${array}, ${length}, ${width})`;
		case "identity":
			return `start_at_identity(${array}, ${length}, ${width})`;
		case "size":
			return `start_at(${array}, ${length}, (double)${names.length([start.of], "st->")})`;
		case "constant":
			return `start_at(${array}, ${length}, ${start.value})`;
	}
}
