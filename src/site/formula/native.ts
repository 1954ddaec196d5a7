/** Where the letters of a style begin among the mathematical alphabets of Unicode: capitals, small letters, digits. */
const alphabets: Readonly<Record<string, readonly [number, number, number]>> = {
	bold: [0x1d400, 0x1d41a, 0x1d7ce],
	"bold-italic": [0x1d468, 0x1d482, 0],
	script: [0x1d49c, 0x1d4b6, 0],
	fraktur: [0x1d504, 0x1d51e, 0],
	"double-struck": [0x1d538, 0x1d552, 0x1d7d8],
	"sans-serif": [0x1d5a0, 0x1d5ba, 0x1d7e2],
	monospace: [0x1d670, 0x1d68a, 0x1d7f6],
};

/** Letters that Unicode had before the alphabets, and which leave a hole there. */
const holes: ReadonlyMap<number, string> = new Map(
	Object.entries({
		119965: "ℬ",
		119968: "ℰ",
		119969: "ℱ",
		119971: "ℋ",
		119972: "ℐ",
		119975: "ℒ",
		119976: "ℳ",
		119981: "ℛ",
		119994: "ℯ",
		119996: "ℊ",
		120004: "ℴ",
		120070: "ℭ",
		120075: "ℌ",
		120076: "ℑ",
		120085: "ℜ",
		120093: "ℨ",
		120122: "ℂ",
		120127: "ℍ",
		120133: "ℕ",
		120135: "ℙ",
		120136: "ℚ",
		120137: "ℝ",
		120145: "ℤ",
	}).map(([code, letter]) => [Number(code), letter]),
);

/** MathML for browsers that show it themselves: they know styles as letters of their own, not as an attribute. */
export function nativeMath(mathml: string): string {
	return mathml.replace(
		/<(m[ino]) mathvariant="([a-z-]+)">([A-Za-z0-9]+)<\/\1>/g,
		(whole, tag: string, variant: string, text: string) => {
			const alphabet = alphabets[variant];
			if (alphabet === undefined) return whole;
			const styled = [...text].map((c) => styledLetter(c, alphabet)).join("");
			return `<${tag} mathvariant="normal">${styled}</${tag}>`;
		},
	);
}

function styledLetter(
	letter: string,
	[capitals, smalls, digits]: readonly [number, number, number],
): string {
	const code = letter.charCodeAt(0);
	const styled =
		code >= 97
			? smalls + code - 97
			: code >= 65
				? capitals + code - 65
				: digits > 0
					? digits + code - 48
					: code;
	return holes.get(styled) ?? String.fromCodePoint(styled);
}
