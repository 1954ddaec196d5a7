import {
	type Code,
	FunctionBody,
	f64x2,
	i32,
	ifElse,
	loopWhile,
} from "./encoder.js";
import {
	expBelow,
	expLocals,
	logLocals,
	logOverPower,
	raisedBy,
	type WasmFunction,
} from "./functions.js";

const { add, sub, mul, div, atLeast } = f64x2;

/**
 * Logarithms of weights to probabilities, in place, for rows that are a stride apart; the largest is taken off first.
 * Their logarithms go to `logs`, if they are wanted. `scale` has room for two vectors for each row. Each step is done for all
 * rows before the next, so that their long chains of operations overlap.
 */
export function softmaxFunction(withLogs: boolean): WasmFunction {
	const parameters = "rows stride count length logs logsStride scale".split(
		" ",
	);
	const ifLogs = (code: Code): Code => (withLogs ? code : []);
	const body = new FunctionBody(
		parameters.map((name) => [name, "i32"] as const),
		null,
	);
	for (const name of ["end", "at", "to", "row", "row2", "place", "left"])
		body.declare(name, "i32");
	for (const name of ["v", "w", ...expLocals, ...logLocals])
		body.declare(name, "v128");
	const get = (name: string) => body.get(name);
	const set = (name: string, value: Code) => body.set(name, value);
	const step = (name: string, by: Code) => set(name, i32.add(get(name), by));
	const eachRow = (...inner: readonly Code[]): Code => [
		set("row", get("rows")),
		set("row2", get("logs")),
		set("place", get("scale")),
		set("left", get("count")),
		loopWhile(i32.gt(get("left"), i32.const(0)), inner, [
			step("row", get("stride")),
			step("row2", get("logsStride")),
			step("place", i32.const(32)),
			step("left", i32.const(-1)),
		]),
	];
	// two elements in a turn, as long as there are two
	const each = (inner: (behind: number) => Code): Code => [
		set("at", get("row")),
		set("to", get("row2")),
		set("end", i32.add(get("row"), i32.shl(get("length"), i32.const(4)))),
		loopWhile(
			i32.below(i32.add(get("at"), i32.const(16)), get("end")),
			[inner(0), inner(16)],
			[step("at", i32.const(32)), step("to", i32.const(32))],
		),
		ifElse(i32.below(get("at"), get("end")), inner(0), []),
	];
	const logTotal = i32.add(get("place"), i32.const(16));
	const code = [
		eachRow(
			set("v", f64x2.load(get("row"))),
			each((behind) =>
				set("v", atLeast(get("v"), f64x2.load(get("at"), behind))),
			),
			set("w", f64x2.const(0)),
			each((behind) => [
				set("x", sub(f64x2.load(get("at"), behind), get("v"))),
				ifLogs(f64x2.store(get("to"), get("x"), behind)),
				set("x", expBelow(body, get("x"))),
				f64x2.store(get("at"), get("x"), behind),
				set("w", add(get("w"), get("x"))),
			]),
			f64x2.store(get("place"), get("w")),
		),
		eachRow(
			set("x", f64x2.load(get("place"))),
			f64x2.store(get("place"), div(f64x2.const(1), get("x"))),
			ifLogs(f64x2.store(logTotal, logOverPower(body, raisedBy))),
		),
		eachRow(
			set("v", f64x2.load(get("place"))),
			set("w", f64x2.load(logTotal)),
			each((behind) => [
				f64x2.store(
					get("at"),
					mul(f64x2.load(get("at"), behind), get("v")),
					behind,
				),
				ifLogs(
					f64x2.store(
						get("to"),
						sub(f64x2.load(get("to"), behind), get("w")),
						behind,
					),
				),
			]),
		),
	];
	return { body, code };
}
