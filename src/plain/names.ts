import type { Lexicon, Surface, SurfaceName } from "../latex/surface.js";
import type { Problem, Span } from "../problem.js";
import type { PlainNode } from "./nodes.js";

/** What the conversion of one side shares. mathjs keeps no positions, so everything is placed at the whole side. */
export interface Conversion {
	readonly lexicon: Lexicon;
	readonly span: Span;
	convert(node: PlainNode): Surface;
	problem(message: string, expected: string): Problem;
}

/** A name, with subscripts behind an underscore: `sigma_0`, `x_i`, `theta_old`. */
export function nameOf(c: Conversion, written: string): SurfaceName {
	const [name = "", ...behind] = written.split("_");
	const subscript = behind.join("_");
	const plain = {
		kind: "name",
		style:
			/^[A-Z][A-Za-z]+$/.test(name) && name !== "Gamma" ? "upright" : "plain",
		accents: [],
		span: c.span,
	} as const;
	const bare = { ...plain, name: name === "Infinity" ? "infty" : name };
	if (behind.length === 0) return { ...bare, subscripts: [], labels: [] };
	if (/^\d+$/.test(subscript)) {
		const number: Surface = { kind: "number", text: subscript, span: c.span };
		return { ...bare, subscripts: [number], labels: [] };
	}
	if (/^[A-Za-z]$/.test(subscript))
		return { ...bare, subscripts: [nameOf(c, subscript)], labels: [] };
	if (/^(?:old|new|star)$/.test(subscript))
		return {
			...bare,
			subscripts: [],
			labels: [subscript === "star" ? "*" : subscript],
		};
	throw c.problem(
		`the subscript of ${written} is not clear`,
		`${name}[i,k], with the indices in brackets`,
	);
}
