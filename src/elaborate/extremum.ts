import { shapeOf } from "../expr/shape.js";
import type { Expr, Sym } from "../expr/tree.js";
import type { Surface, SurfaceCall } from "../latex/surface.js";
import { Problem } from "../problem.js";
import { readFree } from "./free.js";
import type { Scope } from "./scope.js";
import { describe, isScalar } from "./shapes.js";

/** `\arg\max_θ f`: the one value of θ, in its domain, at which f is greatest. For the least f has a minus. */
export interface Extremum {
	readonly by: Sym;
	readonly objective: Expr;
	readonly sense: "max" | "min";
}

type ExtremumCall = SurfaceCall & {
	readonly function: { readonly name: "argmax" | "argmin" };
};

/** A side that is an argmax as a whole; within a formula it is no value. */
export function isExtremum(s: Surface): s is ExtremumCall {
	return (
		s.kind === "call" &&
		(s.function.name === "argmax" || s.function.name === "argmin")
	);
}

/** @throws Problem for an argmax over an index, over several variables, or of something that is no number. */
export function readExtremum(scope: Scope, s: ExtremumCall): Extremum {
	const sense = s.function.name === "argmax" ? "max" : "min";
	const [variable, ...others] = s.function.subscripts;
	const [body] = s.arguments;
	if (!variable || others.length > 0 || !body)
		throw new Problem(
			"an argmax over which variable?",
			s.span,
			`\\arg\\${sense}_\\theta f, over one variable`,
		);
	const [free, ...more] = readFree(scope, variable);
	if (free?.kind !== "variable" || more.length > 0)
		throw new Problem(
			`an arg\\,${sense} over this is not read`,
			variable.span,
			"one parameter, such as \\theta or m_k",
		);
	const objective = scope.read(body);
	if (!isScalar(objective))
		throw new Problem(
			`shape mismatch: the greatest of ${describe(shapeOf(objective))}`,
			body.span,
			"a number",
		);
	return { by: free.symbol, objective, sense };
}
