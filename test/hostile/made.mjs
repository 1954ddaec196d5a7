// Hostile sheets that are too large for a file of their own, or that no text holds.

const times = (text, count) => text.repeat(count);
const step = "\n\n$$ 1 + 1 = 2 $$\n";

/** Sizes and depths. Behind each name the text. */
const large = {
	"ten-megabytes.md": times("x ", 5_000_000),
	"brackets-without-end.md": times("[", 60_000) + step,
	"links-without-end.md": times("[a](", 20_000) + step,
	"images-without-end.md": times("![a](", 10_000) + step,
	"stars-without-end.md": times("*a ", 20_000) + step,
	"underscores-without-end.md": times("_a __b ", 8_000) + step,
	"backticks-without-end.md":
		Array.from({ length: 400 }, (_, n) => times("`", n + 1)).join(" ") + step,
	"angles-without-end.md": times("<a href=", 10_000) + step,
	"comments-without-end.md": times("<!-- ", 50_000) + step,
	"dollars-without-end.md": times("$ ", 30_000) + step,
	"double-dollars-without-end.md": times("$$x ", 800) + step,
	"quotes-in-quotes.md": `${times("> ", 50_000)}x${step}`,
	"lists-in-lists.md": `${times("- ", 50_000)}x${step}`,
	"indented-lists.md":
		Array.from({ length: 300 }, (_, n) => `${times("  ", n)}- x`).join("\n") +
		step,
	"divs-in-divs.md":
		Array.from(
			{ length: 1_000 },
			(_, n) => `${times(":", 1_010 - n)} derivation`,
		).join("\n") + step,
	"divs-opened.md": times("::: derivation\n", 4_000) + step,
	"braces.md": `$$ ${times("{", 9_000)}x${times("}", 9_000)} = x $$\n`,
	"fractions.md": `$$ ${times("\\frac{1}{", 150)}x${times("}", 150)} = x $$\n`,
	"deep-fractions.md": `$$ ${times("\\frac{", 3_000)}x${times("}{y}", 3_000)} = x $$\n`,
	"left-right.md": `$$ ${times("\\left(", 2_000)}x${times("\\right)", 2_000)} = x $$\n`,
	"powers.md": `$$ ${times("x^{", 190)}x${times("}", 190)} = x $$\n`,
	"arrays-in-arrays.md": `$$ ${times("\\begin{array}{c}", 500)}x${times("\\end{array}", 500)} = x $$\n`,
	"sums-in-sums.md": `$$ ${times("\\sum_{i=1}^N ", 150)}x_i = x $$\n`,
	"definitions-that-double.md": `$$ A := 1 + 1 $$\n\n${[..."BDEFGHJKLMOQRSTUVW"].map((letter, i, all) => `$$ ${letter} := ${all[i - 1] ?? "A"} + ${all[i - 1] ?? "A"}^2 $$\n\n`).join("")}$$ W = 2 $$\n`,
	"functions-that-double.md": `$$ f(u) := u + 1 $$\n\n${["\\alpha", "\\beta", "\\delta", "\\eta", "\\theta", "\\kappa", "\\mu", "\\nu", "\\rho", "\\tau", "\\omega"].map((name, i, all) => `$$ ${name}(u) := ${all[i - 1] ?? "f"}(${all[i - 1] ?? "f"}(u)) $$\n\n`).join("")}$$ \\omega(1) = 2 $$\n`,
	"product-of-sums.md": `$$ (a+b+c+d+e)^{200} = ${times("(a+b+c+d+e)", 200)} $$\n`,
	"tower.md":
		"$$ 9^{9^{9^{9^{9}}}} = 10^{10^{100}} $$\n\n$$ 2^{1000000000} = 4^{500000000} $$\n",
	"digits.md": `$$ ${times("9", 9_000)} = ${times("9", 4_000)} + 1 $$\n\n$$ 1000000! = 1 $$\n`,
	"sum-to-a-billion.md":
		"$$ \\sum_{i=1}^{1000000000} i = \\sum_{j=1}^{1000000000} \\sum_{k=1}^{1000000000} j k $$\n",
	"one-long-formula.md": `$$ x = ${times("x + ", 20_000)}x $$\n`,
	"one-long-row.md": `$$ \\begin{aligned} x ${times("&= x ", 200)} \\end{aligned} $$\n`,
	"many-rows.md": `$$ \\begin{aligned} x ${times("&= x \\\\ ", 200)} \\end{aligned} $$\n`,
	"many-columns.md": `|${times("x|", 600)}\n|${times("-|", 600)}\n|${times("$x$|", 300)}\n${step}`,
	"many-macros.md": `$$ ${Array.from({ length: 1_500 }, (_, n) => `\\def\\m${letters(n)}{x}`).join("")} x = x $$\n`,
	"many-headings.md":
		Array.from({ length: 800 }, () => "# x\n").join("\n") + step,
	"many-references.md":
		Array.from(
			{ length: 20_000 },
			(_, n) => `[x${n}]: https://example.org/${n}`,
		).join("\n") + step,
	"long-title.md": `---\ntitle: ${times("<b>", 6_000)}\n---\n${step}`,
	"long-heading.md": `# ${times("x", 60_000)}\n${step}`,
	"long-front-matter.md": `---\n${times("x: [{\n", 30_000)}---\n${step}`,
	"deep-front-matter.md": `---\nx: ${times("[", 9_000)}${times("]", 9_000)}\n---\n${step}`,
	"long-attributes.md": `::: derivation {${times('a="x" ', 20_000)}#${times("y", 50_000)}}\n$$ 1 + 1 = 2 $$\n:::\n`,
	"arrows-in-arrows.md": `$$ ${times("\\overrightarrow{\\widehat{\\cancel{", 60)}x${times("}}}", 60)} = x $$\n`,
	"roots-in-roots.md": `$$ ${times("\\sqrt[3]{", 180)}x${times("}", 180)} = x $$\n`,
	"middle-bars.md": `$$ \\left( ${times("x \\middle| ", 3_000)} x \\right) = x $$\n`,
	"labels-without-end.md": `$$ x = x ${times("\\label{a}\\tag{1}", 2_000)} $$\n\n${times("\\eqref{a} ", 5_000)}${step}`,
	"plain-text-deep.md": `\`\`\`expr\n${times("(", 3_000)}x${times(")", 3_000)} = ${times("sum(", 200)}x${times(", i, 1, 9)", 200)}\n1e999999 = 10^10^10^10\n\`\`\`\n`,
	"cells-of-macros.md": `$$ \\begin{aligned} ${times("\\def\\a{x} \\a &= \\a \\\\ ", 300)} x \\end{aligned} $$\n`,
	"tall-marks.md": `${times(`x${String.fromCharCode(0x30d)}${times(String.fromCharCode(0x316), 5_000)} `, 20)}${step}`,
};

function letters(n) {
	return [...n.toString(10)]
		.map((digit) => "abcdefghij"[Number(digit)])
		.join("");
}

/** What is no text. */
const binary = {
	"nul.md": Buffer.from("# x\0y\n\n$$ 1 = 1 $$\n"),
	"lone-surrogates.md": Buffer.from([
		0x23, 0x20, 0xed, 0xa0, 0x80, 0xed, 0xb0, 0x80, 0x0a,
	]),
	"overlong.md": Buffer.from([0x23, 0x20, 0xc0, 0xbc, 0x73, 0x0a]),
	"utf-16.md": Buffer.from("\ufeff# x <script>alert(1)</script>\n", "utf16le"),
	"random.md": Buffer.from(
		Array.from({ length: 4_000 }, (_, n) => (n * n * 31 + 7 * n) % 256),
	),
	"mark-of-order.md": Buffer.from(
		"\ufeff---\ntitle: <b>x</b>\n---\n\n$$ 1 + 1 = 2 $$\n",
	),
	"returns.md": Buffer.from(
		"# x\r\r\n$$ 1 + 1\r= 2 $$\r\n\r\n<script>alert(1)</script>\r",
	),
};

/** Names of files that mean harm; what is in them is harmless. */
const names = [
	"<script>window.owned = 1; alert(1)<script>.md",
	'"onmouseover="alert(1).md',
	"'><img src=x onerror=alert(1)>.md",
	"..md",
	"...md",
	"-rf.md",
	" .md",
	"index.md",
	"verdicts.md",
	"play.md",
	"assets.md",
	"404.md",
	"con.md",
	"NUL.md",
	"x.html.md",
	".hidden.md",
	"__proto__.md",
	"constructor.md",
	"%2e%2e%2fup.md",
	"..\\..\\up.md",
	"javascript:alert(1).md",
	"two\nlines.md",
	"\u001b[31mred\u001b]0;owned\u0007.md",
	"turned\u202edm.exe.md",
	"e\u0301.md",
	"\u00e9.md",
	"CASE.md",
	"case.md",
	`${"long".repeat(60)}.md`,
	`${"\u{1d4b3}".repeat(60)}.md`,
];

/** All of them, by the names of their files. */
export const made = new Map([
	...Object.entries(large),
	...Object.entries(binary),
	...names.map((name) => [name, `# Named\n\n[index](index.md)${step}`]),
]);
