import type { Context } from "../../../src/expr/context.js";
import type { Name } from "../protocol.js";

/** The symbols that the sheet declares, as they are typeset. */
export function namesOf({ symbols }: Context): readonly Name[] {
	return [...symbols.values()].map(({ latex, type, role, dims }) => ({
		latex,
		detail: `${role}, ${type}${dims.length > 0 ? `[${dims.join(", ")}]` : ""}`,
	}));
}
