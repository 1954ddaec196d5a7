/** Words that cannot be names, by language. */
export const reservedWords = {
	js: words(
		"abstract arguments async await break case catch class const continue debugger default delete do else enum eval " +
			"export extends false finally for function if implements import in instanceof interface let new null of package " +
			"private protected public return static super switch this throw true try typeof undefined var void while with yield",
	),
	c: words(
		"alignas alignof asm auto bool break case char const continue default do double else enum extern false float for " +
			"goto if inline int int64_t linux long main register restrict return short signed size_t sizeof static struct " +
			"switch true typedef typeof union unix unsigned void volatile while",
	),
	python: words(
		"False None True and as assert async await break case class continue def del elif else except finally for from " +
			"global if import in is lambda match nonlocal not or pass raise return self try type while with yield",
	),
} as const;

function words(text: string): readonly string[] {
	return text.split(" ");
}

/** Names in a target for the sheet's names: the same name if it can be one, else one much like it. */
export class Identifiers {
	private readonly byName = new Map<string, string>();
	private readonly taken: Set<string>;

	/** `used` are the words of the language and the names that the module's own functions have. */
	constructor(used: Iterable<string>) {
		this.taken = new Set(used);
	}

	of(name: string): string {
		const known = this.byName.get(name);
		if (known) return known;
		const base = name.replace(/[^A-Za-z0-9_]+/g, "_").replace(/^(\d)/, "_$1");
		let identifier = base || "_";
		for (let n = 2; this.taken.has(identifier); n++)
			identifier = `${base}_${n}`;
		this.taken.add(identifier);
		this.byName.set(name, identifier);
		return identifier;
	}
}
