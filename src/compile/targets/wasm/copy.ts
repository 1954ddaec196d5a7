import type { Dim } from "../../../expr/tree.js";
import {
	type Code,
	type FunctionBody,
	f64,
	f64x2,
	i32,
	ifElse,
	loopWhile,
} from "./encoder.js";
import { type Places, strideName } from "./places.js";

/** Reads the rows of a block into lanes, two in each, and writes them back. */
export function copyOf(
	body: FunctionBody,
	places: Places,
	array: {
		name: string;
		dims: readonly Dim[];
		isWritten: boolean;
		isForgotten: boolean;
	},
): { load: Code; store: Code } {
	const get = (name: string) => body.get(name);
	const set = (name: string, value: Code) => body.set(name, value);
	for (const name of ["one", "other", "lanes", "stop", "at", "width"])
		body.declare(name, "i32");
	const rows = `${array.name}_rows`;
	const step = (name: string, by: Code) => set(name, i32.add(get(name), by));
	const each = (inner: Code): Code => [
		set("width", i32.mul(places.length(array.dims), i32.const(8))),
		set("one", i32.add(get(array.name), i32.mul(get("from"), get("width")))),
		set("at", i32.const(0)),
		loopWhile(
			i32.lt(get("at"), get("points")),
			[
				set(
					"lanes",
					i32.add(get(rows), i32.mul(get("at"), get(strideName(rows)))),
				),
				set("stop", i32.add(get("one"), get("width"))),
				set(
					"other",
					i32.add(
						get("one"),
						i32.mul(get("width"), i32.sub(get("live"), i32.const(1))),
					),
				),
				loopWhile(i32.below(get("one"), get("stop")), inner, [
					step("one", i32.const(8)),
					step("other", i32.const(8)),
					step("lanes", i32.const(16)),
				]),
				set("one", get("other")),
			],
			step("at", i32.const(1)),
		),
	];
	const at = (lane: number) => i32.add(get("lanes"), i32.const(8 * lane));
	const load = each(
		f64x2.store(
			get("lanes"),
			f64x2.withLane(f64x2.loadBoth(get("one")), 1, f64.load(get("other"))),
		),
	);
	const store = each([
		f64.store(get("other"), f64.load(at(1))),
		f64.store(get("one"), f64.load(at(0))),
	]);
	const writesNow = array.isForgotten
		? i32.and(get("renew"), get("keep"))
		: get("renew");
	return {
		load: array.isForgotten ? ifElse(get("renew"), [], load) : load,
		store: array.isWritten ? ifElse(writesNow, store, []) : [],
	};
}
