/** The shortest list found, by leaving out ever smaller runs, for which `fails` still holds. */
export async function minimised(parts, fails) {
	let current = [...parts];
	for (let size = Math.ceil(current.length / 2); size >= 1; ) {
		let shrunk = false;
		for (let at = 0; at + size <= current.length; ) {
			const shorter = current.toSpliced(at, size);
			if (shorter.length > 0 && (await fails(shorter))) {
				current = shorter;
				shrunk = true;
			} else at += size;
		}
		if (size === 1 && !shrunk) return current;
		size = shrunk && size > 1 ? size : Math.max(1, Math.floor(size / 2));
		if (!shrunk && size === 1 && current.length === 1) return current;
	}
	return current;
}
