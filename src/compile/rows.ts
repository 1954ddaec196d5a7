import { kernelsOf, type Loops } from "./kernels.js";
import type { Plan } from "./plan.js";
import { arraysRead, freeIndices, parts, type Scalar } from "./scalar.js";
import type { LoopStatement, Statement } from "./statement.js";

/**
 * The pass over the data, taken apart: what is computed once before, and what is done for each data point. Points do
 * not depend on each other and only add to sums, so that targets may take many at once, in any order.
 */
export interface RowPass {
	readonly before: readonly Statement[];
	readonly rows: LoopStatement;
	/** Whether each point's parameters can be computed anew whenever they are asked for, and need not be kept. */
	readonly forgets: boolean;
}

/** The pass of the loops, or null if they have none. */
export function rowPass(loops: Loops): RowPass | null {
	const { pass, plan, statistics } = loops;
	const rows = pass?.statements.findLast(
		(s): s is LoopStatement =>
			s.kind === "loop" && s.index.size === plan.dataAxis,
	);
	if (!pass || !rows) return null;
	const sums = new Set(statistics.flatMap((s) => [s.name, s.lost]));
	const before = pass.statements.filter(
		(s) =>
			s !== rows &&
			s.kind !== "settle" &&
			!(s.kind === "clear" && sums.has(s.array)) &&
			!(s.kind === "table" && sums.has(s.name)),
	);
	return { before, rows, forgets: forgetsLocals(loops, rows) };
}

/**
 * Why the parameters of single data points have to be kept from one sweep to the next, which data in chunks do not do; null
 * if they need not be.
 */
export function whyKept(loops: Loops): string | null {
	const { plan, fused } = loops;
	const locals = plan.parameters.filter((p) => p.local);
	if (locals.length === 0 || (fused && rowPass(loops)?.forgets)) return null;
	const shared = locals.filter(({ dims }) => dims[0] !== plan.dataAxis);
	const namesOf = (all: typeof locals) => all.map((p) => p.name).join(", ");
	return shared.length > 0
		? `${namesOf(shared)} is the same for all data points, and is renewed together with parameters of single ones`
		: `${namesOf(locals)} belong to single data points, and are renewed from what they were in the sweep before`;
}

/** Whether nothing reads a point's parameters but the pass that has just renewed them. */
function forgetsLocals(loops: Loops, rows: LoopStatement): boolean {
	const { plan, fused, globals, elbo } = loops;
	const locals = localNames(plan);
	if (loops.without.has("forgetting")) return false;
	if (!fused || locals.size === 0 || plan.locals.some((f) => f.sequential))
		return false;
	const others = [...globals.map((g) => g.kernel), elbo];
	const readElsewhere = others.some(
		(kernel) =>
			readsAny(kernel.statements, locals) ||
			kernel.results.some((r) => reads(r.value, locals)),
	);
	const renewal = rows.body.find((s) => s.kind === "if");
	return (
		!readElsewhere &&
		renewal?.kind === "if" &&
		!readsBeforeWriting(renewal.body, locals)
	);
}

function localNames(plan: Plan): ReadonlySet<string> {
	return new Set(plan.parameters.filter((p) => p.local).map((p) => p.name));
}

function reads(value: Scalar, names: ReadonlySet<string>): boolean {
	return [...arraysRead(value)].some((name) => names.has(name));
}

function readsAny(
	statements: readonly Statement[],
	names: ReadonlySet<string>,
): boolean {
	return statements.some(
		(s) =>
			valuesOf(s).some((v) => reads(v, names)) || readsAny(inside(s), names),
	);
}

/** Whether one of the arrays is read before a statement above has written it. */
function readsBeforeWriting(
	statements: readonly Statement[],
	names: ReadonlySet<string>,
): boolean {
	const unwritten = new Set(names);
	const visit = (s: Statement): boolean => {
		if (valuesOf(s).some((v) => reads(v, unwritten))) return true;
		const early = inside(s).some(visit);
		if (s.kind === "store") unwritten.delete(s.array);
		return early;
	};
	return statements.some(visit);
}

/** Names of the arrays that statements and values read or write. */
export function arraysUsed(
	statements: readonly Statement[],
	values: readonly Scalar[] = [],
): ReadonlySet<string> {
	const used = new Set(values.flatMap((v) => [...arraysRead(v)]));
	const note = (s: Statement): void => {
		for (const value of valuesOf(s))
			for (const name of arraysRead(value)) used.add(name);
		if (s.kind === "store" || s.kind === "normalise" || s.kind === "factorise")
			used.add(s.array);
		inside(s).forEach(note);
	};
	statements.forEach(note);
	return used;
}

/** The statements within a statement. */
export function inside(s: Statement): readonly Statement[] {
	switch (s.kind) {
		case "loop":
			return s.body;
		case "tiles":
			return s.parts.flatMap((p) => p.body);
		case "if":
			return [...s.body, ...s.otherwise];
		default:
			return [];
	}
}

/** Whether matrices are inverted anywhere. */
export function factorises(loops: Loops): boolean {
	const isIn = (statements: readonly Statement[]): boolean =>
		statements.some((s) => s.kind === "factorise" || isIn(inside(s)));
	return kernelsOf(loops).some((kernel) => isIn(kernel.statements));
}

/** The values that a statement itself computes or uses as a subscript or bound. */
export function valuesOf(s: Statement): readonly Scalar[] {
	switch (s.kind) {
		case "let":
		case "gather":
			return [s.value];
		case "store":
		case "collect":
			return [s.value, ...s.at];
		case "loop":
			return [s.lower, s.upper, ...s.except];
		case "normalise":
			return [...s.at, ...(s.logs?.at ?? [])];
		case "factorise":
			return s.at;
		default:
			return [];
	}
}

/**
 * What differs from one data point to the next: names of temporaries and of tables made for each point. The rest is the
 * same for all points.
 */
export class Varying {
	private readonly names = new Set<string>();

	/**
	 * @param rows the indices over data points
	 * @param isRowArray whether an array has an element or more for each data point
	 */
	constructor(
		private readonly rows: readonly string[],
		private readonly isRowArray: (array: string) => boolean,
		body: readonly Statement[],
	) {
		for (let before = -1; before < this.names.size; ) {
			before = this.names.size;
			this.note(body);
		}
	}

	has(name: string): boolean {
		return this.names.has(name);
	}

	/** Whether a value may differ between data points. */
	is(value: Scalar): boolean {
		switch (value.kind) {
			case "index":
				return this.rows.includes(value.name);
			case "local":
				return this.names.has(value.name);
			case "read":
				return this.names.has(value.array) || value.at.some((a) => this.is(a));
			default:
				return parts(value).some((part) => this.is(part));
		}
	}

	private note(statements: readonly Statement[]): void {
		for (const s of statements) {
			if (s.kind === "let" && this.is(s.value)) this.names.add(s.name);
			if (s.kind === "gather" && this.is(s.value)) this.names.add(s.into.name);
			if (s.kind === "store" && this.is(s.value) && !this.isRowArray(s.array))
				this.names.add(s.array);
			if (s.kind === "normalise" && s.logs) this.names.add(s.logs.array);
			if (s.kind === "factorise" && this.names.has(s.array))
				this.names.add(s.name);
			this.note(inside(s));
		}
	}
}

/**
 * Whether the loops' bounds are the same for all data points, and no point has a matrix of its own, so that points can be
 * taken together.
 */
export function canShareLanes(
	statements: readonly Statement[],
	varying: Varying,
): boolean {
	return statements.every((s) => {
		const bounds = s.kind === "loop" ? valuesOf(s) : [];
		const isPlain =
			s.kind === "store" || s.kind === "collect" || s.kind === "normalise"
				? !s.at.slice(1).some((a) => varying.is(a))
				: true;
		return (
			isPlain &&
			s.kind !== "factorise" &&
			!bounds.some((b) => varying.is(b)) &&
			canShareLanes(inside(s), varying)
		);
	});
}

/** Whether an index stands anywhere in statements. */
export function mentions(
	statements: readonly Statement[],
	index: string,
): boolean {
	return statements.some(
		(s) =>
			valuesOf(s).some((v) => freeIndices(v).has(index)) ||
			mentions(inside(s), index),
	);
}
