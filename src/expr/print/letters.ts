/** A letter or word of a name in LaTeX: `x`, `\eta`, `\mathrm{old}`. */
export function lettersInLatex(name: string): string {
	if (name.length === 1 || !/^[A-Za-z]+$/.test(name)) return name;
	return greekNames.has(name.toLowerCase()) || name.startsWith("var")
		? `\\${name}`
		: `\\mathrm{${name}}`;
}

/** The commands of the small Greek letters, in the order of the alphabet. */
export const greekNames: ReadonlySet<string> = new Set(
	"alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi chi psi omega ell".split(
		" ",
	),
);
