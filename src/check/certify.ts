import { all } from "../elaborate/instance.js";
import { densityAt, logDensityOf } from "../elaborate/joint.js";
import { blanketOf } from "../elaborate/optimal.js";
import { add, index, log, num, one, pow, sum, symbol } from "../expr/build.js";
import type { Context } from "../expr/context.js";
import type { Bound, Dim, Expr, Factor, Index, Sym } from "../expr/tree.js";
import { replaceSymbols, some, substituteIndices } from "../expr/walk.js";
import { Problem } from "../problem.js";
import { constant } from "../relations/constant.js";
import { equal } from "../relations/equal.js";
import { withNeededBindersOnly } from "./binders.js";
import { blockOf, withDependents } from "./block.js";
import type { Claim, Decision } from "./claim.js";
import { decide } from "./decide.js";
import { spoken } from "./greek.js";

/** A claimed closed form for one variational parameter, at its own subscripts. */
export interface Assignment {
	readonly target: Sym;
	/** `s_k² = …` states the square. */
	readonly power: number;
	/** The value; for a simplex target the log weights, whose softmax over the last index is the value. */
	readonly value: Expr;
	readonly isLogWeights: boolean;
	/** For a simplex target the value as stated by `=`, which must add up to 1 itself; null where `∝` or `+ const` says less. */
	readonly whole: Expr | null;
}

export interface Certificate {
	readonly decision: Decision;
	readonly text: string;
}

/** The factor of q that a parameter belongs to, or null. */
export function factorOfParameter(
	context: Context,
	name: string,
): Factor | null {
	const mentions = (f: Factor) =>
		Object.values(f.parameters).some((p) =>
			some(p, (e) => e.kind === "symbol" && e.name === name),
		);
	return context.family?.factors.find(mentions) ?? null;
}

/** Names of the variational parameters of a factor and its dependents, in the order of their densities' parameters. */
export function parametersOf(context: Context, factor: Factor): string[] {
	const found = new Set<string>();
	const factors = withDependents(context, factor);
	for (const p of factors.flatMap((f) => Object.values(f.parameters)))
		some(p, (e) => {
			if (
				e.kind === "symbol" &&
				context.symbols.get(e.name)?.role === "variational"
			)
				found.add(e.name);
			return false;
		});
	return [...found];
}

/**
 * Certifies that one factor of q with the assigned parameters, together with those that depend on its variable, is the
 * coordinate optimum of the model's ELBO: log q_j = E_{−j}[log p(x, z)] + const in each of their variables. Bishop (2006), eq. (10.9). *exact*: the optimum over
 * all densities lies in the family and is this one.
 * @throws Problem if parameters of the factor refer to each other in a circle
 */
export async function certifyFactor(
	context: Context,
	factor: Factor,
	assignments: readonly Assignment[],
	seed: string,
): Promise<Certificate> {
	let decision = await decideAll(
		optimumClaims(context, factor, assignments),
		seed,
	);
	for (const assignment of assignments) {
		if (!holds(decision) || !assignment.whole) continue;
		const total = await decide(totalClaim(context, assignment), seed);
		if (!holds(total))
			return { decision: unnormalised(total), text: notNormalised };
		if (total.verdict === "agrees") decision = total;
	}
	const text = certificateText(context, factor, decision);
	return { decision, text };
}

/** The first of the least favourable decisions. */
async function decideAll(
	claims: readonly Claim[],
	seed: string,
): Promise<Decision> {
	const order = ["refuted", "unread", "agrees", "proved"];
	let worst: Decision | null = null;
	for (const claim of claims) {
		const next = await decide(claim, seed);
		if (next.verdict === order[0]) return next;
		if (!worst || order.indexOf(next.verdict) < order.indexOf(worst.verdict))
			worst = next;
	}
	return worst as Decision;
}

const notNormalised =
	"it is in proportion to the optimum, but does not add up to 1";

export function holds({ verdict }: Decision): boolean {
	return verdict === "proved" || verdict === "agrees";
}

/** The verdict on the sum, for the update: the world is one in which the values do not add up to 1. */
function unnormalised(total: Decision): Decision {
	return total.verdict === "refuted"
		? { ...total, reason: notNormalised }
		: total;
}

/** Σ_k f_k = 1 for φ_ik = f_k: `=` states all of φ, and not only its shape. */
function totalClaim(context: Context, { target, whole }: Assignment): Claim {
	const last = target.indices.at(-1);
	const range = last?.kind === "index" && context.ranges.get(last.name);
	if (last?.kind !== "index" || !range || !whole)
		throw new Problem("an update at a fixed subscript", null, "a free index");
	return {
		left: sum(last.name, range, whole),
		right: one,
		relation: equal,
		free: null,
		context,
	};
}

function certificateText(
	context: Context,
	factor: Factor,
	decision: Decision,
): string {
	const factors = withDependents(context, factor);
	const names = factors.map(({ variable, plates }) => {
		const at = plates.map((p) => p.index).join("");
		return `${spoken(variable)}${at === "" ? "" : `_${at}`}`;
	});
	const parents = blockOf(context, factor).filter((f) => !factors.includes(f));
	const given = parents.map((f) => spoken(f.variable)).join(", ");
	const name = `q(${names.join(", ")}${given === "" ? "" : ` | ${given}`})`;
	if (decision.verdict === "proved")
		return `exact: ${name} with this update is the coordinate optimum, log q* = E[log p(x, z)] + const`;
	if (decision.verdict === "agrees")
		return `${name} with this update agrees with the coordinate optimum in every world`;
	return `${name} with this update is not the coordinate optimum of the stated model`;
}

/**
 * log q_j(θ := update) = E_{−j}[log p] + const, as a claim like any other for the factor's variable and each that depends on
 * it. What the factor itself depends on keeps its value.
 */
export function optimumClaims(
	context: Context,
	factor: Factor,
	assignments: readonly Assignment[],
): readonly Claim[] {
	const factors = withDependents(context, factor);
	const { at, ranges } = instanceOf(context, factor);
	const own = new Set(parametersOf(context, factor));
	const left = add(
		...factors.map((f) => updatedLogDensity(f, at, own, assignments)),
	);
	const right = expectedLogJoint(context, blockOf(context, factor), at);
	return factors.map((f) => ({
		left,
		right,
		relation: constant,
		free: { kind: "variable", symbol: symbol(f.variable, at, f.shape) },
		context: { ...context, ranges },
	}));
}

/** One instance of a factor, at subscripts that are free, and the ranges of these. */
export function instanceOf(
	context: Context,
	factor: Factor,
): { at: readonly Index[]; ranges: ReadonlyMap<string, Dim> } {
	const at = factor.plates.map((p) => index(freshFree(p.index)));
	const ranges = new Map(context.ranges);
	factor.plates.forEach((p, i) => {
		ranges.set((at[i] as Index).name, p.size);
	});
	return { at, ranges };
}

/** Marks the free index of a certificate, which no reader produces; shown without the mark. */
export const certified = "*";

function freshFree(name: string): string {
	return `${name}${certified}`;
}

/** The value of one parameter with the new values of others of its factor put in where it names them. */
export function ownValue(
	context: Context,
	factor: Factor,
	all: readonly Assignment[],
	{ target, value }: Assignment,
): Expr {
	const own = new Set(parametersOf(context, factor));
	return withNewValues(value, all, own, target.indices, [target.name]);
}

function updatedLogDensity(
	factor: Factor,
	at: readonly Expr[],
	own: ReadonlySet<string>,
	assignments: readonly Assignment[],
): Expr {
	const variable = symbol(factor.variable, at, factor.shape);
	const weights = assignments.find((a) => a.isLogWeights);
	if (weights && factor.labels !== null) return atLabel(weights, at, variable);
	const pdf = densityAt(factor, at);
	const replace = (e: Expr) => withNewValues(e, assignments, own, at, []);
	const parameters = Object.fromEntries(
		Object.entries(pdf.parameters).map(([k, v]) => [k, replace(v)]),
	);
	return log({ ...pdf, of: variable, parameters });
}

/** Log weights u_ik at k = c_i. */
function atLabel(weights: Assignment, at: readonly Expr[], label: Sym): Expr {
	const map = new Map<string, Expr>();
	weights.target.indices.forEach((i, n) => {
		if (i.kind === "index") map.set(i.name, at[n] ?? label);
	});
	return substituteIndices(withNeededBindersOnly(weights.value), map);
}

/**
 * Parameters of the factor by their new values; a right side that names a parameter of its own factor at the same
 * subscripts means that one's new value too.
 */
export function withNewValues(
	e: Expr,
	assignments: readonly Assignment[],
	own: ReadonlySet<string>,
	at: readonly Expr[],
	within: readonly string[],
): Expr {
	return replaceSymbols(e, (s) => {
		const found = assignments.find((a) => a.target.name === s.name);
		if (!found || !own.has(s.name)) return s;
		const rest = found.target.indices.slice(s.indices.length);
		if (
			!sameSubscripts(s.indices, at.slice(0, s.indices.length)) ||
			rest.length !== s.shape.length - found.target.shape.length
		)
			return s;
		if (within.includes(s.name))
			throw new Problem(
				`the update of ${s.name} refers to itself`,
				null,
				"a right side without it",
			);
		const map = new Map<string, Expr>();
		found.target.indices.slice(0, s.indices.length).forEach((i, n) => {
			if (i.kind === "index") map.set(i.name, at[n] as Expr);
		});
		const value = withNewValues(
			substituteIndices(found.value, map),
			assignments,
			own,
			at,
			[...within, s.name],
		);
		const root =
			found.power === 1 ? value : pow(value, num(`1/${found.power}`));
		return rest.reduceRight(
			(body, i, n) => tabulated(body, i, s.shape[n]),
			root,
		);
	});
}

/** The column of an update's values over one of its subscripts, where the whole vector stands. */
function tabulated(body: Expr, at: Expr, size: Dim | undefined): Expr {
	if (at.kind !== "index" || size === undefined)
		throw new Problem("an update at a fixed subscript", null, "a free index");
	return { kind: "tabulate", index: at.name, size, body };
}

function sameSubscripts(a: readonly Expr[], b: readonly Expr[]): boolean {
	return (
		a.length === b.length &&
		a.every(
			(x, i) =>
				x.kind === "index" && x.name === (b[i] as { name?: string }).name,
		)
	);
}

/** E over all other variables of q of the log joint density, as far as that depends on the block. */
export function expectedLogJoint(
	context: Context,
	block: readonly Factor[],
	at: readonly Expr[],
): Expr {
	const { model, family } = context;
	if (!model || !family)
		throw new Problem(
			"no model to certify against",
			null,
			"a `::: model` and a `::: family` block",
		);
	const over: Bound[] = family.factors.flatMap((f): Bound[] => {
		if (block.every((own) => own.variable !== f.variable))
			return [{ factor: f, only: null, except: null }];
		return f.plates.length === 0 ? [] : [{ factor: f, only: null, except: at }];
	});
	const own = block.map((f) => ({ ...all(f.variable), at }));
	const terms = model.statements.flatMap((s) => {
		const needed = own.flatMap((o) => blanketOf(model.statements, s, o));
		const [first] = needed.filter((n) => !n.at).concat(needed);
		return first ? [logDensityOf(s, first)] : [];
	});
	return { kind: "expectation", over, body: add(...terms) };
}
