import type { Context, FreeOf } from "../expr/context.js";
import type { Sym } from "../expr/tree.js";
import { drawOf, infoOf, unnamedInfo } from "./makeWorlds.js";
import { randomFrom } from "./random.js";
import { onSupports } from "./supports.js";
import {
	canonicalVariable,
	extent,
	type World,
	type WorldValue,
} from "./world.js";

/** How many other values a variable of many values is given. */
const otherValues = 3;

/**
 * Worlds that differ in the one variable or index alone; none if it has a single value. The entries that the subscripts
 * leave out all change; other instances of the variable keep their values.
 */
export function vary(
	world: World,
	free: FreeOf,
	context: Context,
	seed: string,
): World[] {
	return free.kind === "index"
		? varyIndex(world, free.name, context)
		: varySymbol(world, free.symbol, context, seed);
}

function varyIndex(world: World, name: string, context: Context): World[] {
	const here = world.indices.get(name);
	const range = context.ranges.get(name);
	if (here === undefined || range === undefined) return [];
	const others = Array.from(
		{ length: extent(world, range) },
		(_, i) => i + 1,
	).filter((value) => value !== here);
	const allowed = others.filter((value) =>
		context.distinct.every(([a, b]) => {
			const other = a === name ? b : b === name ? a : null;
			return other === null || world.indices.get(other) !== value;
		}),
	);
	return allowed.map((value) => ({
		...world,
		indices: new Map(world.indices).set(name, value),
	}));
}

function varySymbol(
	world: World,
	symbol: Sym,
	context: Context,
	seed: string,
): World[] {
	const value = world.values.get(symbol.name);
	if (value === undefined) return [];
	const at = subscripts(world, symbol);
	const domain = world.domains.get(canonicalVariable(world, symbol.name));
	const info = domain
		? unnamedInfo(symbol.name, context)
		: infoOf(symbol.name, context);
	const labels =
		domain?.size ?? (info.labels === null ? 0 : extent(world, info.labels));
	const seen = new Set([JSON.stringify(value)]);
	const worlds: World[] = [];
	for (let n = 0; n < 8 * otherValues && worlds.length < otherValues; n += 1) {
		const random = randomFrom(`${seed}/${symbol.name}/${n}`);
		const drawn = drawOf(info, world.sizes, labels, {
			random,
			hunting: false,
			negative: n % 2 === 0,
		});
		const varied = withValue(world, symbol.name, drawn);
		const allowed = onSupports(varied, context, random, new Set([symbol.name]));
		const all = (allowed ?? varied).values.get(symbol.name) as WorldValue;
		const other = replaced(value, all, at);
		const key = JSON.stringify(other);
		if (seen.has(key)) continue;
		seen.add(key);
		worlds.push(withValue(world, symbol.name, other));
	}
	return worlds;
}

function withValue(world: World, name: string, value: WorldValue): World {
	return { ...world, values: new Map(world.values).set(name, value) };
}

/** The positions that the symbol's subscripts choose; subscripts that are no plain index leave the whole axis free. */
function subscripts(world: World, symbol: Sym): readonly (number | null)[] {
	return symbol.indices.map((e) => {
		if (e.kind === "num") return e.value.valueOf();
		if (e.kind === "size") return extent(world, e.name);
		return e.kind === "index" ? (world.indices.get(e.name) ?? null) : null;
	});
}

/** The array with the chosen entries taken from another. */
function replaced(
	value: WorldValue,
	other: WorldValue,
	at: readonly (number | null)[],
): WorldValue {
	const [first, ...rest] = at;
	if (
		first === undefined ||
		typeof value === "number" ||
		typeof other === "number"
	)
		return other;
	return value.map((v, i) =>
		first === null || i === first - 1
			? replaced(v, other[i] as WorldValue, rest)
			: v,
	);
}
