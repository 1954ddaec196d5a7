import type { CNames } from "./names.js";

/** What a sweep renews by one call. */
interface Update {
	readonly parameters: readonly string[];
	/** An expression that renews them, and says whether there was memory enough. */
	readonly call: string;
}

/** The updates of single data points' parameters, then those of all others. */
export function updatesOf(names: CNames): readonly Update[] {
	const { loops, plan } = names;
	const locals = plan.parameters.filter((p) => p.local).map((p) => p.name);
	const renewed = (name: string) => `${names.of(name)}(st)`;
	const fused =
		locals.length > 0 ? [{ parameters: locals, call: "pass(st, true)" }] : [];
	const apart = loops.locals.map(({ parameters, kernel }) => ({
		parameters,
		call: `${renewed(kernel.name)}${loops.pass ? " && pass(st)" : ""}`,
	}));
	const globals = loops.globals.map(({ parameters, kernel }) => ({
		parameters,
		call: renewed(kernel.name),
	}));
	return [...(loops.fused ? fused : apart), ...globals];
}

/** The two halves of a sweep. */
export function turnsSource(names: CNames): string {
	const updates = updatesOf(names);
	const count = localCount(names);
	const half = (name: string, calls: readonly Update[]) =>
		calls.length === 0
			? `static bool ${name}(struct state *st) {\n\t(void)st;\n\treturn true;\n}`
			: `static bool ${name}(struct state *st) { return ${calls.map(({ call }) => call).join(" && ")}; }`;
	return [
		half("renew_locals", updates.slice(0, count)),
		half("renew_globals", updates.slice(count)),
	].join("\n\n");
}

/** A sweep that looks at the bound after each update, and says by which it fell. */
export function watchedSource(names: CNames): string {
	const updates = updatesOf(names);
	const more = names.pass?.forgets ? ", copies, globals_first" : "";
	return `/* Whether an update, by its number, could be made. */
static bool renew_one(struct state *st, int update) {
	switch (update) {
${updates.map(({ call }, n) => `\tcase ${n}: return ${call};`).join("\n")}
	}
	return false;
}

/* One sweep, with a look at the bound after each update; the number of the one by which it fell stands in the result. */
static int64_t watched_sweep(struct state *st, bool globals_first, double before, double before_size, int64_t sweep${names.pass?.forgets ? ", double *copies" : ""}) {
	for (int n = 0; n < ${updates.length}; n++) {
		const int update = (n + (globals_first ? ${localCount(names)} : 0)) % ${updates.length};
		double now, size;
		if (!renew_one(st, update) || !elbo_of(st, &now, &size)) return OUT_OF_MEMORY;
		if (fell(before, now, fmax(before_size, size), st${more})) return FELL_IN_SWEEP - (sweep * ${updates.length} + update);
		before = now;
		before_size = size;
	}
	return 0;
}`;
}

function localCount(names: CNames): number {
	const { loops } = names;
	return updatesOf(names).length - loops.globals.length;
}
