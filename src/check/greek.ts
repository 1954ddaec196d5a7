/** Greek letters by their names, for messages in plain text. */
const letters = new Map(
	Object.entries({
		alpha: "α",
		beta: "β",
		gamma: "γ",
		delta: "δ",
		epsilon: "ε",
		zeta: "ζ",
		eta: "η",
		theta: "θ",
		kappa: "κ",
		lambda: "λ",
		mu: "μ",
		nu: "ν",
		xi: "ξ",
		pi: "π",
		rho: "ρ",
		sigma: "σ",
		tau: "τ",
		phi: "φ",
		varphi: "φ",
		chi: "χ",
		psi: "ψ",
		omega: "ω",
		Gamma: "Γ",
		Lambda: "Λ",
		Sigma: "Σ",
		Phi: "Φ",
		Omega: "Ω",
	}),
);

/** A symbol's name as people write it: μ for `mu`. */
export function spoken(name: string): string {
	return letters.get(name) ?? name;
}
