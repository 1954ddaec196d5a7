import type { Surface } from "../latex/surface.js";

/** Whether a name is that of the identity matrix, I or I_D. */
export function isIdentity(s: Surface): boolean {
	return (
		s.kind === "name" &&
		s.name === "I" &&
		s.accents.length === 0 &&
		s.labels.length === 0
	);
}
