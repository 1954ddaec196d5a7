import {
	type Code,
	call,
	FunctionBody,
	f64x2,
	i32,
	loopWhile,
} from "./encoder.js";

/** A function of the module. */
export interface WasmFunction {
	readonly body: FunctionBody;
	readonly code: Code;
}

const { add, sub, mul, div, pick, bits } = f64x2;
const real = f64x2.const;

/** Adds up a polynomial by Horner's rule, the highest coefficient first, into a local. */
function polynomial(
	body: FunctionBody,
	into: string,
	at: string,
	coefficients: readonly number[],
): Code {
	const [first, ...rest] = coefficients;
	return [
		body.set(into, real(first as number)),
		...rest.map((c) =>
			body.set(into, add(mul(body.get(into), body.get(at)), real(c))),
		),
	];
}

function withLocals(...names: readonly string[]): FunctionBody {
	const body = new FunctionBody([["x", "v128"]], "v128");
	for (const name of names) body.declare(name, "v128");
	return body;
}

const expLocals = ["x", "n", "r", "q", "half"];

/** exp(x) for both lanes. */
export function expFunction(): WasmFunction {
	const body = withLocals(...expLocals.slice(1));
	return { body, code: expOf(body, body.get("x")) };
}

/**
 * exp(x) within 2 units in the last place: x = n log 2 + r with |r| <= log(2)/2, exp(r) by a polynomial (interpolation
 * at Chebyshev's points), then times 2^n in two steps, so that results below the normal numbers are not lost.
 */
function expOf(body: FunctionBody, argument: Code): Code {
	const { get, set } = bound(body);
	const shift = real(0x18000000000000);
	const raised = real(0x18000000000000 + 1023);
	const power = (n: Code) => f64x2.shiftLeft(add(n, raised), 52);
	return [
		set("x", argument),
		set("x", pick(f64x2.gt(get("x"), real(710)), real(710), get("x"))),
		set("x", pick(f64x2.lt(get("x"), real(-746)), real(-746), get("x"))),
		set("n", sub(add(mul(get("x"), real(Math.LOG2E)), shift), shift)),
		set(
			"r",
			sub(
				sub(get("x"), mul(get("n"), real(0.6931471803691238))),
				mul(get("n"), real(1.9082149292705877e-10)),
			),
		),
		polynomial(
			body,
			"q",
			"r",
			[
				2.510038549551032e-8, 2.7620088445409746e-7, 2.7557268459997064e-6,
				2.4801521295954376e-5, 0.00019841269863053618, 0.0013888888917213717,
				0.0083333333333300615, 0.041666666666624129, 0.16666666666666669,
				0.50000000000000011,
			],
		),
		set("half", sub(add(mul(get("n"), real(0.5)), shift), shift)),
		mul(
			mul(
				add(add(mul(mul(get("q"), get("r")), get("r")), get("r")), real(1)),
				power(get("half")),
			),
			power(sub(get("n"), get("half"))),
		),
	];
}

/**
 * log(x) within 2 units in the last place: x = 2^n m with m between √½ and √2, and with s = (m − 1)/(m + 1)
 * log m = 2 s + s³ R(s²), R a polynomial (interpolation at Chebyshev's points).
 */
export function logFunction(): WasmFunction {
	const body = withLocals("tiny", "raised", "n", "f", "s", "z", "r", "h", "y");
	const { get, set } = bound(body);
	const root = 0x3fe6a09e667f3bcdn;
	const code = [
		set("tiny", f64x2.lt(get("x"), real(2 ** -1022))),
		set(
			"raised",
			f64x2.addBits(
				pick(get("tiny"), mul(get("x"), real(2 ** 54)), get("x")),
				bits(0x3ff0000000000000n - root),
			),
		),
		set(
			"n",
			sub(
				f64x2.or(
					f64x2.shiftRight(get("raised"), 52),
					bits(0x4330000000000000n),
				),
				pick(get("tiny"), real(2 ** 52 + 1077), real(2 ** 52 + 1023)),
			),
		),
		set(
			"f",
			sub(
				f64x2.addBits(
					f64x2.and(get("raised"), bits(0x000fffffffffffffn)),
					bits(root),
				),
				real(1),
			),
		),
		set("s", div(get("f"), add(get("f"), real(2)))),
		set("z", mul(get("s"), get("s"))),
		polynomial(
			body,
			"r",
			"z",
			[
				0.146167211662876, 0.15331699634642276, 0.18182889786157991,
				0.22222211125723262, 0.28571428626031065, 0.39999999999899383,
				0.66666666666666696,
			],
		),
		set("h", mul(mul(get("f"), get("f")), real(0.5))),
		set(
			"y",
			sub(
				mul(get("n"), real(0.6931471803691238)),
				sub(
					sub(
						get("h"),
						add(
							mul(get("s"), add(get("h"), mul(get("r"), get("z")))),
							mul(get("n"), real(1.9082149292705877e-10)),
						),
					),
					get("f"),
				),
			),
		),
		set("y", pick(f64x2.eq(get("x"), real(Infinity)), get("x"), get("y"))),
		set("y", pick(f64x2.eq(get("x"), real(0)), real(-Infinity), get("y"))),
		pick(
			f64x2.or(f64x2.lt(get("x"), real(0)), f64x2.ne(get("x"), get("x"))),
			real(Number.NaN),
			get("y"),
		),
	];
	return { body, code };
}

/** Logarithms of weights to probabilities, in place; the largest is taken off first. Their logarithms go to `logs`, unless it is 0. */
export function softmaxFunction(log: number): WasmFunction {
	const body = new FunctionBody(
		[
			["row", "i32"],
			["length", "i32"],
			["logs", "i32"],
		],
		null,
	);
	body.declare("end", "i32");
	body.declare("at", "i32");
	body.declare("away", "i32");
	for (const name of ["largest", "total", "v", ...expLocals])
		body.declare(name, "v128");
	const { get, set } = bound(body);
	const each = (...inner: readonly Code[]): Code => [
		set("at", get("row")),
		loopWhile(
			i32.lt(get("at"), get("end")),
			inner,
			set("at", i32.add(get("at"), i32.const(16))),
		),
	];
	const log_ = i32.add(get("at"), get("away"));
	const ifLogs = (then: Code): Code => [get("logs"), [0x04, 0x40], then, 0x0b];
	const code = [
		set("end", i32.add(get("row"), i32.mul(get("length"), i32.const(16)))),
		set("away", i32.sub(get("logs"), get("row"))),
		set("largest", f64x2.load(get("row"))),
		each(
			set("v", f64x2.load(get("at"))),
			set(
				"largest",
				pick(f64x2.gt(get("v"), get("largest")), get("v"), get("largest")),
			),
		),
		each(
			set("v", sub(f64x2.load(get("at")), get("largest"))),
			ifLogs(f64x2.store(log_, get("v"))),
			set("v", expOf(body, get("v"))),
			f64x2.store(get("at"), get("v")),
			set("total", add(get("total"), get("v"))),
		),
		set("v", div(real(1), get("total"))),
		each(f64x2.store(get("at"), mul(f64x2.load(get("at")), get("v")))),
		ifLogs([
			set("v", call(log, get("total"))),
			each(f64x2.store(log_, sub(f64x2.load(log_), get("v")))),
		]),
	];
	return { body, code };
}

function bound(body: FunctionBody) {
	return {
		get: (name: string) => body.get(name),
		set: (name: string, value: Code) => body.set(name, value),
	};
}
