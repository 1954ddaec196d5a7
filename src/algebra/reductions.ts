import Fraction from "fraction.js";
import { deltaAtom, primeAtom, sizeAtom, symbolAtom } from "./atoms.js";
import type { Draft } from "./canonical.js";
import { type Environment, freshIndex, rangeOf } from "./environment.js";
import type { Atom, BoundIndex, Factor, Form } from "./form.js";
import { baseOf, type Ix, surelyDifferent } from "./ix.js";
import type { Kit } from "./ring.js";

/**
 * Rules that simplify one product of atoms under sums. Each is a mathematical fact with its side condition; it returns
 * the simpler form, or null if it does not apply. They are tried in order until none applies.
 */
export type Reduction = (
	env: Environment,
	draft: Draft,
	kit: Kit,
) => Form | null;

const oneFraction = new Fraction(1);

function without(
	factors: readonly Factor[],
	...gone: readonly Factor[]
): Factor[] {
	return factors.filter((f) => !gone.includes(f));
}

function isPositiveWhole(e: Fraction): boolean {
	return e.s > 0n && e.d === 1n;
}

/** p^{n + r} = p^n p^r for a prime p: only fractional exponents in (0, 1) stay. */
const primePowers: Reduction = (env, { coefficient, factors, bound }, kit) => {
	const found = factors.find(
		(f) =>
			f.atom.kind === "prime" &&
			(f.exponent.s < 0n || f.exponent.n >= f.exponent.d),
	);
	if (found?.atom.kind !== "prime") return null;
	const whole = found.exponent.floor();
	const rest = found.exponent.sub(whole);
	const scaled = coefficient.mul(
		new Fraction(found.atom.value).pow(whole) as Fraction,
	);
	const kept = without(factors, found);
	return kit.product(
		env,
		scaled,
		rest.n === 0n
			? kept
			: [...kept, { atom: primeAtom(found.atom.value), exponent: rest }],
		bound,
	);
};

/** δ² = δ; δ_aa = 1; δ of values that differ is 0; Σ_k δ_kl f_k = f_l; f_k δ_kl = f_l δ_kl. */
const kroneckerDelta: Reduction = (
	env,
	{ coefficient, factors, bound },
	kit,
) => {
	for (const f of factors) {
		if (f.atom.kind !== "delta" || f.exponent.s < 0n) continue;
		const { a, b } = f.atom;
		const rest = without(factors, f);
		if (a === b) return kit.product(env, coefficient, rest, bound);
		if (surelyDifferent(a, b)) return kit.nought;
		if (!f.exponent.equals(1))
			return kit.product(
				env,
				coefficient,
				[...rest, { atom: f.atom, exponent: oneFraction }],
				bound,
			);
		const contracted = contract(
			env,
			{ coefficient, factors: rest, bound },
			a,
			b,
			kit,
		);
		if (contracted) return contracted;
		const replaced = identify(
			env,
			{ coefficient, factors: rest, bound },
			f,
			kit,
		);
		if (replaced) return replaced;
	}
	return null;
};

/** Values that a bound index surely takes: another index or label position of the same range, 1, or the last one. */
function withinRange(
	env: Environment,
	value: Ix,
	range: string | number,
	bound: readonly BoundIndex[],
): boolean {
	if (value === "1" || value === String(range)) return true;
	if (baseOf(value) !== value) return false;
	const other =
		bound.find((b) => b.name === value)?.range ?? rangeOf(env, value);
	return other === range;
}

function contract(
	env: Environment,
	draft: Draft,
	a: Ix,
	b: Ix,
	kit: Kit,
): Form | null {
	for (const [gone, value] of [
		[a, b],
		[b, a],
	] as const) {
		const binder = draft.bound.find((x) => x.name === gone);
		if (!binder || !withinRange(env, value, binder.range, draft.bound))
			continue;
		env.rules.add("sum over a Kronecker delta");
		const bound = draft.bound.filter((x) => x !== binder);
		return underSums(env, { ...draft, bound }, new Map([[gone, value]]), kit);
	}
	return null;
}

/** The draft's factors after a substitution, multiplied up and summed over what is bound. */
function underSums(
	env: Environment,
	draft: Draft,
	map: ReadonlyMap<string, Ix>,
	kit: Kit,
): Form {
	const renamed = draft.factors.map((f) => kit.substituteFactor(env, f, map));
	return multiplyOut(env, draft, renamed, kit);
}

/** coefficient · Π forms under the draft's sums. */
function multiplyOut(
	env: Environment,
	draft: Omit<Draft, "factors">,
	forms: readonly Form[],
	kit: Kit,
): Form {
	const simple: Factor[] = [];
	let coefficient = draft.coefficient;
	const sums: Form[] = [];
	for (const form of forms) {
		const only =
			form.terms.size === 1 ? [...form.terms.values()][0] : undefined;
		if (form.terms.size === 0) return kit.nought;
		if (only && only.bound.length === 0) {
			coefficient = coefficient.mul(only.coefficient);
			simple.push(...only.factors);
		} else sums.push(form);
	}
	if (sums.length === 0)
		return kit.product(env, coefficient, simple, draft.bound);
	// The bound names stand free in every factor while they are multiplied, so they must not be canonical names, which a
	// sum among the factors may bind as well.
	const map = new Map<string, Ix>();
	const bound = draft.bound.map((b) => {
		const name = freshIndex(env, b.range);
		map.set(b.name, name);
		return { name, range: b.range };
	});
	const freed = [kit.product(env, coefficient, simple, []), ...sums].map((f) =>
		kit.substitute(env, f, map),
	);
	const expanded = freed.reduce((acc, f) => kit.times(env, acc, f), kit.unit);
	return kit.plus(
		...[...expanded.terms.values()].map((t) =>
			kit.product(env, t.coefficient, t.factors, [...t.bound, ...bound]),
		),
	);
}

/** f_k δ_kl = f_l δ_kl: the greater of two plain names gives way in the other factors. */
function identify(
	env: Environment,
	draft: Draft,
	delta: Factor,
	kit: Kit,
): Form | null {
	if (delta.atom.kind !== "delta") return null;
	const { a, b } = delta.atom;
	const names = [a, b].filter(
		(x) => x !== "" && baseOf(x) === x && !env.context.sizes.has(x),
	);
	const boundNames = new Set(draft.bound.map((x) => x.name));
	const gone =
		names
			.filter((x) => !boundNames.has(x))
			.sort()
			.pop() ?? names[0];
	if (gone === undefined) return null;
	const kept = gone === a ? b : a;
	if (!draft.factors.some((f) => f.atom.variables.has(gone))) return null;
	const map = new Map([[gone, kept]]);
	const renamed = draft.factors.map((f) => kit.substituteFactor(env, f, map));
	const deltaForm = kit.product(env, oneFraction, [delta], []);
	return multiplyOut(env, draft, [...renamed, deltaForm], kit);
}

/** sgn² = 1 − δ. */
const signSquared: Reduction = (env, { coefficient, factors, bound }, kit) => {
	const found = factors.find(
		(f) =>
			f.atom.kind === "sign" &&
			isPositiveWhole(f.exponent) &&
			f.exponent.n > 1n,
	);
	if (found?.atom.kind !== "sign") return null;
	const rest = without(factors, found);
	if (found.exponent.n % 2n === 1n)
		return kit.product(
			env,
			coefficient,
			[...rest, { atom: found.atom, exponent: oneFraction }],
			bound,
		);
	const delta = {
		atom: deltaAtom(found.atom.a, found.atom.b),
		exponent: oneFraction,
	};
	return kit.plus(
		kit.product(env, coefficient, rest, bound),
		kit.product(env, coefficient.neg(), [...rest, delta], bound),
	);
};

/** sgn(a, b) δ_ab = 0 is left to `identify`; sgn of equal arguments never arises. One-hot: c_k² = c_k, c_k c_l = δ_kl c_k. */
const oneHot: Reduction = (env, { coefficient, factors, bound }, kit) => {
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

/** exp(a)^m exp(b)^n = exp(m a + n b). */
const mergeExponentials: Reduction = (
	env,
	{ coefficient, factors, bound },
	kit,
) => {
	const exps = factors.filter(
		(f) => f.atom.kind === "function" && f.atom.name === "exp",
	);
	if (exps.length === 0 || (exps.length === 1 && exps[0]?.exponent.equals(1)))
		return null;
	const total = kit.plus(
		...exps.map((f) =>
			f.atom.kind === "function"
				? kit.scale(f.atom.argument, f.exponent)
				: kit.nought,
		),
	);
	const merged = env.functions.apply(env, "exp", total);
	const rest = without(factors, ...exps).map((f) =>
		kit.product(env, oneFraction, [f], []),
	);
	return multiplyOut(env, { coefficient, bound }, [...rest, merged], kit);
};

/** (a + b)^{n + r} = (a + b)^n (a + b)^r, the whole power multiplied out. */
const expandPowers: Reduction = (env, { coefficient, factors, bound }, kit) => {
	const found = factors.find(
		(f) =>
			f.atom.kind === "poly" &&
			f.exponent.s > 0n &&
			f.exponent.n >= f.exponent.d,
	);
	if (found?.atom.kind !== "poly") return null;
	const whole = found.exponent.floor();
	const rest = found.exponent.sub(whole);
	const forms = Array.from(
		{ length: Number(whole.n) },
		() => (found.atom as { form: Form }).form,
	);
	const kept = without(factors, found);
	if (rest.n !== 0n) kept.push({ atom: found.atom, exponent: rest });
	return multiplyOut(
		env,
		{ coefficient, bound },
		[kit.product(env, oneFraction, kept, []), ...forms],
		kit,
	);
};

/** x^a x^b = x^{a+b} where an exponent is symbolic. */
const mergeSymbolicPowers: Reduction = (
	env,
	{ coefficient, factors, bound },
	kit,
) => {
	for (const f of factors) {
		if (f.atom.kind !== "power") continue;
		const base = f.atom.base;
		const only =
			base.terms.size === 1 ? [...base.terms.values()][0] : undefined;
		const plain =
			only &&
			only.bound.length === 0 &&
			only.coefficient.equals(1) &&
			only.factors.length === 1;
		const same = factors.filter(
			(g) => g !== f && g.atom.kind === "power" && g.atom.base.key === base.key,
		);
		const bare = plain
			? factors.find((g) => g.atom.key === only.factors[0]?.atom.key)
			: undefined;
		if (same.length === 0 && !bare && f.exponent.equals(1)) continue;
		const exponents = [f, ...same].map((g) =>
			g.atom.kind === "power"
				? kit.scale(g.atom.exponentForm, g.exponent)
				: kit.nought,
		);
		if (bare && only)
			exponents.push(
				kit.scale(
					kit.unit,
					bare.exponent.div(only.factors[0]?.exponent ?? oneFraction),
				),
			);
		const merged = env.functions.symbolicPower(
			env,
			base,
			kit.plus(...exponents),
		);
		const gone = bare ? [f, ...same, bare] : [f, ...same];
		return multiplyOut(
			env,
			{ coefficient, bound },
			[kit.product(env, oneFraction, without(factors, ...gone), []), merged],
			kit,
		);
	}
	return null;
};

/** Σ_e A_de (A⁻¹)_ef = δ_df, on either side. */
const inverseCancels: Reduction = (
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

/** Σ_{k=1}^K f = K f where f does not depend on k. */
const unusedIndex: Reduction = (env, { coefficient, factors, bound }, kit) => {
	const found = bound.find(
		(b) => !factors.some((f) => f.atom.variables.has(b.name)),
	);
	if (!found) return null;
	const rest = bound.filter((b) => b !== found);
	if (typeof found.range === "number")
		return kit.product(env, coefficient.mul(found.range), factors, rest);
	const size = { atom: sizeAtom(found.range), exponent: oneFraction };
	return kit.product(env, coefficient, [...factors, size], rest);
};

/** Σ_k φ_ik = 1, Σ_k c_ik = 1, Σ_z p(z, x) = p(x): an index that occurs once, in the position that is summed out. */
const totalProbability: Reduction = (
	env,
	{ coefficient, factors, bound },
	kit,
) => {
	for (const b of bound) {
		const users = factors.filter((f) => f.atom.variables.has(b.name));
		const [only] = users;
		if (users.length !== 1 || !only || !only.exponent.equals(1)) continue;
		const summed = summedOut(env, only.atom, b);
		if (summed === undefined) continue;
		env.rules.add(
			summed === null ? "probabilities add up to 1" : "marginalisation",
		);
		const rest = without(factors, only);
		const kept =
			summed === null
				? rest
				: [...rest, { atom: summed, exponent: oneFraction }];
		return kit.product(
			env,
			coefficient,
			kept,
			bound.filter((x) => x !== b),
		);
	}
	return null;
};

/** What is left of an atom summed over the index: null for 1, undefined if no rule says. */
function summedOut(
	env: Environment,
	atom: Atom,
	b: BoundIndex,
): Atom | null | undefined {
	if (atom.kind === "hot")
		return env.simplex && atom.ix.at(-1) === b.name && once(atom.ix, b.name)
			? null
			: undefined;
	if (atom.kind !== "symbol") return undefined;
	if (atom.name.startsWith("⟨")) return marginal(atom.name, atom.ix, b.name);
	const type = env.context.symbols.get(atom.name)?.type;
	if (type !== "simplex" && type !== "onehot") return undefined;
	return env.simplex && atom.ix.at(-1) === b.name && once(atom.ix, b.name)
		? null
		: undefined;
}

function once(ix: readonly Ix[], name: string): boolean {
	return ix.filter((x) => baseOf(x) === name).length === 1;
}

/** An unnamed density ⟨p|x,z⟩[x, z] with one variable summed out; with none left it is 1. */
function marginal(
	name: string,
	ix: readonly Ix[],
	gone: string,
): Atom | null | undefined {
	if (!once(ix, gone)) return undefined;
	const [law, list] = name.slice(1, -1).split("|") as [string, string];
	const variables = list.split(",");
	const at = ix.indexOf(gone);
	const kept = variables.filter((_, i) => i !== at);
	if (kept.length === 0) return null;
	return symbolAtom(
		`⟨${law}|${kept.join(",")}⟩`,
		ix.filter((_, i) => i !== at),
	);
}

/** |x|² = x². */
const absoluteSquare: Reduction = (
	env,
	{ coefficient, factors, bound },
	kit,
) => {
	const even = (e: Fraction) => e.d === 1n && e.n % 2n === 0n;
	const found = factors.find(
		(f) =>
			f.atom.kind === "function" && f.atom.name === "abs" && even(f.exponent),
	);
	if (found?.atom.kind !== "function") return null;
	const squared = env.functions.power(env, found.atom.argument, found.exponent);
	const rest = kit.product(env, oneFraction, without(factors, found), []);
	return multiplyOut(env, { coefficient, bound }, [rest, squared], kit);
};

export const reductions: readonly Reduction[] = [
	primePowers,
	absoluteSquare,
	kroneckerDelta,
	signSquared,
	oneHot,
	mergeExponentials,
	mergeSymbolicPowers,
	expandPowers,
	inverseCancels,
	totalProbability,
	unusedIndex,
];
