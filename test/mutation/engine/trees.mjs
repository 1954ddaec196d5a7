import { shapeOf } from "../../../dist/expr/shape.js";
import { mapChildren } from "../../../dist/expr/walk.js";

/** Walking and editing trees, for the operators. */

/** Kinds whose parts are names and subscripts, and no values of their own. */
const whole = new Set(["symbol", "table", "indicator"]);

/** Each subtree with a function that puts another in its place; indices bound around it with their ranges. */
export function* sites(e, rebuild = (x) => x, bound = []) {
	yield { node: e, rebuild, bound };
	if (whole.has(e.kind)) return;
	const inner =
		e.kind === "sum" || e.kind === "product"
			? [...bound, { name: e.index, range: e.range }]
			: bound;
	let count = 0;
	mapChildren(e, (child) => {
		count += 1;
		return child;
	});
	for (let n = 0; n < count; n += 1) {
		let at = -1;
		let found;
		mapChildren(e, (child) => {
			at += 1;
			if (at === n) found = child;
			return child;
		});
		const put = (x) => {
			let i = -1;
			return rebuild(
				mapChildren(e, (child) => {
					i += 1;
					return i === n ? x : child;
				}),
			);
		};
		if (found !== e.by) yield* sites(found, put, inner);
	}
}

export function sameShape(a, b) {
	try {
		return shapeOf(a).join() === shapeOf(b).join();
	} catch {
		return false;
	}
}

/** The tree as text, the same in every run: names that the reader made are numbered anew. */
export function textOf(e) {
	const names = new Map();
	const text = JSON.stringify(e, (_key, value) =>
		typeof value === "bigint" ? value.toString() : value,
	);
	return text.replace(/#\d+/g, (name) => {
		if (!names.has(name)) names.set(name, `#${names.size + 1}`);
		return names.get(name);
	});
}
