import { deltaAtom } from "../atoms.js";
import type { Atom, Factor, Form } from "../form.js";
import type { Ix } from "../ix.js";
import { oneFraction, type Reduction, without } from "./reduction.js";

/** Σ_e A_de (A⁻¹)_ef = δ_df, on either side. */
export const inverseCancels: Reduction = (
	env,
	{ coefficient, factors, bound },
	kit,
) => {
	for (const f of factors) {
		if (f.atom.kind !== "inverse" || !f.exponent.equals(1)) continue;
		const source = soleSymbol(f.atom.matrix);
		if (!source) continue;
		for (const g of factors) {
			if (
				g.atom.kind !== "symbol" ||
				g.atom.name !== source.name ||
				!g.exponent.equals(1)
			)
				continue;
			const met = meeting(f.atom, g.atom.ix, source);
			const binder = met && bound.find((b) => b.name === met.through);
			if (!met || !binder) continue;
			const rest = without(factors, f, g);
			if (
				rest.some((h) => h.atom.variables.has(met.through)) ||
				met.left === met.through ||
				met.right === met.through
			)
				continue;
			env.rules.add("A A⁻¹ = I");
			const delta = {
				atom: deltaAtom(met.left, met.right),
				exponent: oneFraction,
			};
			return kit.product(
				env,
				coefficient,
				[...rest, delta],
				bound.filter((b) => b !== binder),
			);
		}
	}
	return null;
};

interface MatrixSource {
	readonly name: string;
	readonly prefix: readonly Ix[];
	readonly transposed: boolean;
}

/** The symbol of which a matrix form is just the entries, or null. */
function soleSymbol(matrix: Form): MatrixSource | null {
	const only =
		matrix.terms.size === 1 ? [...matrix.terms.values()][0] : undefined;
	if (
		!only ||
		only.bound.length > 0 ||
		!only.coefficient.equals(1) ||
		only.factors.length !== 1
	)
		return null;
	const { atom, exponent } = only.factors[0] as Factor;
	if (atom.kind !== "symbol" || !exponent.equals(1)) return null;
	const [row, column] = atom.ix.slice(-2);
	if (row === "@r" && column === "@c")
		return { name: atom.name, prefix: atom.ix.slice(0, -2), transposed: false };
	if (row === "@c" && column === "@r")
		return { name: atom.name, prefix: atom.ix.slice(0, -2), transposed: true };
	return null;
}

/** Where an inverse's entry and its matrix's entry share an index as in A⁻¹A or A A⁻¹; the two outer indices. */
function meeting(
	inverse: Extract<Atom, { kind: "inverse" }>,
	ix: readonly Ix[],
	source: MatrixSource,
): { through: Ix; left: Ix; right: Ix } | null {
	const prefix = ix.slice(0, -2);
	if (
		prefix.length !== source.prefix.length ||
		prefix.some((v, i) => v !== source.prefix[i])
	)
		return null;
	const [a, b] = (
		source.transposed ? [ix.at(-1), ix.at(-2)] : [ix.at(-2), ix.at(-1)]
	) as [Ix, Ix];
	const { row, column, symmetric } = inverse;
	if (column === a) return { through: a, left: row, right: b };
	if (row === b) return { through: b, left: a, right: column };
	if (!symmetric) return null;
	if (row === a) return { through: a, left: column, right: b };
	if (column === b) return { through: b, left: a, right: row };
	return null;
}
