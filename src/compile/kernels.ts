import { lower } from "./lower.js";
import { magnitude } from "./magnitude.js";
import type { Plan } from "./plan.js";
import {
	arraysRead,
	type FoldScalar,
	type IndexScalar,
	replaceIndices,
	type Scalar,
} from "./scalar.js";
import { Scheduler, type Store } from "./schedule.js";
import type { Scope } from "./scope.js";
import type { Kernel, Statement } from "./statement.js";
import { type Statistic, Statistics } from "./statistics.js";
import {
	type LoweredFactor,
	type LoweredUpdate,
	lowerFactor,
	readsOnlyRow,
} from "./updates.js";

/** Everything that a target has to write down: the plan's functions as loops. */
export interface Loops {
	readonly plan: Plan;
	/** Sums over the data that are kept in the state. */
	readonly statistics: readonly Statistic[];
	/** Sums that depend on the inputs alone, computed once; null if there are none. */
	readonly prepare: Kernel | null;
	/** One pass over the data; null if there is nothing to do for single data points. */
	readonly pass: Kernel | null;
	/** Whether the pass renews the local parameters; if not, `locals` do. */
	readonly fused: boolean;
	/** The local factors' own kernels, where a pass cannot renew them. */
	readonly locals: readonly FactorKernel[];
	readonly globals: readonly FactorKernel[];
	/** 𝓛, term by term. */
	readonly elbo: Kernel;
	/** The sum of the sizes of everything added up in 𝓛, which bounds its rounding error. */
	readonly elboSize: Kernel;
}

export interface FactorKernel {
	readonly parameters: readonly string[];
	readonly kernel: Kernel;
}

/** The loops of a plan. */
export function makeLoops(plan: Plan): Loops {
	return new Builder(plan).build();
}

class Builder {
	private readonly fixed: Statistics;
	private readonly swept: Statistics;

	constructor(private readonly plan: Plan) {
		const inputs = new Set(plan.inputs.map((v) => v.name));
		const locals = new Set(
			plan.parameters.filter((p) => p.local).map((p) => p.name),
		);
		const reads = (fold: FoldScalar) => [...arraysRead(fold.body)];
		const taken = plan.solvable.context.symbols.keys();
		this.fixed = new Statistics(
			plan.dataAxis,
			(fold) => reads(fold).every((a) => inputs.has(a)),
			taken,
		);
		this.swept = new Statistics(
			plan.dataAxis,
			(fold) =>
				reads(fold).some((a) => locals.has(a)) &&
				reads(fold).every((a) => inputs.has(a) || locals.has(a)) &&
				readsOnlyRow(fold.body, fold.index, plan),
			taken,
		);
	}

	build(): Loops {
		const { plan } = this;
		const locals = plan.locals.map((f) => this.lowered(f, [this.fixed]));
		const globals = plan.globals.map((f) =>
			this.lowered(f, [this.fixed, this.swept]),
		);
		const fused = locals.every((f) => isRowwise(f, plan));
		const terms = plan.solvable.elboTerms.map(({ name, value }) => ({
			name,
			value: lower(value, [], new Map(), plan.solvable.context),
		}));
		const sizes = terms.map((t) => ({ ...t, value: magnitude(t.value) }));
		return {
			plan,
			statistics: [...this.fixed.all, ...this.swept.all],
			prepare: this.prepare(),
			pass: this.pass(fused ? locals : []),
			fused,
			locals: fused ? [] : locals.map((f) => this.factorKernel(f)),
			globals: globals.map((f) => this.factorKernel(f)),
			elbo: this.sumKernel(
				"elboTerms",
				"The terms of the evidence lower bound, whole: every constant is included.",
				terms,
			),
			elboSize: this.sumKernel(
				"elboSizes",
				"The sizes of all that is added up in each term, which bound its rounding error.",
				sizes,
			),
		};
	}

	private lowered(
		factor: Plan["locals"][number],
		statistics: readonly Statistics[],
	): LoweredFactor {
		const lowered = lowerFactor(this.plan, factor);
		const updates = lowered.updates.map((u) => ({
			...u,
			value: statistics.reduce((value, s) => s.extract(value), u.value),
		}));
		return { ...lowered, updates };
	}

	private scheduler(compensated = false): Scheduler {
		const { plan } = this;
		return new Scheduler({
			reserved: new Set([
				...plan.solvable.context.symbols.keys(),
				...plan.sizes,
				...[...this.fixed.all, ...this.swept.all].map((s) => s.name),
			]),
			long: new Set(plan.dataAxis === null ? [] : [plan.dataAxis]),
			compensated,
		});
	}

	private prepare(): Kernel | null {
		if (this.fixed.all.length === 0) return null;
		const s = this.scheduler();
		this.gather(s, this.fixed.all, s.root);
		return this.kernel(
			s,
			"prepare",
			"The sums over the data that no sweep changes.",
		);
	}

	private pass(locals: readonly LoweredFactor[]): Kernel | null {
		if (locals.length === 0 && this.swept.all.length === 0) return null;
		const s = this.scheduler();
		clear(this.swept.all, s.root);
		const axis = this.plan.dataAxis ?? 1;
		const row: IndexScalar = {
			kind: "index",
			name: rowLetter(locals),
			size: axis,
		};
		s.loops([row], s.root, (inner, renamed) => {
			const here = renamed.get(row.name) as IndexScalar;
			if (locals.length > 0)
				s.ifFlag("renew", inner, (block) => {
					for (const f of locals) this.renewRow(s, f, here, block);
				});
			for (const name of localNames(locals)) s.keepWithin(inner, name);
			s.storeAll(
				this.swept.all.map((stat) => contribution(stat, here)),
				inner,
			);
		});
		const renewed = localNames(locals).join(", ");
		const gathered = this.swept.all.length > 0;
		const doc = [
			`One pass over the data`,
			renewed &&
				`: renews ${renewed}${locals.length > 0 ? " (if `renew` is set)" : ""}`,
			gathered &&
				`${renewed ? " and" : ":"} gathers the sums that the other updates need`,
			".",
		];
		return this.kernel(
			s,
			"pass",
			doc.filter(Boolean).join(""),
			locals.length > 0 ? ["renew"] : [],
		);
	}

	private renewRow(
		s: Scheduler,
		f: LoweredFactor,
		row: IndexScalar,
		scope: Scope,
	): void {
		const others = f.plates.filter((p) => p.size !== this.plan.dataAxis);
		const own = f.plates.find((p) => p.size === this.plan.dataAxis);
		const start = new Map<string, Scalar>(own ? [[own.name, row]] : []);
		s.loops(
			others,
			scope,
			(inner, names) => this.renewInstance(s, f, names, inner),
			start,
		);
	}

	private renewInstance(
		s: Scheduler,
		f: LoweredFactor,
		names: ReadonlyMap<string, Scalar>,
		scope: Scope,
	): void {
		for (const u of f.updates) s.keepWithin(scope, u.array);
		for (const u of f.updates) renew(s, u, names, scope);
	}

	private factorKernel(f: LoweredFactor): FactorKernel {
		const s = this.scheduler();
		for (const { plates, updates } of runsOfEqualPlates(f))
			s.loops(plates, s.root, (inner, names) =>
				this.renewInstance(s, { ...f, updates }, names, inner),
			);
		const parameters = f.updates.map((u) => u.array);
		const turn = f.factor.sequential ? ", one instance after the other" : "";
		return {
			parameters,
			kernel: this.kernel(
				s,
				`renew_${f.factor.variable}`,
				`Renews ${parameters.join(", then ")}${turn}.`,
			),
		};
	}

	private gather(
		s: Scheduler,
		statistics: readonly Statistic[],
		scope: Scope,
	): void {
		clear(statistics, scope);
		const [first] = statistics as readonly [Statistic];
		s.loops([first.row], scope, (inner, renamed) => {
			const row = renamed.get(first.row.name) as IndexScalar;
			s.storeAll(
				statistics.map((stat) => contribution(stat, row)),
				inner,
			);
		});
	}

	private sumKernel(
		name: string,
		doc: string,
		terms: readonly { readonly name: string; readonly value: Scalar }[],
	): Kernel {
		const s = this.scheduler(true);
		const values = s.evaluate(
			terms.map((t) => t.value),
			s.root,
		);
		const results = terms.map((t, i) => ({
			name: t.name,
			value: values[i] as Scalar,
		}));
		return { ...this.kernel(s, name, doc), results };
	}

	private kernel(
		s: Scheduler,
		name: string,
		doc: string,
		flags: readonly string[] = [],
	): Kernel {
		const statements: readonly Statement[] = s.root.statements;
		return { name, doc, flags, statements, results: [], tables: s.tables };
	}
}

/** Whether every value of a local factor uses local parameters only at the data point in hand. */
function isRowwise(f: LoweredFactor, plan: Plan): boolean {
	const row = f.plates.find((p) => p.size === plan.dataAxis);
	return (
		row !== undefined &&
		f.updates.every(
			(u) => u.plates.includes(row) && readsOnlyRow(u.value, row.name, plan),
		)
	);
}

function localNames(locals: readonly LoweredFactor[]): string[] {
	return locals.flatMap((f) => f.updates.map((u) => u.array));
}

function rowLetter(locals: readonly LoweredFactor[]): string {
	return locals[0]?.plates[0]?.name ?? "i";
}

/** Updates in a row with the same plates share their loops, so that an instance is renewed as a whole. */
function runsOfEqualPlates(
	f: LoweredFactor,
): { plates: readonly IndexScalar[]; updates: LoweredUpdate[] }[] {
	const runs: { plates: readonly IndexScalar[]; updates: LoweredUpdate[] }[] =
		[];
	for (const update of f.updates) {
		const last = runs.at(-1);
		if (last && last.plates.length === update.plates.length)
			last.updates.push(update);
		else runs.push({ plates: update.plates, updates: [update] });
	}
	return runs;
}

function clear(statistics: readonly Statistic[], scope: Scope): void {
	for (const { name } of statistics)
		scope.statements.push({ kind: "clear", array: name });
}

function contribution(stat: Statistic, row: IndexScalar): Store {
	return {
		over: stat.over,
		array: stat.name,
		at: stat.over,
		value: replaceIndices(stat.body, new Map([[stat.row.name, row]])),
		how: "add",
	};
}

/** Renews one parameter of one factor instance, whose plates' indices are `names`. */
function renew(
	s: Scheduler,
	u: LoweredUpdate,
	names: ReadonlyMap<string, Scalar>,
	scope: Scope,
): void {
	const looped = u.how === "normalise" ? u.components.slice(0, -1) : [];
	s.loops(
		looped,
		scope,
		(inner, all) => {
			const at = [...u.plates, ...u.components].map(
				(i) => all.get(i.name) ?? i,
			);
			const store: Store = {
				over: u.components.slice(looped.length),
				array: u.array,
				at,
				value: replaceIndices(u.value, all),
				how: u.how === "root" ? "root" : "set",
			};
			s.storeAll([store], inner);
			const last = u.components.at(-1);
			if (u.how === "normalise" && last)
				inner.statements.push({
					kind: "normalise",
					array: u.array,
					at: at.slice(0, -1),
					size: last.size,
				});
		},
		names,
	);
}
