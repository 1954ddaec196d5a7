import type { Surface } from "../latex/surface.js";
import { isDensityCall } from "./densityName.js";
import { keyOf } from "./names.js";
import type { State } from "./state.js";
import { mapSurface } from "./surfaceWalk.js";

/**
 * `p(x' \mid x)`, `\mathbb E_{p(z \mid x, \theta')}[…]`: a primed name among the variables of an unnamed density is a variable of
 * its own. Declared names keep the prime that transposes them.
 */
export function withPrimedVariables(s: Surface, state: State): Surface {
	const inner = mapSurface(s, (child) => withPrimedVariables(child, state));
	const own = (x: Surface) => asVariable(x, state);
	if (isDensityCall(inner))
		return {
			...inner,
			arguments: inner.arguments.map(own),
			given: inner.given.map(own),
			parameters: inner.parameters.map(own),
		};
	if (inner.kind === "integral")
		return { ...inner, measures: inner.measures.map(own) };
	return inner.kind === "relation" && inner.relation === "~"
		? { ...inner, left: own(inner.left) }
		: inner;
}

function asVariable(s: Surface, { context }: State): Surface {
	if (s.kind !== "primed" || s.of.kind !== "name") return s;
	if (context.symbols.has(keyOf(s.of))) return s;
	return { ...s.of, name: s.of.name + "'".repeat(s.count), span: s.span };
}
