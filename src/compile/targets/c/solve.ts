import { startsAlike } from "../../starts.js";
import type { CNames } from "./names.js";
import { turnsSource, watchedSource } from "./sweeps.js";
import { unpack } from "./tables.js";

/** The exported function `solve`. */
export function solveSource(names: CNames): string {
	const { plan } = names;
	const { doc, prototype } = names.solveDeclaration();
	const globals = plan.parameters.filter((p) => !p.local);
	const watched = globals.length > 0 ? globals : plan.parameters;
	const lengths = watched.map((p) => names.length(p.dims));
	const copies = watched.map((p, n) => ({
		array: names.of(p.name),
		copy: `copies${lengths
			.slice(0, n)
			.map((length) => ` + ${length}`)
			.join("")}`,
		length: lengths[n],
	}));
	const given = plan.parameters.map((p, n) => ({
		bit: 2 ** n,
		array: names.of(p.name),
		length: names.length(p.dims),
	}));
	return [
		turnsSource(names),
		keptSource(names, copies),
		`/* The bound, and the size of its terms. */
static bool elbo_of(struct state *st, double *value, double *size) { return elbo_terms(st, value, size); }

/* Whether the bound fell by more than rounding explains: 64 units in the last place of all that is added up. */
static bool fell(double before, double now, double size, struct state *st${names.pass?.forgets ? ", double *copies, bool globals_first" : ""}) {
	const double epsilon = 2.220446049250313e-16;
	if (!(now < before - 64.0 * epsilon * size)) return false;
	double total, sizes;
	${names.pass?.forgets ? "if (!st->keep && !write_down(st, copies, globals_first)) return true;\n\t" : ""}return elbo_sizes(st, &total, &sizes) && now < before - 64.0 * epsilon * sizes;
}`,
		watchedSource(names),
		sweepsSource(names, copies),
		[
			doc,
			`${prototype} {`,
			...openState(names),
			"\tif (max_sweeps < 1 || !(tolerance >= 0.0)) return OPTION;",
			...plan.sizes.map((s) => `\tif (${names.of(s)} < 1) return SIZE;`),
			"\t/* Starting values that were handed in, to go back to should the bound fall. */",
			`\tdouble *const first = room((${["0", ...given.map(({ bit, length }) => `(given & ${bit} ? ${length} : 0)`)].join(" + ")}) * (int64_t)sizeof(double));`,
			"\tif (!first) return OUT_OF_MEMORY;",
			"\tdouble *place = first;",
			...given.map(
				({ bit, array, length }) =>
					`\tif (given & ${bit}) place = (double *)memcpy(place, ${array}, (size_t)(${length}) * sizeof(double)) + ${length};`,
			),
			"\tint64_t code = sweep_on(st, given, seed, max_sweeps, tolerance, elbo, false);",
			"\tif (code == FELL) {",
			"\t\tplace = first;",
			...given.map(
				({ bit, array, length }) =>
					`\t\tif (given & ${bit}) memcpy(${array}, place, (size_t)(${length}) * sizeof(double)), place += ${length};`,
			),
			"\t\tcode = sweep_on(st, given, seed, max_sweeps, tolerance, elbo, true);",
			"\t}",
			"\tfree(first);",
			"\treturn code;",
			"}",
		].join("\n"),
	].join("\n\n");
}

interface Copied {
	readonly array: string;
	readonly copy: string;
	readonly length?: string;
}

/** All sweeps from the starting values on; `watch` tells by which update the bound falls. */
function sweepsSource(names: CNames, copies: readonly Copied[]): string {
	const { plan, loops } = names;
	const forgets = names.pass?.forgets ?? false;
	const lines = [
		"\tint64_t code = start(st, given, seed);",
		...(forgets ? ["\tst->keep = watch;"] : []),
		`\tdouble *const copies = room((${copies.map(({ length }) => length).join(" + ")}) * (int64_t)sizeof(double));`,
		"\tif (!copies && code == 0) code = OUT_OF_MEMORY;",
		`\tconst bool globals_first = ${globalsFirst(names)};`,
		"\tdouble before = 0.0, before_size = 0.0;",
		...(loops.pass
			? [
					`\tif (code == 0 && !pass(st${loops.fused && plan.locals.length > 0 ? ", false" : ""})) code = OUT_OF_MEMORY;`,
				]
			: []),
		"\tif (code == 0 && !elbo_of(st, &before, &before_size)) code = OUT_OF_MEMORY;",
		"\tbool converged = false;",
		"\twhile (code >= 0 && code < max_sweeps && !converged) {",
		...copies.map(
			({ array, copy, length }) =>
				`\t\tmemcpy(${copy}, ${array}, (size_t)(${length}) * sizeof(double));`,
		),
		`\t\tconst int64_t wrong = watch ? watched_sweep(st, globals_first, before, before_size, code + 1${forgets ? ", copies" : ""}) : 0;`,
		"\t\tconst bool done = watch || (globals_first ? renew_globals(st) && renew_locals(st) : renew_locals(st) && renew_globals(st));",
		"\t\tdouble now, size;",
		"\t\tif (wrong < 0) code = wrong;",
		"\t\telse if (!done || !elbo_of(st, &now, &size)) code = OUT_OF_MEMORY;",
		"\t\telse if (!isfinite(now)) code = NOT_FINITE;",
		`\t\telse if (fell(before, now, fmax(before_size, size), st${forgets ? ", copies, globals_first" : ""})) code = FELL;`,
		"\t\tif (code < 0) break;",
		"\t\telbo[code++] = now;",
		"\t\tdouble move = 0.0;",
		...copies.map(
			({ array, copy, length }) =>
				`\t\tmove = fmax(move, largest_move(${array}, ${copy}, ${length}));`,
		),
		"\t\tconverged = now - before <= tolerance * fabs(now) && move <= tolerance;",
		"\t\tbefore = now;",
		"\t\tbefore_size = size;",
		"\t}",
		...(forgets
			? [
					"\tif (code > 0 && !write_down(st, copies, globals_first)) code = OUT_OF_MEMORY;",
				]
			: []),
		"\tfree(copies);",
		"\tfree(st->kept);",
		...(names.pass ? ["\tfree(st->room);", "\tst->room = NULL;"] : []),
		"\treturn code;",
	];
	return [
		"/* All sweeps from the starting values on; if `watch`, with a look at the bound after each update. */",
		"static int64_t sweep_on(struct state *st, int64_t given, int64_t seed, int64_t max_sweeps, double tolerance, double *elbo, bool watch) {",
		...unpack(names, lines),
		...lines,
		"}",
	].join("\n");
}

/** Where the pass does not write down the parameters of single data points: a last pass that does. */
function keptSource(names: CNames, copies: readonly Copied[]): string {
	if (!names.pass?.forgets) return "";
	const { plan } = names;
	const hasGlobals = plan.parameters.some((p) => !p.local);
	const swap = hasGlobals
		? copies.map(
				({ array, copy, length }) =>
					`\tif (!globals_first) swap_numbers(${array}, ${copy}, ${length});`,
			)
		: [];
	const body = [
		...swap,
		"\tst->keep = true;",
		"\tconst bool done = pass(st, true);",
		...swap,
		"\treturn done;",
	];
	const sizes = plan.sizes.filter((s) =>
		swap.some((line) => new RegExp(`\\b${names.of(s)}\\b`).test(line)),
	);
	return [
		"/* Writes down the parameters of single data points, from those that the last pass had before it. */",
		"static bool write_down(struct state *st, double *copies, bool globals_first) {",
		...sizes.map((s) => `\tconst int64_t ${names.of(s)} = st->${names.of(s)};`),
		...(hasGlobals
			? copies.map(({ array }) => `\tdouble *const ${array} = st->${array};`)
			: ["\t(void)copies, (void)globals_first;"]),
		...body,
		"}",
	].join("\n");
}

function openState(names: CNames): string[] {
	const { plan } = names;
	const all = [
		...plan.sizes,
		...plan.inputs.map((v) => v.name),
		...plan.parameters.map((p) => p.name),
	].map((name) => `.${names.of(name)} = ${names.of(name)}`);
	return [
		`\tstruct state state = {${[...all, ".threads = threads"].join(", ")}};`,
		"\tstruct state *const st = &state;",
		...(plan.parameters.some((p) => p.local) && !names.pass?.forgets
			? ["\tstate.keep = true;"]
			: []),
	];
}

/** Whether the global parameters are renewed first: when the sweeps start from the local ones. */
function globalsFirst(names: CNames): string {
	const { plan } = names;
	const bits = (local: boolean) =>
		plan.parameters.reduce(
			(sum, p, n) => (p.local === local ? sum + 2 ** n : sum),
			0,
		);
	const [locals, globals] = [bits(true), bits(false)];
	const alike = startsAlike(plan) && locals > 0;
	return `(given & ${locals}) ? (given & ${globals}) != ${globals} : ${alike} && !(given & ${globals})`;
}

/** The exported function \`predict\`. */
export function predictSource(names: CNames): string {
	const { plan, loops } = names;
	const { doc, prototype } = names.predictDeclaration();
	const rounds = loops.fused && plan.locals.length === 1 ? 1 : 1000;
	const locals = plan.parameters.filter((p) => p.local);
	const lengths = locals.map((p) => names.length(p.dims));
	const given = plan.parameters.reduce(
		(sum, p, n) => (p.local ? sum : sum + 2 ** n),
		0,
	);
	const at = (n: number) =>
		lengths
			.slice(0, n)
			.map((length) => ` + ${length}`)
			.join("");
	return [
		doc,
		`${prototype} {`,
		...openState(names),
		...(locals.length > 0 && names.pass?.forgets
			? ["\tstate.keep = true;"]
			: []),
		`\tint64_t code = start(&state, ${given}, 1);`,
		...(rounds > 1 && locals.length > 0
			? [
					`\tdouble *const copies = room((${lengths.join(" + ")}) * (int64_t)sizeof(double));`,
					"\tif (!copies && code == 0) code = OUT_OF_MEMORY;",
					`\tfor (int round = 0; code == 0 && round < ${rounds}; round++) {`,
					...locals.map(
						(p, n) =>
							`\t\tmemcpy(copies${at(n)}, ${names.of(p.name)}, (size_t)(${lengths[n]}) * sizeof(double));`,
					),
					"\t\tif (!renew_locals(st)) code = OUT_OF_MEMORY;",
					"\t\tdouble move = 0.0;",
					...locals.map(
						(p, n) =>
							`\t\tmove = fmax(move, largest_move(${names.of(p.name)}, copies${at(n)}, ${lengths[n]}));`,
					),
					"\t\tif (move <= 1e-12) break;",
					"\t}",
					"\tfree(copies);",
				]
			: ["\tif (code == 0 && !renew_locals(st)) code = OUT_OF_MEMORY;"]),
		"\tfree(state.kept);",
		...(names.pass ? ["\tfree(state.room);"] : []),
		"\treturn code;",
		"}",
	].join("\n");
}
