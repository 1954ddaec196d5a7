import type { Context } from "../expr/context.js";
import type { Expr, Sym } from "../expr/tree.js";
import {
	type Evaluation,
	evaluate,
	makeWorlds,
	type World,
	type WorldValue,
} from "../numeric/index.js";
import { equal } from "../relations/equal.js";
import type { Claim, Decision } from "./claim.js";
import { shownValue } from "./shown.js";

const worldCount = 8;
const workPerSide = 40_000;
const mostUnknowns = 4;
const mostSteps = 40;
/** Newton's method sets out from these multiples of the variable's value, so that several roots may be found. */
const startingFactors = [1, -1, 4];

/**
 * A conclusion about the variable of `expression = 0`, looked at in worlds where the variable is given the value of a root
 * that Newton's method finds: refuted where the conclusion fails at a root, `agrees` where it holds at all that were found.
 * @returns null if no root was found in any world
 */
export function atRoots(
	expression: Expr,
	by: Sym,
	claim: Claim,
	seed: string,
): Decision | null {
	const { context } = claim;
	const worlds = makeWorlds(
		[expression, by, claim.left, claim.right],
		context,
		`${seed}/roots`,
		worldCount,
	);
	let seen = 0;
	for (const start of worlds)
		for (const factor of startingFactors) {
			const world = rootFrom(start, expression, by, context, factor);
			if (!world) continue;
			const outcome = holdsIn(world, claim);
			if (outcome === false) return refutation(world, claim);
			if (outcome) seen += 1;
		}
	if (seen === 0) return null;
	return {
		verdict: "agrees",
		reason: `it holds at ${seen} roots of the premise that were found`,
		rules: [],
		failure: null,
		note: null,
	};
}

function refutation(world: World, claim: Claim): Decision {
	const { left, right } = sides(world, claim);
	return {
		verdict: "refuted",
		reason: "it fails where the premise holds",
		rules: [],
		failure: {
			world,
			other: null,
			left: shownValue(left.values),
			right: shownValue(right.values),
		},
		note: null,
	};
}

function sides(world: World, { left, right, context }: Claim) {
	return {
		left: evaluate(left, world, context, workPerSide),
		right: evaluate(right, world, context, workPerSide),
	};
}

/** The root is known to some ten digits, so that only a clear difference counts. */
function holdsIn(world: World, claim: Claim): boolean | null {
	const { left, right } = sides(world, claim);
	if (claim.relation !== equal || left.status !== "ok" || right.status !== "ok")
		return null;
	let holds: boolean | null = true;
	left.values.forEach((value, n) => {
		const gap = Math.abs(value - (right.values[n] as number));
		const size = Math.abs(value) + Math.abs(right.values[n] as number);
		if (gap > 1e-4 * size) holds = false;
		else if (gap > 1e-7 * size && holds) holds = null;
	});
	return holds;
}

/** The world with the variable moved to a root of the expression; null if Newton's method does not find one. */
function rootFrom(
	start: World,
	expression: Expr,
	by: Sym,
	context: Context,
	factor: number,
): World | null {
	const place = placeOf(start, by);
	if (!place || place.read(start).length > mostUnknowns) return null;
	const at = (theta: readonly number[]) => place.write(start, theta);
	const f = (theta: readonly number[]) =>
		evaluate(expression, at(theta), context, workPerSide);
	let theta = place.read(start).map((x) => x * factor);
	for (let step = 0; step < mostSteps; step += 1) {
		const here = f(theta);
		if (here.status !== "ok" || here.values.length !== theta.length)
			return null;
		if (isSmall(here)) return isAllowed(by, context, theta) ? at(theta) : null;
		const move = newtonStep(f, theta, here.values);
		if (!move) return null;
		theta = theta.map((x, i) => x - (move[i] as number));
	}
	return null;
}

function isSmall({ values, scale, error }: Evaluation): boolean {
	return values.every(
		(v, i) =>
			Math.abs(v) <= 1e-11 * (scale[i] as number) && (error[i] as number) === 0,
	);
}

function isAllowed(
	by: Sym,
	context: Context,
	theta: readonly number[],
): boolean {
	switch (context.symbols.get(by.name)?.type) {
		case "real":
			return true;
		case "positive":
			return theta.every((x) => x > 0);
		case "nonnegative":
			return theta.every((x) => x >= 0);
		case "probability":
			return theta.every((x) => x > 0 && x < 1);
		default:
			return false;
	}
}

/** J⁻¹ f by central differences and elimination; null where J is singular. */
function newtonStep(
	f: (theta: readonly number[]) => Evaluation,
	theta: readonly number[],
	values: readonly number[],
): number[] | null {
	const columns = theta.map((x, j) => {
		const h = 1e-5 * Math.max(1, Math.abs(x));
		const moved = (by: number) =>
			f(theta.map((t, i) => (i === j ? t + by : t)));
		const [up, down] = [moved(h), moved(-h)];
		if (up.status !== "ok" || down.status !== "ok") return null;
		return up.values.map((v, i) => (v - (down.values[i] as number)) / (2 * h));
	});
	if (columns.some((c) => c === null)) return null;
	const rows = values.map((v, i) => [
		...columns.map((c) => (c as number[])[i] as number),
		v,
	]);
	return eliminated(rows);
}

/** Solves a small linear system given as rows with the right side last. */
function eliminated(rows: number[][]): number[] | null {
	const n = rows.length;
	for (let p = 0; p < n; p += 1) {
		const best = rows
			.slice(p)
			.reduce(
				(b, row, i) =>
					Math.abs(row[p] as number) > Math.abs(rows[b]?.[p] as number)
						? p + i
						: b,
				p,
			);
		[rows[p], rows[best]] = [rows[best] as number[], rows[p] as number[]];
		const pivot = rows[p]?.[p] as number;
		if (Math.abs(pivot) < 1e-12) return null;
		for (const row of rows)
			if (row !== rows[p]) {
				const factor = (row[p] as number) / pivot;
				row.forEach((v, c) => {
					row[c] = v - factor * (rows[p]?.[c] as number);
				});
			}
	}
	return rows.map((row, i) => (row[n] as number) / (row[i] as number));
}

interface Place {
	read(world: World): number[];
	write(world: World, theta: readonly number[]): World;
}

/** Where the variable's numbers stand in a world: a number, or a vector, at the values of its free indices. */
function placeOf(world: World, by: Sym): Place | null {
	const path: number[] = [];
	for (const i of by.indices) {
		const at = i.kind === "index" ? world.indices.get(i.name) : undefined;
		if (at === undefined) return null;
		path.push(at - 1);
	}
	const inside = (value: WorldValue | undefined): WorldValue | undefined =>
		path.reduce<WorldValue | undefined>(
			(v, at) => (typeof v === "object" ? v[at] : undefined),
			value,
		);
	const put = (
		value: WorldValue,
		rest: readonly number[],
		leaf: WorldValue,
	): WorldValue => {
		const [at, ...further] = rest;
		if (at === undefined || typeof value === "number") return leaf;
		return value.map((v, i) => (i === at ? put(v, further, leaf) : v));
	};
	const own = inside(world.values.get(by.name));
	if (own === undefined) return null;
	const isVector = typeof own === "object";
	if (isVector && own.some((v) => typeof v !== "number")) return null;
	return {
		read: () => (isVector ? [...(own as readonly number[])] : [own as number]),
		write: (w, theta) => ({
			...w,
			values: new Map(w.values).set(
				by.name,
				put(
					w.values.get(by.name) as WorldValue,
					path,
					isVector ? theta : (theta[0] as number),
				),
			),
		}),
	};
}
