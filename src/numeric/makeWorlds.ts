import { distributionNamed } from "../distributions/index.js";
import type { Context } from "../expr/context.js";
import type { Expr } from "../expr/tree.js";
import { Problem } from "../problem.js";
import { asDegrees, type DrawInfo, drawValue, type Style } from "./draw.js";
import { drawIndices, leastSizes } from "./drawIndices.js";
import { drawFinite } from "./drawTables.js";
import { largeSizes, numbersIn, type Reach } from "./far.js";
import { type Mentions, mentionsOf } from "./mentions.js";
import { type Random, randomFrom } from "./random.js";
import { sizePlan } from "./sizes.js";
import {
	type Condition,
	conditionsOf,
	isLawful,
	movingStatements,
	onSupports,
} from "./supports.js";
import { lengthOf, type World, type WorldValue } from "./world.js";

/**
 * Worlds in which the trees can be evaluated, the smallest first, the same for the same seed. Sizes take 1, 2 and 3;
 * values obey their declared types.
 * @throws Problem if a symbol has no declared type.
 */
export function makeWorlds(
	trees: readonly Expr[],
	context: Context,
	seed: string,
	count = 8,
	reach: Reach = "near",
): World[] {
	const mentions = mentionsOf(trees, context);
	const conditions = conditionsOf(trees, context);
	const beyond = reach === "near" ? null : { reach, numbers: numbersIn(trees) };
	const signature = `${seed}/${count}/${JSON.stringify(beyond)}/${signatureOf(mentions, conditions, context)}`;
	const known = made.get(signature);
	if (known) return known;
	const worlds = newWorlds(mentions, conditions, context, seed, count, beyond);
	if (made.size >= mostKept) made.clear();
	made.set(signature, worlds);
	return worlds;
}

/** What worlds beyond the usual ones are drawn by. */
interface Beyond {
	readonly reach: Reach;
	readonly numbers: readonly number[];
}

/** Steps of one chain mostly mention the same things: then they share worlds, and a side is evaluated once for both. */
const made = new Map<string, World[]>();
const mostKept = 32;

/** Everything that the values of a world depend on. */
function signatureOf(
	mentions: Mentions,
	conditions: readonly Condition[],
	context: Context,
): string {
	const symbols = [...mentions.symbols].sort().map((name) => {
		const info = mentions.unnamed.has(name) ? null : infoOf(name, context);
		return [name, info?.type, info?.dims, info?.labels, info?.above];
	});
	const together = mentions.together.map((t) => [...t].sort());
	const laws = [...mentions.laws].map(([law, names]) => [law, [...names]]);
	const least = [...leastSizes(mentions, context)];
	return JSON.stringify([
		[...mentions.sizes].sort(),
		[...mentions.indices],
		symbols,
		laws,
		[...mentions.unnamed],
		together,
		least,
		[...mentions.reaches.around],
		context.distinct,
		treeText([conditions, movingStatements(context)]),
	]);
}

function treeText(trees: unknown): string {
	return JSON.stringify(trees, (_key, v) =>
		typeof v === "bigint" ? v.toString() : v,
	);
}

function newWorlds(
	mentions: Mentions,
	conditions: readonly Condition[],
	context: Context,
	seed: string,
	count: number,
	beyond: Beyond | null,
): World[] {
	const names = [...mentions.sizes].sort();
	const least = leastSizes(mentions, context);
	const plan = beyond
		? largeSizes(names, count, least, beyond.numbers)
		: sizePlan(names, count, least);
	const worlds = plan.flatMap((sizes, number) => {
		const isFar = beyond?.reach === "far" && number >= worldsAtHome;
		const beside = isFar ? beyond.numbers : undefined;
		const found = makeWorld(mentions, conditions, context, sizes, number, {
			seed,
			beside,
			values: beyond ? mostValuesBeyond : mostValues,
			isLawful: beyond !== null,
		});
		return found ?? [];
	});
	return worlds
		.map((world, number) => ({
			world,
			number,
			size: [...world.sizes.values()].reduce((a, b) => a * b, 1),
		}))
		.sort((a, b) => a.size - b.size || a.number - b.number)
		.map(({ world }) => world);
}

/** So many values an unnamed variable has at most, in usual worlds and in larger ones. */
const [mostValues, mostValuesBeyond] = [3, 6];

/** So many worlds come first that have larger sizes alone. */
const worldsAtHome = 8;

/** How the worlds of one list are drawn. */
interface Manner {
	readonly seed: string;
	readonly beside: readonly number[] | undefined;
	/** How many values an unnamed variable has at most. */
	readonly values: number;
	/** Whether there is no world rather than one in which a law is none, as a Wishart law of too few degrees of freedom. */
	readonly isLawful: boolean;
}

/** How often a world is drawn again until its parameters give laws. */
const mostTries = 40;

/** A world in which the laws that are mentioned are laws, if one is found; else the last that was drawn, or null. */
function makeWorld(
	mentions: Mentions,
	conditions: readonly Condition[],
	context: Context,
	sizes: ReadonlyMap<string, number>,
	number: number,
	manner: Manner,
): World | null {
	const random = randomFrom(`${manner.seed}/${number}`);
	for (let tries = 0; ; tries += 1) {
		const world = drawWorld(
			mentions,
			context,
			sizes,
			number,
			{ ...manner, tries },
			random,
		);
		const fitted = isLawful(world, conditions, context)
			? onSupports(world, context, random)
			: null;
		if (fitted) return fitted;
		if (tries >= mostTries) return manner.isLawful ? null : world;
	}
}

function drawWorld(
	mentions: Mentions,
	context: Context,
	sizes: ReadonlyMap<string, number>,
	number: number,
	{ seed, beside, values: most, tries }: Manner & { readonly tries: number },
	random: Random,
): World {
	const finite = drawFinite(mentions, context, sizes, random, most);
	const values = new Map<string, WorldValue>();
	// Far counts coincide in every fourth world, which they else seldom do.
	const alphabetical = inOrder(mentions.symbols);
	for (const [position, name] of alphabetical.entries()) {
		const domain = finite.domains.get(finite.aliases.get(name) ?? name);
		const info =
			domain && mentions.unnamed.has(name)
				? unnamedInfo(name, context)
				: infoOf(name, context);
		const labels =
			domain?.size ?? (info.labels === null ? 1 : lengthOf(info.labels, sizes));
		const isWhole = info.type === "count" || info.type === "integer";
		const style: Style = {
			random:
				beside && isWhole && number % 4 === 3
					? randomFrom(`${seed}/${number}/alike`)
					: random,
			hunting: number % 4 === 3,
			negative: startsNegative(number + tries, position),
			ample: ![1, 3, 7].includes(number),
			beside,
		};
		values.set(name, drawOf(info, sizes, labels, style));
	}
	const indices = drawIndices(mentions, context, sizes, number, random);
	return {
		sizes,
		indices,
		values,
		...finite,
		functions: { seed: `${seed}/${number}`, positive: number % 2 === 0 },
	};
}

/**
 * By name, without the numbers of names that no reader produces, which depend on what was read before: so that a sheet has
 * the same worlds whatever was checked with it. Symbols are mentioned in the order of the tree.
 */
function inOrder(symbols: ReadonlySet<string>): readonly string[] {
	const base = (name: string) => name.replace(/#.*$/, "#");
	return [...symbols].sort((a, b) =>
		base(a) < base(b) ? -1 : base(a) > base(b) ? 1 : 0,
	);
}

/**
 * Whether the first number drawn for a symbol is negative: column `symbol` of a Hadamard matrix of order 8, so that any two
 * of the first seven symbols meet with equal and with opposite signs, each way round, in eight worlds.
 */
function startsNegative(world: number, symbol: number): boolean {
	let isOdd = false;
	for (let bits = world & (1 + (symbol % 7)); bits > 0; bits >>= 1)
		isOdd = isOdd !== ((bits & 1) === 1);
	return isOdd;
}

/** A value of a symbol in a world of these sizes. */
export function drawOf(
	info: DrawInfo,
	sizes: ReadonlyMap<string, number>,
	labels: number,
	style: Style,
): WorldValue {
	const dims = info.dims.map((d) => lengthOf(d, sizes));
	const value = drawValue(info, dims, labels, style);
	return info.above === undefined
		? value
		: asDegrees(value, lengthOf(info.above, sizes) + (style.ample ? 2 : 0));
}

/**
 * How a symbol is declared. A variable of the model that its law makes 0 or 1, or a count, is that.
 * @throws Problem if it is not declared.
 */
export function infoOf(name: string, context: Context): DrawInfo {
	const info = context.symbols.get(name);
	const statement = context.model?.statements.find((s) => s.variable === name);
	if (info && statement) {
		const { distribution, shape, labels } = statement;
		const domain = distributionNamed(distribution).support(shape, labels);
		if (domain.kind === "counts")
			return { ...info, type: domain.upTo === 1 ? "binary" : "count" };
	}
	if (!info)
		throw new Problem(
			`\`${name}\` has no declared type`,
			null,
			`symbols: {${name}: real}, or another type`,
		);
	return info;
}

/** Unnamed variables need no declaration. */
export function unnamedInfo(name: string, context: Context): DrawInfo {
	return {
		type: "unnamed",
		dims: context.symbols.get(name)?.dims ?? [],
		labels: null,
	};
}
