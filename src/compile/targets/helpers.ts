/** A function of an emitted module that formulas may call; it is written out only if something calls it. */
export interface Helper {
	readonly name: string;
	readonly source: string;
}

/** The sources of all helpers that a source uses, and that those use, in their order of listing. */
export function helpersFor(
	source: string,
	helpers: readonly Helper[],
): string[] {
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
