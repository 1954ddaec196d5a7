import type { Surface } from "../latex/surface.js";
import { isTilde } from "./comparison.js";
import { isEntropyName, isKlName } from "./densityName.js";
import { isPlainName } from "./names.js";
import type { State } from "./state.js";
import { mapSurface } from "./surfaceWalk.js";

/**
 * `D_{KL}(P \parallel Q)`, `H(P, Q)`, `\mathbb E_{z \sim Q}`: laws by their capital letters alone are those with the densities
 * p and q, where the sheet has no such names.
 */
export function withSmallLaws(s: Surface, state: State): Surface {
	const inner = mapSurface(s, (child) => withSmallLaws(child, state));
	const small = (law: Surface) => asDensityLetter(law, state);
	if (
		inner.kind === "call" &&
		(isKlName(inner.function) || isEntropyName(inner.function))
	)
		return {
			...inner,
			arguments: inner.arguments.map(small),
			given: inner.given.map(small),
		};
	if (inner.kind !== "expectation") return inner;
	const { law, operator } = inner;
	if (operator === "H")
		return { ...inner, arguments: inner.arguments.map(small) };
	if (!law) return inner;
	return {
		...inner,
		law: isTilde(law) ? { ...law, right: small(law.right) } : small(law),
	};
}

function asDensityLetter(s: Surface, { context, definitions }: State): Surface {
	if (s.kind !== "name" || !isPlainName({ ...s, subscripts: [] })) return s;
	const isFree = !context.symbols.has(s.name) && !definitions.has(s.name);
	return isFree && (s.name === "P" || s.name === "Q")
		? { ...s, name: s.name.toLowerCase(), style: "plain" }
		: s;
}
