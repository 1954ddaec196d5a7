import { div, exp, num, one, pow } from "../expr/build.js";
import type { Expr } from "../expr/tree.js";
import type { Surface, SurfaceName } from "../latex/surface.js";
import { isMinusOne, isTwo } from "./arithmetic.js";
import { isScalar } from "./shapes.js";

/** The left side of a definition: `ρ`, or what says as much, `\ln ρ`, `S^{-1}`, `s^2`. */
export interface DefinedLeft {
	readonly name: SurfaceName;
	/** What the name means where the whole left side means this. */
	readonly undo: (body: Expr) => Expr;
}

export function definedLeft(s: Surface): DefinedLeft | null {
	if (s.kind === "name") return { name: s, undo: (body) => body };
	if (s.kind === "call" && s.function.name === "log") {
		const [name, ...more] = [...s.arguments, ...s.given, ...s.parameters];
		const isAlone = name?.kind === "name" && more.length === 0;
		return isAlone ? { name, undo: exp } : null;
	}
	if (s.kind !== "power" || s.base.kind !== "name") return null;
	const name = s.base;
	if (isTwo(s.exponent)) return { name, undo: (body) => pow(body, num("1/2")) };
	return isMinusOne(s.exponent) ? { name, undo: reciprocal } : null;
}

function reciprocal(of: Expr): Expr {
	return isScalar(of) ? div(one, of) : { kind: "inverse", of };
}
