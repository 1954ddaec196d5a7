import { deltaAtom } from "../atoms.js";
import type { Environment } from "../environment.js";
import type { Atom, Factor } from "../form.js";
import type { Ix } from "../ix.js";
import { oneFraction, type Reduction, without } from "./reduction.js";

/** c_k² = c_k, c_k c_l = δ_kl c_k. */
export const oneHot: Reduction = (
	env,
	{ coefficient, factors, bound },
	kit,
) => {
	const hots = factors.filter(
		(f) => isOneHot(env, f.atom) && f.exponent.s > 0n,
	);
	const squared = hots.find((f) => !f.exponent.equals(1));
	if (squared) {
		env.rules.add("one-hot: c² = c");
		const once = { atom: squared.atom, exponent: oneFraction };
		return kit.product(
			env,
			coefficient,
			[...without(factors, squared), once],
			bound,
		);
	}
	for (let i = 0; i < hots.length; i++)
		for (let j = i + 1; j < hots.length; j++) {
			const slots = positions(hots[i] as Factor, hots[j] as Factor);
			if (!slots) continue;
			env.rules.add("one-hot: c_k c_l = δ_kl c_k");
			const delta = {
				atom: deltaAtom(slots[0], slots[1]),
				exponent: oneFraction,
			};
			return kit.product(
				env,
				coefficient,
				[...without(factors, hots[j] as Factor), delta],
				bound,
			);
		}
	return null;
};

function isOneHot(env: Environment, atom: Atom): boolean {
	if (atom.kind === "hot") return true;
	return (
		atom.kind === "symbol" &&
		env.context.symbols.get(atom.name)?.type === "onehot"
	);
}

/** The last subscripts of two atoms that agree in name and all others, or null. */
function positions(a: Factor, b: Factor): readonly [Ix, Ix] | null {
	if (
		!("ix" in a.atom) ||
		!("ix" in b.atom) ||
		!("name" in a.atom) ||
		!("name" in b.atom)
	)
		return null;
	if (a.atom.name !== b.atom.name || a.atom.kind !== b.atom.kind) return null;
	const [x, y] = [a.atom.ix, b.atom.ix];
	if (x.length !== y.length || x.slice(0, -1).some((v, i) => v !== y[i]))
		return null;
	return [x.at(-1) as Ix, y.at(-1) as Ix];
}
