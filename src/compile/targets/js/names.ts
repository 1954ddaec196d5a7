const reservedWords = new Set(
	(
		"abstract arguments async await break case catch class const continue debugger default delete do else enum eval " +
		"export extends false finally for function if implements import in instanceof interface let new null of package " +
		"private protected public return static super switch this throw true try typeof undefined var void while with yield"
	).split(" "),
);

/** JavaScript names for the sheet's names: the same name if it can be one, else one much like it. */
export class Identifiers {
	private readonly byName = new Map<string, string>();
	private readonly taken: Set<string>;

	/** `used` are the names that the module's own functions have. */
	constructor(used: Iterable<string>) {
		this.taken = new Set([...reservedWords, ...used]);
	}

	of(name: string): string {
		const known = this.byName.get(name);
		if (known) return known;
		const base = name.replace(/[^A-Za-z0-9_$]+/g, "_").replace(/^(\d)/, "_$1");
		let identifier = base || "_";
		for (let n = 2; this.taken.has(identifier); n++)
			identifier = `${base}_${n}`;
		this.taken.add(identifier);
		this.byName.set(name, identifier);
		return identifier;
	}
}
