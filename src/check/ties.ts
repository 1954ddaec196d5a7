import type { Extremum } from "../elaborate/extremum.js";
import { sub } from "../expr/build.js";
import type { Context } from "../expr/context.js";
import type { Expr } from "../expr/tree.js";
import { evaluate, type World } from "../numeric/index.js";
import { equal } from "../relations/equal.js";
import type { Claim, Failure } from "./claim.js";
import { confirmFirst } from "./confirm.js";
import { lookAlone } from "./look.js";
import { worldsWhere } from "./premiseWorlds.js";

/** Two places are different if they are so far apart, beside their size: close to a flat maximum a root is not known well. */
const apart = 0.1;

/**
 * A point other than the value at which a function is as great: then the value is not where it is greatest, as 1 is not for
 * −(θ² − 1)².
 * @param slope the derivative by the variable, whose roots are looked at
 */
export async function tie(
	{ by }: Extremum,
	{
		height,
		best,
		slope,
		value,
	}: Record<"height" | "best" | "slope" | "value", Expr>,
	context: Context,
	seed: string,
): Promise<Failure | null> {
	const claim: Claim = {
		left: by,
		right: value,
		relation: equal,
		free: null,
		context,
	};
	const roots = worldsWhere(
		{ zeros: [slope], bounds: [] },
		[by, value, height],
		context,
		seed,
		by.name,
	);
	for (const { world } of roots) {
		const at = (e: Expr) => numberAt(e, world, context);
		const [here, there] = [at(by), at(value)];
		const [gap, size] = [at(sub(height, best)), at(best)];
		if (here === null || there === null || gap === null || size === null)
			continue;
		const isApart =
			Math.abs(here - there) >
			apart * Math.max(apart, Math.abs(here), Math.abs(there));
		if (!isApart || Math.abs(gap) > 1e-10 * Math.abs(size)) continue;
		const found = await confirmFirst(claim, [lookAlone(world, "fails", "")]);
		if (found) return found.failure;
	}
	return null;
}

/** A number computed without a quadrature; null for any other. */
function numberAt(e: Expr, world: World, context: Context): number | null {
	const { status, values, error } = evaluate(e, world, context);
	const [only, ...more] = values;
	const isExact = status === "ok" && error.every((x) => x === 0);
	return isExact && only !== undefined && more.length === 0 ? only : null;
}
