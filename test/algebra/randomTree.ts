import fc from "fast-check";
import {
	add,
	apply,
	dot,
	exp,
	index,
	log,
	matmul,
	mul,
	num,
	pow,
	product,
	size,
	sub,
	sum,
	symbol,
	transpose,
} from "../../src/expr/build.js";
import type { Context, SymbolInfo } from "../../src/expr/context.js";
import type { Expr, Factor } from "../../src/expr/tree.js";
import { mapChildren, substituteIndices } from "../../src/expr/walk.js";

/** Random trees over symbols of all types, for properties of the normal form. */

function declared(
	name: string,
	type: SymbolInfo["type"],
	dims: readonly string[],
): [string, SymbolInfo] {
	const role = "parameter";
	return [name, { name, latex: name, type, dims, labels: null, role, line: 0 }];
}

export const context: Context = {
	symbols: new Map([
		declared("a", "real", ["N"]),
		declared("b", "positive", ["N"]),
		declared("g", "real", ["N", "N"]),
		declared("r", "simplex", ["N", "K"]),
		declared("u", "real", ["K"]),
		declared("c", "real", []),
		declared("p", "positive", []),
		declared("t", "probability", []),
		declared("x", "real", ["D"]),
		declared("y", "real", ["D"]),
		declared("A", "real", ["D", "D"]),
		declared("P", "posdef", ["D", "D"]),
		declared("Q", "posdef", ["D", "D"]),
		declared("z", "real", []),
	]),
	sizes: new Set(["N", "K", "D"]),
	ranges: new Map([
		["i", "N"],
		["j", "N"],
		["k", "K"],
		["l", "K"],
	]),
	distinct: [],
	model: null,
	family: null,
};

export type Draw = (n: number) => number;

/** Names of the indices in scope, by range. */
export interface Scope {
	readonly N: readonly string[];
	readonly K: readonly string[];
}

export const free: Scope = { N: ["i", "j"], K: ["k", "l"] };

let binders = 0;

/** A random tree of a depth, drawn from a stream of numbers so that binders can nest. */
export function tree(
	draw: Draw,
	depth: number,
	scope: Scope = free,
	positive = false,
): Expr {
	const again = (s = scope, p = positive) => tree(draw, depth - 1, s, p);
	if (depth === 0) return leaf(draw, scope, positive);
	switch (draw(positive ? 6 : 13)) {
		case 0:
			return add(again(), again());
		case 1:
			return mul(again(), again());
		case 2:
			return bound(draw, depth, scope, positive);
		case 3:
			return pow(
				again(scope, true),
				num(["-1", "1/2", "2", "-1/2"][draw(4)] as string),
			);
		case 4:
			return exp(mul(num("1/4"), again(scope, false)));
		case 5:
			return leaf(draw, scope, positive);
		case 6:
			return log(again(scope, true));
		case 7:
			return sub(again(), again());
		case 8:
			return pow(again(), 2);
		case 9:
			return apply(
				(["lgamma", "digamma", "sigmoid", "abs"] as const)[draw(4)] as "abs",
				again(scope, true),
			);
		case 10:
			return ofMatrices(draw);
		case 11:
			return mean(
				add(mul(again(), symbol("z")), pow(symbol("z"), 1 + draw(3))),
			);
		default:
			return log(apply("sigmoid", again(scope, false)));
	}
}

function pick(draw: Draw, names: readonly string[]): Expr {
	return index(names[draw(names.length)] as string);
}

function leaf(draw: Draw, { N, K }: Scope, positive: boolean): Expr {
	const ofPositive = [
		() => symbol("b", [pick(draw, N)]),
		() => symbol("p"),
		() => symbol("t"),
		() => symbol("r", [pick(draw, N), pick(draw, K)]),
		() => num(1 + draw(3)),
		() => size("N"),
	];
	const ofReal = [
		() => symbol("a", [pick(draw, N)]),
		() => symbol("c"),
		() => symbol("g", [pick(draw, N), pick(draw, N)]),
		() => symbol("u", [pick(draw, K)]),
		() => num(-2 + draw(4)),
		(): Expr => ({
			kind: "indicator",
			comparison: (["=", "<", "≤", "≠"] as const)[draw(4)] as "=",
			left: pick(draw, N),
			right: pick(draw, N),
		}),
	];
	const choices = positive ? ofPositive : [...ofPositive, ...ofReal];
	return (choices[draw(choices.length)] as () => Expr)();
}

/** Σ or Π, over all of a range, without one value, or up to another index. */
function bound(
	draw: Draw,
	depth: number,
	scope: Scope,
	positive: boolean,
): Expr {
	const range = draw(2) === 0 ? "N" : "K";
	binders += 1;
	const name = `n${binders}`;
	const inside = { ...scope, [range]: [...scope[range], name] };
	const body = tree(draw, depth - 1, inside, positive);
	if (!positive && draw(3) === 0) return product(name, range, body);
	if (positive) return sum(name, range, body);
	const other = index(scope[range][0] as string);
	const way = draw(4);
	const whole = sum(name, range, body, way === 0 ? [other] : []);
	return way === 1 && whole.kind === "sum" ? { ...whole, upper: other } : whole;
}

/** Numbers made of vectors and matrices. */
function ofMatrices(draw: Draw): Expr {
	const vector = () => symbol(["x", "y"][draw(2)] as string, [], ["D"]);
	const matrix = (name: string) => symbol(name, [], ["D", "D"]);
	const P = matrix(["P", "Q"][draw(2)] as string);
	const any = matrix(["A", "P", "Q"][draw(3)] as string);
	const inverse: Expr = { kind: "inverse", of: P };
	const trace = (of: Expr): Expr => ({ kind: "trace", of });
	switch (draw(7)) {
		case 0:
			return dot(vector(), matmul(any, vector()));
		case 1:
			return dot(vector(), matmul(inverse, vector()));
		case 2:
			return trace(matmul(any, P));
		case 3:
			return trace(matmul(inverse, any));
		case 4:
			return log({ kind: "determinant", of: P });
		case 5:
			return trace(matmul(transpose(any), matmul(any, P)));
		default:
			return dot(add(vector(), vector()), vector());
	}
}

const law: Factor = {
	variable: "z",
	plates: [],
	distribution: "Normal",
	parameters: { mean: symbol("c"), covariance: pow(symbol("p"), 2) },
	shape: [],
	labels: null,
};

/** E of something in a normal variable. */
function mean(body: Expr): Expr {
	const over = [{ factor: law, only: null, except: null }];
	return { kind: "expectation", over, body };
}

/** The numbers of a stream, round and round. */
export function drawing(numbers: readonly number[]): Draw {
	let at = 0;
	return (n) => {
		const value = numbers[at % numbers.length] as number;
		at += 1;
		return value % n;
	};
}

export const streams = fc.array(fc.nat(997), { minLength: 12, maxLength: 40 });

/** The same tree with its terms and factors the other way round, and its bound indices under other names. */
export function turned(e: Expr): Expr {
	const inside = mapChildren(e, turned);
	if (inside.kind === "add")
		return { ...inside, terms: [...inside.terms].reverse() };
	if (inside.kind === "mul")
		return { ...inside, factors: [...inside.factors].reverse() };
	if (inside.kind !== "sum" && inside.kind !== "product") return inside;
	const name = `${inside.index}x`;
	const body = substituteIndices(
		inside.body,
		new Map([[inside.index, index(name)]]),
	);
	return { ...inside, index: name, body };
}
