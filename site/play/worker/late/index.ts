import { load } from "../packages.js";
import { scope } from "../scope.js";

/** Packages that reading a text needs at once, and by what that is seen. */
const signs = {
	yaml: /^\uFEFF?---/,
	entities: /&[a-z][a-z0-9]{1,31};/i,
} as const;

/** Loads what a text needs to be read: reading itself waits for nothing. */
export async function loadFor(text: string): Promise<void> {
	for (const name of ["yaml", "entities"] as const)
		if (signs[name].test(text) && !scope[`tightbound_${name}`])
			await load(name);
}
