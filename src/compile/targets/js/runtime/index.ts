import type { Helper } from "./helpers.js";
import { inputs } from "./inputs.js";
import { numbers } from "./numbers.js";
import { starts } from "./starts.js";
import { sweeps } from "./sweeps.js";

const helpers: readonly Helper[] = [
	...sweeps,
	...inputs,
	...starts,
	...numbers,
];

/** Names that the module's own functions may have. */
export const helperNames: readonly string[] = helpers.map((h) => h.name);

/** The sources of all helpers that a source uses, and that those use, in their order of listing. */
export function helpersFor(source: string): string[] {
	const needed = new Set<Helper>();
	const need = (text: string): void => {
		for (const helper of helpers) {
			if (needed.has(helper) || !new RegExp(`\\b${helper.name}\\b`).test(text))
				continue;
			needed.add(helper);
			need(helper.source);
		}
	};
	need(source);
	return helpers.filter((h) => needed.has(h)).map((h) => h.source);
}
