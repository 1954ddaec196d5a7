/** Other notations for the same: edits of a display's LaTeX. */
export const textRewrites = [
	["another transpose", (t) => t.replaceAll("^\\top", "^T")],
	[
		"commas between subscripts",
		(t) => t.replace(/_\{([ijknl])([kdl])\}/g, "_{$1,$2}"),
	],
	["another expectation", (t) => t.replace(/\\mathbb E/g, "\\operatorname{E}")],
	[
		"another norm",
		(t) => t.replaceAll("\\lVert", "\\|").replaceAll("\\rVert", "\\|"),
	],
	[
		"brackets that grow",
		(t) => t.replace(/\\[Bb]igg?[lr]?(?=[(){}[\]|\\])/g, ""),
	],
	["natural logarithm", (t) => t.replaceAll("\\log", "\\ln")],
	["bounds left out", withoutBounds],
	["wide fractions", (t) => t.replace(/\\frac(?=[{\d])/g, "\\dfrac")],
	["small spaces", (t) => t.replace(/ = /g, " \\;=\\; ")],
	["a full stop", (t) => (/[.,;]$/.test(t) ? t : `${t}.`)],
];

/** Σ_i for Σ_{i=1}^N where i stands in a subscript on that side, which has a range: nothing else gives one to an index. */
function withoutBounds(text) {
	const bounds = /\\sum_\{([a-z])=1\}\^[A-Z](?![a-z])/g;
	const isSubscript = (side, i) =>
		side
			.replace(/\\(sum|prod)_(\{[^}]*\}|.)/g, "")
			.match(/_(\{[^}]*\}|[a-z])/g)
			?.some((subscript) => subscript.includes(i));
	return text
		.split(/( (?:=|\\[gl]eq?|\\propto) )/)
		.map((side) =>
			side.replace(bounds, (sum, i) =>
				isSubscript(side, i) ? `\\sum_${i}` : sum,
			),
		)
		.join("");
}
