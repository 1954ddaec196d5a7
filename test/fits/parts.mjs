/** The front matter, model, family and updates of a sheet: what a solver is made of. */
export function partsOf(sheet) {
	const front = /^---[\s\S]*?^---$/m.exec(sheet)?.[0] ?? "";
	const blocks = sheet.matchAll(/^::: (?:model|family|updates)[\s\S]*?^:::$/gm);
	return [front, ...[...blocks].map(([text]) => text)].join("\n\n");
}
