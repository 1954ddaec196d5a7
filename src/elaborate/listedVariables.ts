import type { Surface, SurfaceName } from "../latex/surface.js";
import { isDensityCall } from "./densityName.js";
import { keyOf } from "./names.js";
import { mapSurface } from "./surfaceWalk.js";

/** `p(x_1, \dots, x_N \mid \theta)`: a list of variables with dots as the range `x_{1:N}`. */
export function withoutLists(s: Surface): Surface {
	const inner = mapSurface(s, withoutLists);
	if (isDensityCall(inner))
		return {
			...inner,
			arguments: shortened(inner.arguments),
			given: shortened(inner.given),
			parameters: shortened(inner.parameters),
		};
	return inner.kind === "tuple"
		? alone({ ...inner, items: shortened(inner.items) })
		: inner;
}

function alone(tuple: Surface & { readonly kind: "tuple" }): Surface {
	const [only, ...more] = tuple.items;
	return only && isRange(only) && more.length === 0 ? only : tuple;
}

function isRange(s: Surface): boolean {
	const last = s.kind === "name" ? s.subscripts.at(-1) : undefined;
	return last?.kind === "relation" && last.relation === ":";
}

/** The list with `x_1, x_2, \dots, x_N` in it as one range. */
function shortened(items: readonly Surface[]): readonly Surface[] {
	const at = items.findIndex((s) => s.kind === "dots");
	const last = items[at + 1];
	if (at < 1 || last?.kind !== "name") return items;
	const before = items.slice(0, at);
	const from = before.findIndex((s) => isNumbered(s, last, 1));
	const run = before.slice(from);
	if (from < 0 || !run.every((s, n) => isNumbered(s, last, n + 1)))
		return items;
	const end = last.subscripts.at(-1) as Surface;
	const span = { start: run[0]?.span.start ?? 0, end: last.span.end };
	const range: Surface = {
		kind: "relation",
		relation: ":",
		left: { kind: "number", text: "1", span },
		right: end,
		span,
	};
	const whole = {
		...last,
		subscripts: [...last.subscripts.slice(0, -1), range],
		span,
	};
	return [...items.slice(0, from), whole, ...shortened(items.slice(at + 2))];
}

/** Whether a name is the last one of a list with a number for its last subscript. */
function isNumbered(s: Surface, last: SurfaceName, n: number): boolean {
	if (s.kind !== "name" || s.subscripts.length !== last.subscripts.length)
		return false;
	const number = s.subscripts.at(-1);
	const isOne = number?.kind === "number" && number.text === String(n);
	return isOne && last.subscripts.length === 1 && keyOf(s) === keyOf(last);
}
