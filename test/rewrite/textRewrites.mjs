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
	[
		"bounds left out",
		(t) => t.replace(/\\sum_\{([a-z])=1\}\^[A-Z](?![a-z])/g, "\\sum_$1"),
	],
	["wide fractions", (t) => t.replace(/\\frac(?=[{\d])/g, "\\dfrac")],
	["small spaces", (t) => t.replace(/ = /g, " \\;=\\; ")],
	["a full stop", (t) => `${t}.`],
];
