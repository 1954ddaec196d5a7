import {
	type Code,
	FunctionBody,
	f64,
	f64x2,
	i32,
	ifElse,
	loopWhile,
} from "./encoder.js";

/** A function of the module. */
export interface WasmFunction {
	readonly body: FunctionBody;
	readonly code: Code;
}

const { add, sub, mul, div, fused, pick, bits, atMost, atLeast } = f64x2;
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
			body.set(into, fused(body.get(into), body.get(at), real(c))),
		),
	];
}

/**
 * The polynomial of ten coefficients, the lowest first, of r in `r`, its square in `r2` and fourth power in `r4`, by pairs
 * (Estrin's scheme): half as long a chain of operations as Horner's rule.
 */
function byPairs(body: FunctionBody, coefficients: readonly number[]): Code {
	const r = body.get("r");
	const [r2, r4] = [body.get("r2"), body.get("r4")];
	const pair = (n: number) =>
		fused(
			real(coefficients[n + 1] as number),
			r,
			real(coefficients[n] as number),
		);
	const four = (n: number) => fused(pair(n + 2), r2, pair(n));
	return fused(fused(pair(8), r4, four(4)), r4, four(0));
}

function withLocals(...names: readonly string[]): FunctionBody {
	const body = new FunctionBody([["x", "v128"]], "v128");
	for (const name of names) body.declare(name, "v128");
	return body;
}

/** What exponentials work in. */
export const expLocals = ["x", "raised", "n", "r", "r2", "r4", "q", "half"];

/** Adding it rounds to a whole number, which then stands in the lowest bits. */
const shift = 0x18000000000000;

/** exp(x) for both lanes, within 2 units in the last place. */
export function expFunction(): WasmFunction {
	const body = withLocals(...expLocals.slice(1));
	const { get, set } = bound(body);
	const power = (n: Code) => f64x2.shiftLeft(add(n, real(shift + 1023)), 52);
	const whole = add(mul(get("n"), real(0.5)), real(shift));
	const code = [
		set("x", atLeast(atMost(get("x"), real(710)), real(-746))),
		expOfRest(body, shift),
		// times 2^n in two steps, so that results below the normal numbers are not lost
		set("half", sub(whole, real(shift))),
		mul(mul(get("q"), power(get("half"))), power(sub(get("n"), get("half")))),
	];
	return { body, code };
}

/** The power of 2 by which `expBelow` raises its results, so that none is below the normal numbers. */
export const raisedBy = 54;

/** exp(x) times 2^54 for x <= 0, to be scaled later together with all else. */
export function expBelow(body: FunctionBody, argument: Code): Code {
	const { get, set } = bound(body);
	return [
		set("x", atLeast(argument, real(-746))),
		expOfRest(body, shift + 1023 + raisedBy),
		mul(get("q"), f64x2.shiftLeft(get("raised"), 52)),
	];
}

/**
 * Sets n to a whole number with |x − n log 2| <= log(2)/2, and q to the exponential of that rest, by a polynomial
 * (interpolation at Chebyshev's points). What n is raised by stands with it in the lowest bits of `raised`.
 */
function expOfRest(body: FunctionBody, raise: number): Code {
	const { get, set } = bound(body);
	return [
		set("raised", fused(get("x"), real(Math.LOG2E), real(raise))),
		set("n", sub(get("raised"), real(raise))),
		set(
			"r",
			fused(
				get("n"),
				real(-1.9082149292705877e-10),
				fused(get("n"), real(-0.6931471803691238), get("x")),
			),
		),
		set("r2", mul(get("r"), get("r"))),
		set("r4", mul(get("r2"), get("r2"))),
		set(
			"q",
			byPairs(
				body,
				[
					0.50000000000000011, 0.16666666666666669, 0.041666666666624129,
					0.0083333333333300615, 0.0013888888917213717, 0.00019841269863053618,
					2.4801521295954376e-5, 2.7557268459997064e-6, 2.7620088445409746e-7,
					2.510038549551032e-8,
				],
			),
		),
		set("q", add(fused(get("q"), get("r2"), get("r")), real(1))),
	];
}

/**
 * log(x) within 2 units in the last place: x = 2^n m with m between √½ and √2, and with s = (m − 1)/(m + 1)
 * log m = 2 s + s³ R(s²), R a polynomial (interpolation at Chebyshev's points).
 */
export function logFunction(): WasmFunction {
	const body = withLocals(...logLocals.slice(1));
	return { body, code: logOf(body) };
}

/** What logarithms work in. */
export const logLocals = [
	"x",
	"tiny",
	"raised",
	"n",
	"f",
	"s",
	"z",
	"r",
	"h",
	"y",
];

/** The logarithm of x, which stands in a local. */
export function logOf(body: FunctionBody): Code {
	const { get, set } = bound(body);
	return [
		set("tiny", f64x2.lt(get("x"), real(2 ** -1022))),
		logOfNormal(
			body,
			pick(get("tiny"), mul(get("x"), real(2 ** 54)), get("x")),
			pick(get("tiny"), real(2 ** 52 + 1077), real(2 ** 52 + 1023)),
		),
		set("y", pick(f64x2.eq(get("x"), real(Infinity)), get("x"), get("y"))),
		set("y", pick(f64x2.eq(get("x"), real(0)), real(-Infinity), get("y"))),
		pick(
			f64x2.or(f64x2.lt(get("x"), real(0)), f64x2.ne(get("x"), get("x"))),
			real(Number.NaN),
			get("y"),
		),
	];
}

/** The logarithm of x over a power of 2, for x that is finite and normal, or no number. */
export function logOverPower(body: FunctionBody, power: number): Code {
	const { get } = bound(body);
	return [
		logOfNormal(body, get("x"), real(2 ** 52 + 1023 + power)),
		add(get("y"), sub(get("x"), get("x"))),
	];
}

/** Sets y to the logarithm of a normal number over a power of 2, whose exponent is that of 2^52 in `bias` less 1023. */
function logOfNormal(body: FunctionBody, normal: Code, bias: Code): Code {
	const { get, set } = bound(body);
	const root = 0x3fe6a09e667f3bcdn;
	return [
		set("raised", f64x2.addBits(normal, bits(0x3ff0000000000000n - root))),
		set(
			"n",
			sub(
				f64x2.or(
					f64x2.shiftRight(get("raised"), 52),
					bits(0x4330000000000000n),
				),
				bias,
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
	];
}

/**
 * Adds the lanes that held a row to sums, keeps exactly what rounding takes away behind them (Knuth 1969, 4.2.2), and
 * clears the lanes.
 */
export function collectFunction(): WasmFunction {
	const body = new FunctionBody(
		["lanes", "sums", "count", "live"].map((name) => [name, "i32"] as const),
		null,
	);
	for (const name of ["behind", "end"]) body.declare(name, "i32");
	for (const name of ["term", "before", "after", "added"])
		body.declare(name, "f64");
	const { get, set } = bound(body);
	const lost = i32.add(get("sums"), get("behind"));
	const taken = f64.add(
		f64.sub(get("before"), f64.sub(get("after"), get("added"))),
		f64.sub(get("term"), get("added")),
	);
	const code = [
		set("behind", i32.shl(get("count"), i32.const(3))),
		set("end", i32.add(get("sums"), get("behind"))),
		loopWhile(
			i32.below(get("sums"), get("end")),
			[
				set("term", f64.load(get("lanes"))),
				ifElse(
					i32.eq(get("live"), i32.const(2)),
					set(
						"term",
						f64.add(get("term"), f64.load(i32.add(get("lanes"), i32.const(8)))),
					),
					[],
				),
				set("before", f64.load(get("sums"))),
				set("after", f64.add(get("before"), get("term"))),
				set("added", f64.sub(get("after"), get("before"))),
				f64.store(lost, f64.add(f64.load(lost), taken)),
				f64.store(get("sums"), get("after")),
				f64x2.store(get("lanes"), f64x2.const(0)),
			],
			[
				set("sums", i32.add(get("sums"), i32.const(8))),
				set("lanes", i32.add(get("lanes"), i32.const(16))),
			],
		),
	];
	return { body, code };
}

function bound(body: FunctionBody) {
	return {
		get: (name: string) => body.get(name),
		set: (name: string, value: Code) => body.set(name, value),
	};
}
