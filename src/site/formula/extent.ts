/** Widths of what is set, in em of the formula. */
const letter = 0.55;
const widths: Readonly<Record<string, number>> = {
	sum: 1.5,
	prod: 1.35,
	int: 0.6,
	quad: 1,
	qquad: 2,
	",": 0.17,
	":": 0.22,
	";": 0.28,
	"!": -0.17,
	left: 0.1,
	right: 0.1,
	mid: 0.85,
	cdot: 0.75,
	dots: 1.2,
	ldots: 1.2,
	cdots: 1.2,
	partial: 0.55,
	implies: 2.2,
	Longrightarrow: 2.2,
};
const relation = 1.35;
const relations =
	/^(?:[=<>]|le|ge|leq|geq|ne|neq|sim|propto|equiv|approx|in|to|mapsto|iff|Rightarrow|triangleq|coloneqq|leftarrow)$/;
/** Set the letters after them in another style or size, and take no room of their own. */
const styles =
	/^(?:math[a-z]+|text[a-z]*|operatorname|boldsymbol|bm|rm|bf|displaystyle|textstyle|limits|nolimits|[bB]ig+[lrm]?|hat|tilde|bar|vec|overline|underline|boxed|begin|end|nonumber|notag)$/;
const functions =
	/^(?:log|ln|exp|sin|cos|tan|max|min|arg|det|dim|sup|inf|Pr|lim)$/;
/** How large scripts are. */
const script = 0.7;

const token = /\\(?:[a-zA-Z]+|[\s\S])|[\s\S]/y;

/**
 * About how wide a formula is when it is set, in em: a guess from its source, by which a page chooses how to lay it out on
 * paper. Commands that it does not know count as one letter.
 */
export function extentOf(source: string): number {
	return new Reading(source).sequence("");
}

class Reading {
	private at = 0;

	constructor(private readonly source: string) {}

	/** What stands up to a closing token, or up to the end. */
	sequence(closing: string): number {
		let total = 0;
		for (let next = this.next(); next !== null && next !== closing; ) {
			total += this.atom(next);
			next = this.next();
		}
		return total;
	}

	private next(): string | null {
		token.lastIndex = this.at;
		const [found = null] = token.exec(this.source) ?? [];
		this.at += found?.length ?? 0;
		return found;
	}

	/** A token with its arguments and with the scripts behind it, which stand above each other. */
	private atom(first: string): number {
		const isLarge = /^\\(?:sum|prod|underbrace|overbrace)$/.test(first);
		const own = this.own(first);
		let scripts = 0;
		for (;;) {
			const [, mark] = /^\s*([_^])/.exec(this.source.slice(this.at)) ?? [];
			if (mark === undefined) break;
			this.at = this.source.indexOf(mark, this.at) + 1;
			scripts = Math.max(scripts, script * this.argument());
		}
		return isLarge ? Math.max(own, scripts) : own + scripts;
	}

	private own(first: string): number {
		if (first === "{") return this.sequence("}");
		if (!first.startsWith("\\")) return widthOfCharacter(first);
		const name = first.slice(1);
		if (/^[dtc]?frac$|^binom$/.test(name))
			return Math.max(this.argument(), this.argument()) + 0.25;
		if (name === "sqrt") return 0.85 + this.argument();
		if (/^(?:under|over)brace$/.test(name)) return this.argument();
		if (styles.test(name)) return 0;
		if (functions.test(name)) return 0.17 + 0.5 * name.length;
		if (relations.test(name)) return relation;
		return widths[name] ?? letter;
	}

	private argument(): number {
		let next = this.next();
		while (next !== null && /^\s$/.test(next)) next = this.next();
		return next === null ? 0 : this.own(next);
	}
}

function widthOfCharacter(character: string): number {
	if (/[\s&}]/.test(character)) return 0;
	if (relations.test(character)) return relation;
	if (/[+\-*]/.test(character)) return 1.2;
	if (/[()[\]|]/.test(character)) return 0.36;
	if (/[,;.:]/.test(character)) return 0.4;
	if (/\d/.test(character)) return 0.5;
	return /[A-Z]/.test(character) ? 0.75 : letter;
}
