/** Words that the grammar knows. Everything else that is set as a word is a name. */

/** Functions that need no brackets: they reach over the product that follows. Values are the names in the surface tree. */
export const functions: ReadonlyMap<string, string> = new Map([
	["log", "log"],
	["ln", "log"],
	["exp", "exp"],
	["det", "det"],
	["tr", "tr"],
	["Tr", "tr"],
	["trace", "tr"],
	["Trace", "tr"],
	["diag", "diag"],
	["max", "max"],
	["min", "min"],
	["sup", "sup"],
	["inf", "inf"],
	["argmax", "argmax"],
	["argmin", "argmin"],
	["sin", "sin"],
	["cos", "cos"],
	["tan", "tan"],
	["tanh", "tanh"],
	["sinh", "sinh"],
	["cosh", "cosh"],
	["arctan", "arctan"],
	["sgn", "sgn"],
	["sign", "sgn"],
	["erf", "erf"],
	["sigmoid", "sigmoid"],
	["lgamma", "lgamma"],
	["digamma", "digamma"],
	["logit", "logit"],
	["softmax", "softmax"],
	["rank", "rank"],
	["Pr", "Pr"],
]);

/** Functions whose names are too easily taken for a product when their letters are typed bare. */
export const mustBeUpright: ReadonlySet<string> = new Set([
	"log",
	"ln",
	"sin",
	"cos",
	"tan",
	"tanh",
	"det",
	"max",
	"min",
	"argmax",
	"argmin",
]);

/** Words that are read as words although their letters are typed bare. */
export const bareWords: ReadonlySet<string> = new Set(["ELBO"]);

/** The same, but only directly before a bracket. */
export const bareCallees: ReadonlySet<string> = new Set([
	"KL",
	"exp",
	"Var",
	"Cov",
	"Cat",
	"Normal",
	"Dir",
	"Beta",
	"Gamma",
	"tr",
	"Tr",
	"diag",
	"ELBO",
	"Categorical",
	"Bernoulli",
	"Poisson",
	"Multinomial",
	"Bern",
	"Mult",
]);

export const divergences: ReadonlySet<string> = new Set(["KL", "DKL", "KLD"]);

export const moments: ReadonlyMap<string, "E" | "Var" | "Cov" | "H"> = new Map([
	["E", "E"],
	["V", "Var"],
	["Var", "Var"],
	["var", "Var"],
	["Cov", "Cov"],
	["cov", "Cov"],
	["H", "H"],
	["Ent", "H"],
]);

/** Scripts that name a version of a symbol instead of raising it to a power or indexing it. */
export const labelWords: ReadonlySet<string> = new Set(
	"old new opt prev next cur init post prior true max min MAP ML MLE VB EM EP KL ELBO MF obs mis ref tot".split(
		" ",
	),
);

/** Letters that index in `x^{(i)}`, where others (`\theta^{(t)}`) count iterations. */
export const indexLetters: ReadonlySet<string> = new Set(
	"i j k l n m d".split(" "),
);

export const constants: ReadonlySet<string> = new Set([
	"const",
	"constant",
	"constants",
	"cst",
	"cste",
]);

/** Special functions by Greek letter, if a bracket follows and the letter is no symbol. */
export const greekFunctions: ReadonlySet<string> = new Set([
	"psi",
	"Gamma",
	"digamma",
	"Psi",
	"sigma",
]);
