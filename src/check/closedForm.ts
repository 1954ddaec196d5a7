import type { Context } from "../expr/context.js";
import type { Factor, Sym } from "../expr/tree.js";
import type { Assignment } from "./certify.js";
import type { Repair } from "./result.js";
export async function suggestUpdate(
	_c: Context,
	_f: Factor,
	_a: readonly Assignment[],
	_t: Sym,
	_s: string,
): Promise<Repair | null> {
	return null;
}
