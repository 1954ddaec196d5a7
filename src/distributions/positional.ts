import { shapeOf } from "../expr/shape.js";
import type { Expr } from "../expr/tree.js";
import { Problem } from "../problem.js";

/**
 * Parameters that are numbers, by their places.
 * @throws Problem if there are more or fewer, or one is no number.
 */
export function numbersByPlace(
	name: string,
	names: readonly string[],
	args: readonly Expr[],
	expected: string,
): Readonly<Record<string, Expr>> {
	if (args.length !== names.length || args.some((a) => shapeOf(a).length > 0))
		throw new Problem(
			`a ${name} takes ${names.length === 1 ? "one number" : `${names.length} numbers`}`,
			null,
			expected,
		);
	return Object.fromEntries(names.map((n, i) => [n, args[i] as Expr]));
}
