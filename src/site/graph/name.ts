/** A name for a drawing: letters, set in italics or upright, and what stands below them. */
export interface DrawnName {
	readonly base: string;
	readonly isItalic: boolean;
	readonly isBold: boolean;
	readonly subscript: string;
}

const greek = new Map(
	"alpha α,beta β,gamma γ,delta δ,epsilon ϵ,varepsilon ε,zeta ζ,eta η,theta θ,vartheta ϑ,iota ι,kappa κ,lambda λ,mu μ,nu ν,xi ξ,pi π,rho ρ,sigma σ,tau τ,upsilon υ,phi ϕ,varphi φ,chi χ,psi ψ,omega ω,Gamma Γ,Delta Δ,Theta Θ,Lambda Λ,Xi Ξ,Pi Π,Sigma Σ,Upsilon Υ,Phi Φ,Psi Ψ,Omega Ω,ell ℓ"
		.split(",")
		.map((pair) => pair.split(" ") as [string, string]),
);

/** Marks above a letter, as characters that combine with the one before them. */
const accents = new Map([
	["hat", "\u0302"],
	["tilde", "\u0303"],
	["bar", "\u0304"],
	["overline", "\u0304"],
	["dot", "\u0307"],
	["vec", "\u20d7"],
]);

/** A symbol's LaTeX and its indices as text for an SVG, which has no formulas. */
export function drawnName(latex: string, indices: string): DrawnName {
	const parts = /^([^_]*)_(?:\{(.*)\}|(.+))$/.exec(latex);
	const own = parts?.[1] ?? latex;
	const label = plainText(parts?.[2] ?? parts?.[3] ?? "");
	const base = plainText(own);
	const separator = label !== "" && indices !== "" ? "," : "";
	return {
		base,
		isItalic: /^\p{Ll}|^[A-Z]\p{M}?$/u.test(base) && [...base].length <= 2,
		isBold: /\\(?:mathbf|boldsymbol|bm|bf)\b/.test(own),
		subscript: label + separator + plainText(indices),
	};
}

/** LaTeX as text: Greek letters by name, accents on their letter, and no more commands or braces. */
export function plainText(latex: string): string {
	let text = latex;
	for (const [name, mark] of accents)
		text = text.replace(
			new RegExp(`\\\\${name}\\s*(\\{([^{}]*)\\}|\\\\[a-zA-Z]+|[a-zA-Z])`, "g"),
			(_, argument: string, inner?: string) => `${inner ?? argument}${mark}`,
		);
	return text
		.replace(/\\([a-zA-Z]+)\s*/g, (_, name: string) => greek.get(name) ?? "")
		.replace(/[\\{}$^_~]/g, "")
		.trim();
}
