import { distributionNamed } from "../distributions/index.js";
import type { Context } from "../expr/context.js";
import type { Expr, Factor } from "../expr/tree.js";
import { visit } from "../expr/walk.js";
import { evaluate } from "./evaluate.js";
import { subscriptsOf } from "./instances.js";
import { measureOf } from "./measures.js";
import type { Random } from "./random.js";
import { lengthOf, type World, type WorldValue } from "./world.js";

/** Worlds in which laws are laws, and variables lie where their laws can put them, also where parameters say where that is. */

/** The model's statements whose parameters move the support, in their order: parents come first. */
export function movingStatements(context: Context): readonly Factor[] {
	return (context.model?.statements ?? []).filter(
		(s) => measureOf(s.distribution).sample !== undefined,
	);
}

/** What must be positive for the laws that the trees, the model and the family mention. */
export function conditionsOf(
	trees: readonly Expr[],
	context: Context,
): readonly Condition[] {
	const laws: Condition[] = [];
	const add = (
		law: Pick<Factor, "distribution" | "parameters">,
		plates: Factor["plates"],
	): void => {
		const { requires } = distributionNamed(law.distribution);
		for (const tree of requires?.(law.parameters) ?? [])
			laws.push({ tree, plates });
	};
	for (const f of [
		...(context.model?.statements ?? []),
		...(context.family?.factors ?? []),
	])
		add(f, f.plates);
	for (const tree of trees)
		visit(tree, (e) => {
			if (e.kind === "pdf") add(e, []);
			if (e.kind === "expectation")
				for (const { factor } of e.over) add(factor, factor.plates);
		});
	return laws;
}

/** A number that must be positive for every value of some indices. */
export interface Condition {
	readonly tree: Expr;
	readonly plates: Factor["plates"];
}

/** Whether no condition fails; what the world does not know does not count. */
export function isLawful(
	world: World,
	conditions: readonly Condition[],
	context: Context,
): boolean {
	return conditions.every(({ tree, plates }) =>
		instancesOf(world, plates).every((at) => {
			const [value] = evaluate(tree, at, context).values;
			return value === undefined || !(value <= 0);
		}),
	);
}

/** One world for each value of the plates' indices. */
function instancesOf(world: World, plates: Factor["plates"]): readonly World[] {
	const lengths = plates.map((p) => lengthOf(p.size, world.sizes));
	const count = lengths.reduce((a, b) => a * b, 1);
	return Array.from({ length: count }, (_, n) => {
		const indices = new Map(world.indices);
		const at = subscriptsOf(lengths, n);
		plates.forEach((p, i) => {
			indices.set(p.index, at[i] as number);
		});
		return { ...world, indices };
	});
}

/** The world with such variables drawn anew on their supports; null if some parameters give no law. */
export function onSupports(
	world: World,
	context: Context,
	random: Random,
	variables: ReadonlySet<string> | null = null,
): World | null {
	let made = world;
	for (const statement of movingStatements(context)) {
		const { variable, plates } = statement;
		if (!made.values.has(variable)) continue;
		if (variables && !variables.has(variable)) continue;
		const rows = instancesOf(made, plates).map((at) =>
			drawnAt(at, statement, context, random),
		);
		if (rows.includes("unlawful")) return null;
		if (rows.includes("unknown")) continue;
		const isVector = statement.shape.length > 0;
		const flat = rows as readonly (readonly number[])[];
		const lengths = plates.map((p) => lengthOf(p.size, world.sizes));
		const value = nested(
			flat.map((row) => (isVector ? row : (row[0] as number))),
			lengths,
		);
		made = { ...made, values: new Map(made.values).set(variable, value) };
	}
	return made;
}

function drawnAt(
	world: World,
	{ distribution, parameters, shape }: Factor,
	context: Context,
	random: Random,
): readonly number[] | "unlawful" | "unknown" {
	const known = Object.entries(parameters).flatMap(([name, tree]) => {
		const { values, status } = evaluate(tree, world, context);
		return status === "ok" ? [[name, values] as const] : [];
	});
	const width = shape.reduce<number>(
		(product, dim) => product * lengthOf(dim, world.sizes),
		1,
	);
	const request = { parameters: Object.fromEntries(known), width, random };
	return measureOf(distribution).sample?.(request) ?? "unknown";
}

/** A flat list as an array of the given lengths. */
function nested(
	flat: readonly WorldValue[],
	lengths: readonly number[],
): WorldValue {
	const [length, ...rest] = lengths;
	if (length === undefined) return flat[0] as WorldValue;
	const width = flat.length / length;
	return Array.from({ length }, (_, i) =>
		nested(flat.slice(i * width, (i + 1) * width), rest),
	);
}
