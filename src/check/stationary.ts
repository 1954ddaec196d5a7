import { logDensityOf } from "../elaborate/joint.js";
import { add, mul, num, pow } from "../expr/build.js";
import type { Context } from "../expr/context.js";
import type { Bound, Derivative, Expr, Factor, Sym } from "../expr/tree.js";
import {
	evaluate,
	makeWorlds,
	type World,
	type WorldValue,
} from "../numeric/index.js";
import { Problem } from "../problem.js";
import { type Assignment, ownValue } from "./certify.js";
import { follows } from "./condition.js";

/**
 * Whether an update is the maximum of 𝓛 along its own parameter, whatever the factor's other parameters are: the only
 * root of ∂𝓛/∂θ = 0 by the normal form, with the derivative falling through it, and a root in every world by automatic
 * differentiation. This certifies an update whose companions are missing or wrong, and one within a family that does
 * not hold the free optimum (*restricted*).
 */
export function isStationary(
	context: Context,
	factor: Factor,
	all: readonly Assignment[],
	assignment: Assignment,
	seed: string,
): boolean {
	if (assignment.isLogWeights || assignment.target.shape.length > 1)
		return false;
	try {
		const value = ownValue(context, factor, all, assignment);
		const gradient = boundGradient(context, assignment.target);
		const condition = {
			expression: gradient,
			by: assignment.target,
			context,
			line: 0,
		};
		const left =
			assignment.power === 1
				? assignment.target
				: pow(assignment.target, assignment.power);
		if (
			!follows(
				condition,
				{ left, right: value, relation: "equal", free: null },
				"maximum",
			)
		)
			return false;
		return vanishesInWorlds(context, gradient, assignment, value, seed);
	} catch (error) {
		if (error instanceof Problem) return false;
		throw error;
	}
}

/** ∂𝓛/∂θ as a tree, 𝓛 as expectations under the family. */
export function boundGradient(context: Context, by: Sym): Derivative {
	return { kind: "derivative", body: elbo(context), by, order: 1 };
}

/** 𝓛 as expectations under the family, term by term. */
function elbo(context: Context): Expr {
	const { model, family } = context;
	if (!model || !family)
		throw new Problem(
			"no model to certify against",
			null,
			"a model and a family",
		);
	const over: Bound[] = family.factors.map((f) => ({
		factor: f,
		only: null,
		except: null,
	}));
	const expected = (f: Factor): Expr => ({
		kind: "expectation",
		over,
		body: logDensityOf(f, {
			variable: f.variable,
			at: f.plates.length === 0 ? [] : null,
			except: null,
			value: null,
		}),
	});
	return add(
		...model.statements.map(expected),
		...family.factors.map((f) => mul(num(-1), expected(f))),
	);
}

function vanishesInWorlds(
	context: Context,
	gradient: Derivative,
	assignment: Assignment,
	value: Expr,
	seed: string,
): boolean {
	let deciding = 0;
	for (const world of makeWorlds([gradient, value], context, seed).slice(
		0,
		4,
	)) {
		const root = evaluate(value, world, context);
		if (root.status !== "ok") continue;
		const moved = withRoot(world, assignment, root.values);
		const slope = moved ? evaluate(gradient, moved, context) : null;
		if (slope?.status !== "ok") continue;
		const vanishes = slope.values.every(
			(v, n) =>
				Math.abs(v) <=
				1e-7 * (slope.scale[n] as number) + 6 * (slope.error[n] as number),
		);
		if (!vanishes) return false;
		deciding += 1;
	}
	return deciding > 0;
}

/** The world with the parameter at its root, at the subscripts that the world gives to the free indices. */
function withRoot(
	world: World,
	{ target, power }: Assignment,
	values: readonly number[],
): World | null {
	const at = target.indices.map((i) =>
		i.kind === "index" ? world.indices.get(i.name) : undefined,
	);
	if (at.some((i) => i === undefined)) return null;
	const entries = values.map((v) => v ** (1 / power));
	const root: WorldValue =
		target.shape.length === 0 ? (entries[0] as number) : entries;
	const before = world.values.get(target.name);
	if (before === undefined) return null;
	return {
		...world,
		values: new Map(world.values).set(
			target.name,
			replaced(before, at as number[], root),
		),
	};
}

function replaced(
	value: WorldValue,
	at: readonly number[],
	root: WorldValue,
): WorldValue {
	const [first, ...rest] = at;
	if (first === undefined || typeof value === "number") return root;
	return value.map((v, n) => (n === first - 1 ? replaced(v, rest, root) : v));
}
