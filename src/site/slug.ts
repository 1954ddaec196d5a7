/** A word for addresses and file names: letters and digits of any script, and hyphens. Never empty. */
export function slugOf(text: string): string {
	const words = text
		.normalize("NFKC")
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, "-")
		.replace(/^-+|-+$/g, "");
	// Counted in characters, so that none is cut in two.
	return [...words].slice(0, 60).join("") || "sheet";
}

/** Names that stand for devices on Windows, whatever follows behind a point. */
const devices = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

/** The page of each sheet by its path, all different and none of them `taken`. Case does not tell two pages apart. */
export function pageNames(
	paths: readonly string[],
	taken: readonly string[],
): readonly string[] {
	const used = new Set(taken);
	return paths.map((path) => {
		const file = path.split(/[\\/]/).at(-1) ?? "";
		const slug = slugOf(file.replace(/\.[a-z]{1,8}$/i, ""));
		const wanted = devices.test(slug) ? `sheet-${slug}` : slug;
		let name = wanted;
		for (let n = 2; used.has(name); n++) name = `${wanted}-${n}`;
		used.add(name);
		return name;
	});
}
