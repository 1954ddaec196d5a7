import type { Span } from "../problem.js";
import type { SurfaceName } from "./surface.js";

/** A name without subscripts, accents and labels, for one that is meant and not written. */
export function bareName(name: string, span: Span): SurfaceName {
	return {
		kind: "name",
		name,
		style: "plain",
		accents: [],
		subscripts: [],
		labels: [],
		span,
	};
}
