const kept = /^::: (model|family)/;

/**
 * A sheet with the passage around a line alone, besides front matter, model and family; all other lines are empty, so that
 * lines keep their numbers.
 */
export function only(sheet: string, line: number): string {
	const lines = sheet.split("\n");
	const frontMatterEnd = lines.indexOf("---", 1);
	const keep = lines.map((_, i) => i <= frontMatterEnd);
	for (let start = 0; start < lines.length; start++) {
		if (!lines[start]?.startsWith("::: ")) continue;
		const end = lines.indexOf(":::", start);
		if (kept.test(lines[start] as string) || (start < line && line - 1 <= end))
			keep.fill(true, start, end + 1);
		start = end;
	}
	return lines.map((text, i) => (keep[i] ? text : "")).join("\n");
}
