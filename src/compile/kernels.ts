import type { Dim } from "../expr/tree.js";
import { withFactorials } from "./factorials.js";
import { lower } from "./lower.js";
import { magnitude } from "./magnitude.js";
import { gatherKernel, passKernel, prepareKernel } from "./pass.js";
import { isSumOfDatum, linearAboutReferences, withMeans } from "./places.js";
import type { Plan } from "./plan.js";
import {
	type FactorKernel,
	factorKernel,
	isRowwise,
	kernelName,
} from "./renew.js";
import { arraysRead, type FoldScalar, type Scalar } from "./scalar.js";
import { Scheduler } from "./schedule.js";
import { overAll, Reads } from "./split.js";
import { finished, type Kernel } from "./statement.js";
import { type Statistic, Statistics } from "./statistics.js";
import { type LoweredFactor, lowerFactor, readsOnlyRow } from "./updates.js";

/** Steps of the compiler that can be left out, to see what each is worth. */
export const steps = [
	/** Local parameters are renewed in the pass that adds up what the others need of them. */
	"fusing",
	/** What does not depend on a loop is computed before it. */
	"hoisting",
	/** Sums of the inputs alone are formed once. */
	"preparing",
	/** The logarithms of probabilities are those of their weights, less one logarithm for each point. */
	"logarithms",
	/** Points are taken by blocks, and several turns of loops at once. */
	"tiling",
	/** Parameters of single points are not written down until they are asked for. */
	"forgetting",
] as const;

export type Step = (typeof steps)[number];

/** Everything that a target has to write down: the plan's functions as loops. */
export interface Loops {
	readonly plan: Plan;
	/** What was left out of the compiler's steps. */
	readonly without: ReadonlySet<Step>;
	/** Sums over the data that are kept in the state. */
	readonly statistics: readonly Statistic[];
	/** Sums that depend on the inputs alone, computed once; the later ones may read the earlier ones. */
	readonly prepares: readonly Kernel[];
	/** One pass over the data; null if there is nothing to do for single data points. */
	readonly pass: Kernel | null;
	/** Whether the pass renews the local parameters; if not, `locals` do. */
	readonly fused: boolean;
	/** The local factors' own kernels, where a pass cannot renew them. */
	readonly locals: readonly FactorKernel[];
	readonly globals: readonly FactorKernel[];
	/** Passes that form sums for other kernels, where these do not see the data. */
	readonly gathers: readonly Gather[];
	/** 𝓛, term by term. */
	readonly elbo: Kernel;
	/** The sum of the sizes of everything added up in 𝓛, which bounds its rounding error. */
	readonly elboSize: Kernel;
}

/** A pass over the data that forms sums from what the global parameters are then. */
export interface Gather {
	/** The kernel that reads the sums. */
	readonly before: string;
	readonly kernel: Kernel;
	readonly statistics: readonly Statistic[];
}

/** All kernels of the loops, in the order in which they are written down. */
export function kernelsOf(loops: Loops): readonly Kernel[] {
	const { prepares, pass, locals, globals, gathers, elbo, elboSize } = loops;
	const factors = [...locals, ...globals, ...gathers].map((f) => f.kernel);
	return [...prepares, pass, ...factors, elbo, elboSize].filter(
		(kernel) => kernel !== null,
	);
}

interface Term {
	readonly name: string;
	readonly value: Scalar;
}

/** The loops of a plan. */
export function makeLoops(
	plan: Plan,
	without: ReadonlySet<Step> = new Set(),
): Loops {
	const means = new Statistics(
		plan.dataAxis,
		(fold) => isSumOfDatum(fold, plan),
		namesIn(plan),
	);
	const located = (v: Scalar) =>
		means.extract(overAll(withMeans(v, plan), plan));
	const isKnown = (array: string) =>
		plan.inputs.some((v) => v.name === array) ||
		means.all.some((s) => s.name === array);
	const fixed = fixedStatistics(plan, isKnown, !without.has("preparing"));
	const swept = sweptStatistics(plan, isKnown);
	const locals = plan.locals.map((f) =>
		rewritten(lowerFactor(plan, f), (v) => fixed.extract(located(v))),
	);
	const extract = (v: Scalar) => swept.extract(fixed.extract(located(v)));
	const reads = new Reads(plan, namesIn(plan));
	const globals = plan.globals.map((f) => {
		const lowered = lowerFactor(plan, f);
		return withValues(
			lowered,
			reads.of(
				kernelName(f),
				lowered.updates.map((u) => u.array),
				lowered.updates.map((u) => linearAboutReferences(u.value, plan)),
				extract,
			),
		);
	});
	const terms = plan.solvable.elboTerms.map(
		({ name, value }): Term => ({
			name,
			value: withFactorials(lower(value, [], new Map(), plan.solvable.context)),
		}),
	);
	const values = terms.map((t) => t.value);
	const kept = renewed(terms, reads.of("elboTerms", [], values, extract));
	const sizes = renewed(
		terms,
		reads.of(
			"elboSizes",
			[],
			values.map((v) => magnitude(v, plan)),
			located,
		),
	);
	const statistics = [
		...means.all,
		...fixed.all,
		...swept.all,
		...reads.gathered.flatMap((g) => g.statistics),
	];
	const scheduler = schedulerFor(plan, statistics, !without.has("hoisting"));
	const fused =
		!without.has("fusing") && locals.every((f) => isRowwise(f, plan));
	return {
		plan,
		without,
		statistics,
		prepares: [
			prepareKernel(scheduler(), "prepareMeans", means.all),
			prepareKernel(scheduler(), "prepare", fixed.all),
		].filter((kernel) => kernel !== null),
		pass: passKernel(
			scheduler(),
			plan,
			fused ? locals : [],
			swept.all,
			!without.has("logarithms"),
		),
		fused,
		locals: fused ? [] : locals.map((f) => factorKernel(scheduler(), f)),
		globals: globals.map((f) => factorKernel(scheduler(), f)),
		gathers: reads.gathered.map((g) => ({
			...g,
			kernel: gatherKernel(scheduler(), g.before, g.statistics),
		})),
		elbo: sumKernel(
			scheduler(),
			"elboTerms",
			"The terms of the evidence lower bound, whole: every constant is included.",
			kept,
		),
		elboSize: sumKernel(
			scheduler(),
			"elboSizes",
			"The sizes of all that is added up in each term, which bound its rounding error.",
			sizes,
		),
	};
}

/** Sums over the data of what is known alone. */
function fixedStatistics(
	plan: Plan,
	isKnown: (array: string) => boolean,
	isWanted: boolean,
): Statistics {
	return new Statistics(
		plan.dataAxis,
		(fold) => isWanted && [...arraysRead(fold.body)].every(isKnown),
		namesIn(plan),
	);
}

/** Sums over the data that change with the local parameters alone, and with those of each point by itself. */
function sweptStatistics(
	plan: Plan,
	isKnown: (array: string) => boolean,
): Statistics {
	const locals = new Set(
		plan.parameters.filter((p) => p.local).map((p) => p.name),
	);
	const isFinal = (fold: FoldScalar) => {
		const reads = [...arraysRead(fold.body)];
		return (
			reads.some((a) => locals.has(a)) &&
			reads.every((a) => isKnown(a) || locals.has(a)) &&
			readsOnlyRow(fold.body, fold.index, plan)
		);
	};
	return new Statistics(plan.dataAxis, isFinal, namesIn(plan));
}

function namesIn(plan: Plan): string[] {
	return [...plan.solvable.context.symbols.keys(), ...plan.sizes];
}

function rewritten(
	factor: LoweredFactor,
	rewrite: (v: Scalar) => Scalar,
): LoweredFactor {
	return withValues(
		factor,
		factor.updates.map((u) => rewrite(u.value)),
	);
}

function withValues(
	factor: LoweredFactor,
	values: readonly Scalar[],
): LoweredFactor {
	return { ...factor, updates: renewed(factor.updates, values) };
}

/** The same things with other values. */
function renewed<T extends { readonly value: Scalar }>(
	things: readonly T[],
	values: readonly Scalar[],
): T[] {
	return things.map((t, n) => ({ ...t, value: values[n] as Scalar }));
}

function schedulerFor(
	plan: Plan,
	statistics: readonly Statistic[],
	hoists: boolean,
): () => Scheduler {
	const letters = new Map<Dim, string[]>();
	for (const [letter, size] of plan.solvable.context.ranges)
		letters.set(size, [...(letters.get(size) ?? []), letter]);
	const reserved = new Set([
		...namesIn(plan),
		...statistics.flatMap((s) => [s.name, s.lost]),
	]);
	const long = new Set(plan.dataAxis === null ? [] : [plan.dataAxis]);
	return () => new Scheduler({ reserved, letters, long, hoists });
}

function sumKernel(
	s: Scheduler,
	name: string,
	doc: string,
	terms: readonly Term[],
): Kernel {
	const values = s.evaluate(
		terms.map((t) => t.value),
		s.root,
	);
	const results = terms.map((t, n) => ({
		name: t.name,
		value: values[n] as Scalar,
	}));
	return { ...finished(s, name, doc), results };
}
