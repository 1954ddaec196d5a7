/** A piece of a message; a formula is in LaTeX. */
export interface Piece {
	readonly text: string;
	readonly isFormula: boolean;
}

/** Signs that messages are written with, and what LaTeX calls them. */
const signs: readonly (readonly [RegExp, string])[] = [
	[/⁻¹/g, "^{-1}"],
	[/²/g, "^2"],
	[/³/g, "^3"],
	[/ᵀ/g, "^\\top "],
	[/−/g, "-"],
	[/≠/g, "\\ne "],
	[/≤/g, "\\le "],
	[/≥/g, "\\ge "],
	[/∝/g, "\\propto "],
	[/∼/g, "\\sim "],
	[/μ/g, "\\mu "],
	[/σ/g, "\\sigma "],
	[/φ/g, "\\phi "],
	[/λ/g, "\\lambda "],
	[/θ/g, "\\theta "],
	[/ψ/g, "\\psi "],
	[/\blog\b/g, "\\log "],
	[/\bconst\b/g, "\\text{const}"],
	[/\b([pq])\*/g, "$1^*"],
	[/\bE(?=\[)/g, "\\mathbb E"],
];

/** What shows that a word is no word of a language. */
const telling = /[²³ᵀ⁻μσφλθψ]/;
const operator = /^[-=+<>|/·−≠≤≥∝∼]$/;
/** Letters, one or two at a time, and numbers, with their signs and in brackets. */
const operand =
	/^(?:const|[-−]?(?:[([|]|log(?![a-z])|[EHNd](?=[([])|\d+|[pq]\*|[A-Za-zμσφλθψ]{1,2}(?![A-Za-z])|_(?:\w|\{\w+\})|[²³ᵀ]|⁻¹|[)\]|/])+)$/;

const shortWord = /^[A-Za-z][a-z]$/;

/** A message cut into words and the formulas among them, such as `E[μᵀμ] = mᵀm + D s²`. */
export function plainFormulas(text: string): readonly Piece[] {
	const pieces: Piece[] = [];
	let plain = "";
	const words = text.split(/(\s+)/);
	for (let at = 0; at < words.length; ) {
		const end = endOfFormula(words, at);
		const written = words.slice(at, end).join("");
		const [, formula = "", rest = ""] = /^(.*?)([,;:.]*)$/s.exec(written) ?? [];
		if (end > at && isFormula(formula)) {
			if (plain !== "") pieces.push({ text: plain, isFormula: false });
			pieces.push({ text: inLatex(formula), isFormula: true });
			plain = rest;
			at = end;
		} else plain += words[at++];
	}
	if (plain !== "") pieces.push({ text: plain, isFormula: false });
	return pieces;
}

/** Behind the longest run of operands and operators; punctuation outside of brackets ends it. Words stand at even places. */
function endOfFormula(words: readonly string[], from: number): number {
	let end = from;
	for (let at = from; at < words.length; at += 2) {
		const word = words[at] ?? "";
		const bare = word.replace(/[,;:.]+$/, "");
		if (shortWord.test(bare)) break;
		if (!operator.test(bare) && !operand.test(bare)) break;
		end = at + 1;
		if (bare !== word && isBalanced(words.slice(from, end).join(" "))) break;
	}
	return end;
}

/** Whether it says so of itself, by a sign or as an equation, and is whole. */
function isFormula(text: string): boolean {
	const words = text.split(/\s+/);
	const [first = "", second = ""] = words;
	if (/^[aAI]$/.test(first) && !operator.test(second)) return false;
	if (operator.test(first) || operator.test(words.at(-1) ?? "")) return false;
	const isEquation = words.length > 2 && words.includes("=");
	return (telling.test(text) || isEquation) && isBalanced(text);
}

function isBalanced(text: string): boolean {
	let depth = 0;
	for (const c of text) {
		if ("([".includes(c)) depth += 1;
		if (")]".includes(c)) depth -= 1;
		if (depth < 0) return false;
	}
	return depth === 0;
}

function inLatex(text: string): string {
	return signs
		.reduce((latex, [from, to]) => latex.replace(from, to), text)
		.replace(/_(\w{2,})/g, "_{$1}")
		.replace(/ +/g, " ")
		.trim();
}
