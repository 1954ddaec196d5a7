/** The name among several that is a written one but for underscores and braces: `s_0` for `s0`; null if there is none. */
export function meantName(
	written: string,
	names: Iterable<string>,
): string | null {
	const bare = (name: string) => name.replace(/[_^{}\\]/g, "");
	return (
		[...names].find(
			(name) => name !== written && bare(name) === bare(written),
		) ?? null
	);
}
