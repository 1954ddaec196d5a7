/**
 * KaTeX's classes by the short names that they have on our pages. Its markup repeats them thousands of times, so that
 * the names alone would be half of a page. Those that are not listed have no rule in its style sheet, and are dropped.
 */
const names =
	"katex-base katex-strut textbf textit textrm textsf texttt mathnormal mathit mathrm mathbf boldsymbol amsrm mathbb textbb mathcal mathfrak textfrak mathboldfrak textboldfrak mathtt mathscr textscr mathsf mathboldsf textboldsf mathitsf mathsfit textitsf mainrm vlist-t vlist-r vlist pstrut vlist-t2 vlist-s katex-vbox katex-thinbox msupsub mfrac frac-line katex-hdashline katex-hline katex-overline overline-line katex-rule katex-underline underline-line mspace katex-smash clap llap rlap katex-inner katex-fix sqrt katex-root fontsize-ensurer katex-sizing reset-size1 reset-size2 reset-size3 reset-size4 reset-size5 reset-size6 reset-size7 reset-size8 reset-size9 reset-size10 reset-size11 size1 size2 size3 size4 size5 size6 size7 size8 size9 size10 size11 delimsizing mult delim-size1 delim-size4 nulldelimiter delimcenter op-symbol small-op large-op katex-accent op-limits accent-body accent-full katex-overlay mtable vertical-separator arraycolsep col-align-c col-align-l col-align-r svg-align katex-stretchy hide-tail halfarrow-left halfarrow-right brace-left brace-center brace-right x-arrow-pad cd-arrow-pad mover munder x-arrow boxpad fbox fcolorbox cancel-pad cancel-lap katex-sout angl anglpad reflectbox eqn-num mml-eqn-num mtr-glue cd-vert-arrow cd-label-left cd-label-right katex-newline katex-html".split(
		" ",
	);

/** Letters alone, so that none looks like a class of the page or of a formula's style. */
const shortNames: ReadonlyMap<string, string> = new Map(
	names.map((name, n) => [name, `k${letters(n)}`]),
);

/** The short name of one of KaTeX's classes; null if it has no rule. */
export function shortClass(name: string): string | null {
	return shortNames.get(name) ?? null;
}

/** `a`, `b`, …, `z`, `aa`, …: a name for each number from 0. */
export function letters(n: number): string {
	const last = String.fromCharCode(97 + (n % 26));
	return n < 26 ? last : letters(Math.floor(n / 26) - 1) + last;
}

/**
 * KaTeX's style sheet for our markup: short classes, `i` in the place of `span`, and none of the two older font formats,
 * which no browser asks for any more.
 */
export function shortStyles(css: string): string {
	const modern = css.replace(
		/,\s*url\([^)]*\)\s*format\("(?:woff|truetype)"\)/g,
		"",
	);
	const renamed = modern.replace(/[^{}]+(?=\{)/g, (selector) =>
		selector.startsWith("@")
			? selector
			: selector
					.replace(/>span/g, ">i")
					.replace(/\.([a-z][a-z\d-]*)/g, (whole, name) => {
						const short = shortClass(name);
						return short === null ? whole : `.${short}`;
					}),
	);
	return `.katex i{font-style:inherit}\n${renamed}`;
}
