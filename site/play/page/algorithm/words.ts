import { spoken as letter } from "../../../../src/check/greek.js";

/** A symbol's name as people write it: `kappa_0` as κ₀. */
export function spoken(name: string): string {
	const [base = "", ...subscripts] = name.split("_");
	const below = subscripts.map(letter).join(",");
	const isNumber = /^\d+$/.test(below);
	if (isNumber)
		return letter(base) + below.replace(/\d/g, (d) => "₀₁₂₃₄₅₆₇₈₉"[+d] ?? d);
	return letter(base) + (below && `_${below}`);
}

/** `E[log p(mu)]` with the letters that are meant. */
export function spokenTerm(name: string): string {
	return name.replace(/\(([^()]*)\)/g, (_, inner: string) => {
		return `(${inner.split(/,\s*/).map(spoken).join(", ")})`;
	});
}
