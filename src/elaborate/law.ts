import { add, div, log, mul } from "../expr/build.js";
import type { Bound, Expr, Factor, Table } from "../expr/tree.js";
import { some } from "../expr/walk.js";
import { Problem, type Span } from "../problem.js";
import { conditionalParts, isForward } from "./conditional.js";
import { factorOf, lawAt } from "./dependence.js";
import type { Instance } from "./instance.js";
import { densityOf, integrate, logDensityOf, withValues } from "./joint.js";
import { behindNeeds } from "./order.js";
import type { Setting } from "./setting.js";
import { expectUnder, partsOf } from "./tables.js";

/** What an expectation is taken under: it can average a body, and has a density at its own variables. */
export interface Law {
	/** E[body] */
	expectation(body: Expr): Expr;
	/** The log density at the law's variables, as a sum where it factorises. */
	readonly logDensity: Expr;
	readonly density: Expr;
	/** What it binds, where it is a product of independent factors. */
	readonly over: readonly Bound[] | null;
	/** Names of the variables that it binds, for comparing two laws. */
	readonly variables: readonly string[];
}

/** The law of independent factors, each bound whole, at one instance, or at all but one. */
export function factorLaw(
	factors: readonly Factor[],
	instances: readonly Instance[],
): Law {
	const over: readonly Bound[] = instances.map((x) => ({
		factor: boundFactor(factorOf(factors, x.variable), x),
		only: x.at,
		except: x.except,
	}));
	return {
		over,
		expectation: (body) => expectOver(over, body),
		logDensity: add(
			...instances.map((x) => logDensityOf(factorOf(factors, x.variable), x)),
		),
		density: mul(
			...instances.map((x) => densityOf(factorOf(factors, x.variable), x)),
		),
		variables: instances.map((x) => x.variable),
	};
}

/** What an expectation binds: of a chain one state, with its law given the one before. */
function boundFactor(factor: Factor, { variable, at }: Instance): Factor {
	if (!factor.first) return factor;
	if (at?.length !== factor.plates.length)
		throw new Problem(
			`an expectation over all states of \`${variable}\`, which depend on each other`,
			null,
			`one over a single state, given the one before`,
		);
	const { first, ...rest } = factor;
	return { ...rest, ...lawAt(factor, at), variable };
}

function expectOver(over: readonly Bound[], body: Expr): Expr {
	return over.length > 0 ? { kind: "expectation", over, body } : body;
}

/** The law p(of | given): its factors where they can be drawn in turn, else an integral over the density. */
export function conditionalLaw(
	factors: readonly Factor[],
	of: readonly Instance[],
	given: readonly Instance[],
	span: Span,
): Law {
	const forward = isForward(factors, of, given, span);
	const direct = factorLaw(factors, inOrder(factors, of));
	if (forward && given.every((g) => g.value === null)) return direct;
	const { joint, evidence } = conditionalParts(factors, of, given, span);
	const density = evidence ? div(joint, evidence) : joint;
	// The evidence stays outside: it would be computed at every value of the variables.
	const overDensity = (body: Expr) => {
		const over = of.reduceRight<Expr>(
			(tree, x) => integrate(factorOf(factors, x.variable), x, tree),
			mul(joint, body),
		);
		return evidence ? div(over, evidence) : over;
	};
	return {
		over: null,
		expectation: (body) =>
			forward
				? withValues(direct.expectation(body), factors, given)
				: overDensity(body),
		logDensity: forward
			? withValues(direct.logDensity, factors, given)
			: log(density),
		density,
		variables: of.map((x) => x.variable),
	};
}

function inOrder(
	factors: readonly Factor[],
	instances: readonly Instance[],
): readonly Instance[] {
	const position = (x: Instance) =>
		factors.findIndex((f) => f.variable === x.variable);
	return [...instances].sort((a, b) => position(a) - position(b));
}

/** The law of an unnamed density, a product where q was stated to be one. */
export function tableLaw(setting: Setting, table: Table): Law {
	const [only, ...more] = partsOf(setting, table).map((part) =>
		partLaw(setting, part),
	);
	return only && more.length === 0 ? only : jointLaw([only as Law, ...more]);
}

function partLaw(setting: Setting, table: Table): Law {
	return {
		over: null,
		expectation: (body) => expectUnder(setting, table, body),
		logDensity: log(table),
		density: table,
		variables: table.of.map((v) => v.name),
	};
}

/** The law of several independent parts, such as q(μ) q(c). */
export function jointLaw(laws: readonly Law[]): Law {
	const over = laws.every((law) => law.over !== null)
		? inOrderOfReading(laws.flatMap((law) => law.over ?? []))
		: null;
	return {
		over,
		expectation: (body) =>
			over
				? expectOver(over, body)
				: laws.reduceRight((tree, law) => law.expectation(tree), body),
		logDensity: add(...laws.map((law) => law.logDensity)),
		density: mul(...laws.map((law) => law.density)),
		variables: laws.flatMap((law) => law.variables),
	};
}

/** Laws behind those whose variables they mention: in `\mathbb E_{\mu_k, \Lambda_k}` that of μ_k reads Λ_k. */
function inOrderOfReading(over: readonly Bound[]): readonly Bound[] {
	return behindNeeds(over, (b, other) =>
		Object.values(b.factor.parameters).some((parameter) =>
			some(
				parameter,
				(e) => e.kind === "symbol" && e.name === other.factor.variable,
			),
		),
	);
}
