import type { CheckedSheet } from "../../../src/check/result.js";
import type { Name } from "../protocol.js";

/** The symbols that model and family declare, as they are typeset. */
export function namesOf({ solvable }: CheckedSheet): readonly Name[] {
	const symbols = [...(solvable?.context.symbols.values() ?? [])];
	return symbols.map(({ latex, type, role, dims }) => ({
		latex,
		detail: `${role}, ${type}${dims.length > 0 ? `[${dims.join(",")}]` : ""}`,
	}));
}
