import type { Delimiter, SignToken, Style } from "./token.js";

/** Tables from KaTeX's symbols to what they mean here. Nothing in this file decides anything. */

/** Relation signs by command or character; the values are those of SurfaceRelation, or words for the other ones. */
export const relations: ReadonlyMap<string, string> = new Map([
	...entries("=", "="),
	...entries("≠", "≠ \\ne \\neq"),
	...entries("<", "< \\lt"),
	...entries(">", "> \\gt"),
	...entries("≤", "≤ \\le \\leq \\leqslant \\leqq"),
	...entries("≥", "≥ \\ge \\geq \\geqslant \\geqq"),
	...entries("~", "∼ \\sim \\thicksim"),
	...entries("∈", "∈ \\in \\isin"),
	...entries("∝", "∝ \\propto \\varpropto"),
	...entries("=:", "≕ \\eqqcolon"),
	...entries(":=", "≔ \\triangleq \\equiv ≜ ≡ \\leftarrow ← \\gets \\doteq"),
	...entries(":", ": ∶"),
	...entries("⇔", "\\iff \\Leftrightarrow \\Longleftrightarrow ⇔ ⟺"),
	...entries("⇒", "\\implies \\Rightarrow \\Longrightarrow \\therefore ⇒ ⟹ ∴"),
	...entries("⊥", "\\perp ⊥"),
	...entries("≈", "\\approx ≈ \\simeq \\cong \\approxeq \\thickapprox"),
	...entries("→", "\\to \\rightarrow → \\mapsto \\longrightarrow \\longmapsto"),
	...entries("⊂", "\\subset \\subseteq ⊂ ⊆"),
	...entries("≪", "\\ll ≪"),
	...entries("≫", "\\gg ≫"),
	...entries("≻", "\\succ \\succeq ≻ ⪰"),
]);

function entries(meaning: string, spellings: string): [string, string][] {
	return spellings.split(" ").map((spelling) => [spelling, meaning]);
}

/** The relation that a struck-through relation becomes. */
export const negations: ReadonlyMap<string, string> = new Map([
	["=", "≠"],
	["∈", "∉"],
]);

/** Binary operators; the others are unread. `·` is `\cdot`, `×` any other product sign. */
export const operators: ReadonlyMap<string, string> = new Map([
	...entries("+", "+"),
	...entries("-", "- − \\minus"),
	...entries("·", "\\cdot ⋅ · \\cdotp \\bullet"),
	...entries("×", "\\times ×"),
	...entries("⊙", "\\odot ⊙"),
	...entries("*", "* \\ast ∗ \\star ⋆"),
	...entries("/", "/ ∕"),
	...entries("±", "\\pm ±"),
	...entries("∖", "\\setminus \\smallsetminus \\backslash ∖"),
	...entries("¬", "\\neg \\lnot ¬"),
	...entries("!", "!"),
]);

export const signs: ReadonlyMap<string, SignToken["sign"]> = new Map([
	["\\ldots", "dots"],
	["\\@cdots", "dots"],
	["\\cdots", "dots"],
	["\\vdots", "dots"],
	["…", "dots"],
	["⋯", "dots"],
	["\\partial", "partial"],
	["∂", "partial"],
	["\\nabla", "nabla"],
	["∇", "nabla"],
	["\\top", "transpose"],
	["⊤", "transpose"],
	["\\intercal", "transpose"],
	["⊺", "transpose"],
	["\\forall", "forall"],
	["∀", "forall"],
]);

/** Delimiters whose side is given by their shape. */
export const sided: ReadonlyMap<
	string,
	readonly ["open" | "close", Delimiter]
> = new Map([
	["(", ["open", "("]],
	[")", ["close", "("]],
	["[", ["open", "["]],
	["]", ["close", "["]],
	["\\lbrack", ["open", "["]],
	["\\rbrack", ["close", "["]],
	["\\{", ["open", "{"]],
	["\\}", ["close", "{"]],
	["\\lbrace", ["open", "{"]],
	["\\rbrace", ["close", "{"]],
	["\\langle", ["open", "<"]],
	["\\rangle", ["close", "<"]],
	["⟨", ["open", "<"]],
	["⟩", ["close", "<"]],
	["\\lvert", ["open", "|"]],
	["\\rvert", ["close", "|"]],
	["\\lVert", ["open", "||"]],
	["\\rVert", ["close", "||"]],
]);

/** Bars that look the same on both sides. */
export const bars: ReadonlyMap<string, "|" | "||"> = new Map([
	["|", "|"],
	["\\vert", "|"],
	["∣", "|"],
	["\\|", "||"],
	["\\Vert", "||"],
	["‖", "||"],
	["∥", "||"],
]);

/** Bars that can only separate. */
export const separators: ReadonlyMap<string, "|" | "||"> = new Map([
	["\\mid", "|"],
	["\\parallel", "||"],
]);

export const fonts: ReadonlyMap<string, Style> = new Map<string, Style>([
	["mathrm", "upright"],
	["mathup", "upright"],
	["mathtt", "upright"],
	["mathbf", "bold"],
	["boldsymbol", "bold"],
	["mathbfit", "bold"],
	["mathcal", "cal"],
	["mathscr", "cal"],
	["mathbb", "bb"],
	["mathsf", "sans"],
	["mathsfit", "sans"],
	["mathfrak", "frak"],
	["mathit", "plain"],
	["mathnormal", "plain"],
]);

export const accents: ReadonlyMap<string, string> = new Map([
	["\\hat", "hat"],
	["\\widehat", "hat"],
	["\\tilde", "tilde"],
	["\\widetilde", "tilde"],
	["\\bar", "bar"],
	["\\dot", "dot"],
	["\\ddot", "ddot"],
	["\\vec", "vec"],
	["\\overrightarrow", "vec"],
	["\\check", "check"],
	["\\widecheck", "check"],
	["\\breve", "breve"],
	["\\acute", "acute"],
	["\\grave", "grave"],
	["\\mathring", "ring"],
]);

/** Commands for letters that are not just the Greek alphabet. */
const otherLetters =
	"ell hbar imath jmath infty emptyset varnothing aleph Re Im wp digamma".split(
		" ",
	);
const greek =
	"alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi chi psi omega";
const greekCharacters = [..."αβγδϵζηθικλμνξοπρστυϕχψω"];
const capitals = "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega";
const capitalCharacters = [..."ΓΔΘΛΞΠΣΥΦΨΩ"];
const variants: readonly (readonly [string, string])[] = [
	["varepsilon", "ε"],
	["vartheta", "ϑ"],
	["varpi", "ϖ"],
	["varrho", "ϱ"],
	["varsigma", "ς"],
	["varphi", "φ"],
	["varkappa", "ϰ"],
];

/** Names of letters by command or character: `\mu`, `μ` and the micro sign are `mu`. */
export const letters: ReadonlyMap<string, string> = new Map([
	...[
		...greek.split(" "),
		...capitals.split(" "),
		...otherLetters,
		...variants.map(([name]) => name),
	].map((name) => [`\\${name}`, name] as const),
	...greek
		.split(" ")
		.map((name, i) => [greekCharacters[i] as string, name] as const),
	...capitals
		.split(" ")
		.map((name, i) => [capitalCharacters[i] as string, name] as const),
	...variants.map(([name, character]) => [character, name] as const),
	["µ", "mu"],
	["∞", "infty"],
	["ℓ", "ell"],
	["∅", "emptyset"],
]);
