import type { Decision } from "./claim.js";
import type { Repair } from "./result.js";

/** How much help what is refuted comes with: the place alone, the kind of mistake too, or all. */
export type Hints = "where" | "kind" | "repair";

/** What a note may tell of a mistake beside what was read: at `where` nothing, for a size or a name gives it away. */
export function hintsOf(
	decision: Decision,
	repair: Repair | null,
	hints: Hints,
): (string | null)[] {
	if (hints === "where") return [];
	return [decision.hint ?? null, hints === "kind" ? nameOf(repair) : null];
}

/** The name of the slip, without the formulas that explain it: they would tell the repair. */
function nameOf(repair: Repair | null): string | null {
	if (!repair) return null;
	const names = repair.kind.split("; ").filter((part) => !/[=≠]/.test(part));
	return names.join("; ");
}
