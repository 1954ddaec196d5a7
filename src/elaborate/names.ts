import { greekNames, lettersInLatex } from "../expr/print/letters.js";
import type { Surface, SurfaceName } from "../latex/surface.js";

/** Names: how a written name becomes the key of a symbol, and back to something that can be printed. */

const distinctStyles: Readonly<Record<string, string>> = {
	cal: "cal",
	bb: "bb",
	frak: "frak",
};

/**
 * The key of a name without its subscripts. Bold, upright and plain letters are one name; calligraphic, blackboard and
 * Fraktur letters are names of their own; accents and label superscripts belong to the name: `mu_hat`, `mu^old`, `cal:L`.
 */
export function keyOf(name: SurfaceName): string {
	const style = distinctStyles[name.style];
	const prefix = style ? `${style}:` : "";
	return (
		prefix +
		name.name +
		name.accents.map((a) => `_${a}`).join("") +
		name.labels.map((l) => `^${l}`).join("")
	);
}

/** A name as it is typeset, without subscripts: `\eta`, `x`, `\mathcal{L}`, `\hat{\mu}`. */
export function latexOf(name: SurfaceName): string {
	let latex = lettersInLatex(name.name);
	if (name.style in distinctStyles) latex = `\\math${name.style}{${latex}}`;
	for (const accent of name.accents) latex = `\\${accent}{${latex}}`;
	return name.labels.length > 0 ? `${latex}^{${name.labels.join(",")}}` : latex;
}

const greekLetters: Readonly<Record<string, string>> = Object.fromEntries(
	[..."αβγδεζηθικλμνξορστυφχψω"].map((letter, i) => [
		letter,
		[...greekNames][i] as string,
	]),
);

const accentCommand =
	/^\\(hat|bar|tilde|vec|dot|check|widehat|widetilde|overline)\{?(.+?)\}?$/;
const styleCommand =
	/^\\(?:mathbf|boldsymbol|bm|mathrm|mathit|operatorname|text)\{(.+)\}$/;
const distinctCommand = /^\\math(cal|bb|frak)\{?(.+?)\}?$/;

/** The key of a name declared in front matter, where `mu`, `\mu`, `μ`, `\hat\mu`, `mu_hat`, `\sigma_0` may be written. */
export function keyOfDeclared(written: string): string {
	const text = written.trim();
	const accent = accentCommand.exec(text);
	if (accent)
		return `${keyOfDeclared(accent[2] as string)}_${(accent[1] as string).replace(/^(wide|over)/, "").replace("line", "bar")}`;
	const style = styleCommand.exec(text);
	if (style) return keyOfDeclared(style[1] as string);
	const distinct = distinctCommand.exec(text);
	if (distinct) return `${distinct[1]}:${distinct[2]}`;
	const plain = text.replace(/^\\/, "").replace(/[{}\s]/g, "");
	return plain.replace(/[α-ω]/g, (letter) => greekLetters[letter] ?? letter);
}

/** The LaTeX of a declared key, for printing. */
export function latexOfKey(key: string): string {
	const match =
		/^(?:(cal|bb|frak):)?([^_^]+)((?:_[^_^]+)*)((?:\^[^_^]+)*)$/.exec(key);
	if (!match) return key;
	const [, style, base, subscripts, labels] = match;
	let latex = lettersInLatex(base as string);
	if (style) latex = `\\math${style}{${latex}}`;
	for (const part of (subscripts ?? "").split("_").filter(Boolean))
		latex = accents.has(part) ? `\\${part}{${latex}}` : `${latex}_{${part}}`;
	const label = (labels ?? "").split("^").filter(Boolean).join(",");
	return label ? `${latex}^{${label}}` : latex;
}

const accents = new Set([
	"hat",
	"bar",
	"tilde",
	"vec",
	"dot",
	"check",
	"mathbf",
]);

/** A subscript that can belong to a name (`0`, `old`, `i`) as text, else null. */
export function subscriptText(subscript: Surface): string | null {
	if (subscript.kind === "number") return subscript.text;
	if (subscript.kind === "name" && subscript.subscripts.length === 0)
		return keyOf(subscript);
	return null;
}

/** Whether the surface is a bare name: no subscripts, accents or labels. */
export function isPlainName(
	s: Surface | undefined | null,
): s is SurfaceName & { readonly subscripts: readonly [] } {
	return (
		s?.kind === "name" &&
		s.subscripts.length === 0 &&
		s.accents.length === 0 &&
		s.labels.length === 0
	);
}
