/** Slips of the pen: edits of the right side's LaTeX. Each gives a list of the texts that it can make of one. */

function everywhere(pattern, by) {
	return (text) =>
		[...text.matchAll(pattern)].map(
			(m) =>
				text.slice(0, m.index) +
				(typeof by === "function" ? by(m) : by) +
				text.slice(m.index + m[0].length),
		);
}

export const textOperators = [
	["+ read as −", everywhere(/\+/g, "-")],
	["− read as +", everywhere(/(?<=[\w)}\]] *)-(?= )/g, "+")],
	["square lost in copying", everywhere(/\^2/g, "")],
	["2 read as 3", everywhere(/(?<![\w\d])2(?!\d)/g, "3")],
	["half lost", everywhere(/\\frac12|\\frac\{1\}\{2\}/g, "")],
	["inverse lost in copying", everywhere(/\^\{-1\}/g, "")],
	["transpose lost in copying", everywhere(/\^\\top/g, "")],
	[
		"sum lost in copying",
		everywhere(/\\sum_\{?[a-z](=1)?\}?(\^[A-Z]|\^\{[A-Z]\})?/g, ""),
	],
	["logarithm lost in copying", everywhere(/\\log/g, "")],
	["N read as K", everywhere(/(?<![\w\\{^])N(?![\w}])/g, "K")],
	["D lost in copying", everywhere(/(?<![\w\\{^_])D(?![\w}])/g, "")],
	[
		"i read as j",
		everywhere(/_\{?i(?=[kd},]|\b)/g, (m) => m[0].replace("i", "j")),
	],
	["m read as x", everywhere(/(?<![\w\\])m(?=_|\b)/g, "x")],
	[
		"numerator and denominator swapped",
		everywhere(
			/\\frac\{([^{}]*)\}\{([^{}]*)\}/g,
			(m) => `\\frac{${m[2]}}{${m[1]}}`,
		),
	],
];
