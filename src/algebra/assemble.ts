import {
	add,
	apply,
	matmul,
	mul,
	num,
	pow,
	sum,
	symbol,
	transpose,
} from "../expr/build.js";
import type { Dim, Expr, FunctionName, Sym } from "../expr/tree.js";
import { type Environment, NoNormalForm, rangeOf } from "./environment.js";
import {
	columnSlot,
	type Factor,
	type Form,
	rowSlot,
	type Term,
} from "./form.js";
import type { Ix } from "./ix.js";
import { raise } from "./raise.js";
import { atomForm, collect } from "./ring.js";

/**
 * Forms as trees of whole vectors and matrices: Σ_d Σ_e m_d A_de x_ie is mᵀ A x_i again. The factors of a term are links
 * that share component indices; following these from an end gives a product, and a ring of them is a trace.
 */

/** What a form is written with. */
export interface Notation {
	readonly env: Environment;
	/** How many of a symbol's axes are subscripts, where the rest make it a vector or a matrix. */
	readonly subscripts: ReadonlyMap<string, number>;
	/** A letter for a bound index over the range that is none of those taken. */
	letter(range: Dim, taken: ReadonlySet<string>): string;
	/** Letters that mean something where the tree will stand. */
	readonly taken: ReadonlySet<string>;
}

/** How many axes are subscripts, by the symbols as they occur. */
export function subscriptsOf(symbols: readonly Sym[]): Map<string, number> {
	return new Map(
		symbols
			.filter((s) => s.shape.length > 0 && s.shape[0] !== 1)
			.map((s) => [s.name, s.indices.length]),
	);
}

/** Letters that bound indices have been given. */
type Naming = ReadonlyMap<string, Ix>;

/** A factor that is an entry of a vector (one end) or of a matrix (two). */
interface Link {
	readonly ends: readonly Ix[];
	readonly tree: Expr;
	readonly isSymmetric: boolean;
}

/**
 * The tree whose entry at `row` and `column` is the form; "1" for an axis that it lacks.
 * @throws NoNormalForm where the form is no sum of products of whole vectors and matrices
 */
export function assembled(
	notation: Notation,
	form: Form,
	row: Ix = "1",
	column: Ix = "1",
	naming: Naming = new Map(),
): Expr {
	const terms = [...form.terms.values()].map((t) =>
		termOf(notation, t, row, column, naming),
	);
	return terms.length === 0 ? num(0) : add(...terms);
}

function termOf(
	notation: Notation,
	term: Term,
	row: Ix,
	column: Ix,
	outer: Naming,
): Expr {
	const hidden = componentsOf(notation, term, row, column);
	const plates = term.bound.filter((b) => !hidden.has(b.name));
	const naming = new Map(outer);
	const taken = new Set([...notation.taken, ...outer.values()]);
	for (const { name, range } of plates) {
		const letter = notation.letter(range, taken);
		taken.add(letter);
		naming.set(name, letter);
	}
	const links: Link[] = [];
	const numbers: { tree: Expr; variables: ReadonlySet<string> }[] = [];
	for (const f of term.factors) {
		const link = linkOf(notation, f, hidden, naming);
		if (link) links.push(...link);
		else
			numbers.push({
				tree: numberOf(notation, f, naming),
				variables: f.atom.variables,
			});
	}
	const isBound = (v: string) => plates.some((p) => p.name === v);
	const inside = numbers.filter((n) => [...n.variables].some(isBound));
	const outside = numbers.filter((n) => !inside.includes(n));
	const body = mul(
		...inside.map((n) => n.tree),
		...productsOf(links, row, column),
	);
	const sums = plates.reduceRight<Expr>(
		(e, p) => sum(naming.get(p.name) as string, p.range, e),
		body,
	);
	return mul(num(term.coefficient), ...outside.map((n) => n.tree), sums);
}

/** Indices that only number the components of vectors and matrices: row, column, and bound ones that link two factors. */
function componentsOf(
	notation: Notation,
	term: Term,
	row: Ix,
	column: Ix,
): Set<string> {
	const seen = new Map<string, number>();
	const elsewhere = new Set<string>();
	for (const f of term.factors) {
		const ends = endsOf(notation, f);
		const count = ends.length > 0 ? timesOf(f) : 0;
		for (const end of ends) seen.set(end, (seen.get(end) ?? 0) + count);
		for (const v of f.atom.variables)
			if (!ends.includes(v) || count === 0) elsewhere.add(v);
		for (const v of subscriptsIn(notation, f)) elsewhere.add(v);
	}
	const found = new Set([row, column].filter((ix) => ix !== "1"));
	for (const { name } of term.bound)
		if (seen.get(name) === 2 && !elsewhere.has(name)) found.add(name);
	for (const name of [row, column])
		if (name !== "1" && (seen.get(name) !== 1 || elsewhere.has(name)))
			throw new NoNormalForm("an entry that belongs to no vector");
	return found;
}

/** The index values at which a factor is an entry of a vector or matrix. */
function endsOf({ subscripts }: Notation, { atom }: Factor): readonly Ix[] {
	switch (atom.kind) {
		case "symbol": {
			const count = subscripts.get(atom.name);
			return count === undefined ? [] : atom.ix.slice(count);
		}
		case "inverse":
			return [atom.row, atom.column];
		case "delta":
			return [atom.a, atom.b];
		default:
			return [];
	}
}

function subscriptsIn(
	{ subscripts }: Notation,
	{ atom }: Factor,
): readonly Ix[] {
	return atom.kind === "symbol"
		? atom.ix.slice(0, subscripts.get(atom.name) ?? atom.ix.length)
		: [];
}

/** How often a factor stands in the product; 0 where its power is none of a vector or matrix. */
function timesOf({ exponent }: Factor): number {
	return exponent.equals(1) ? 1 : exponent.equals(2) ? 2 : 0;
}

/** The factor as links; null if it is a number. */
function linkOf(
	notation: Notation,
	f: Factor,
	hidden: ReadonlySet<string>,
	naming: Naming,
): Link[] | null {
	const ends = endsOf(notation, f);
	if (!ends.some((end) => hidden.has(end))) return null;
	if (!ends.every((end) => hidden.has(end)))
		throw new NoNormalForm("an entry beside whole vectors");
	const link = { ends, ...wholeOf(notation, f, naming) };
	return Array.from({ length: timesOf(f) }, () => link);
}

function wholeOf(
	notation: Notation,
	{ atom }: Factor,
	naming: Naming,
): Omit<Link, "ends"> {
	const { env, subscripts } = notation;
	if (atom.kind === "inverse") {
		const of = assembled(notation, atom.matrix, rowSlot, columnSlot, naming);
		return { tree: { kind: "inverse", of }, isSymmetric: atom.symmetric };
	}
	if (atom.kind === "delta") {
		const size = rangeOf(env, atom.a) ?? rangeOf(env, atom.b);
		if (size === null) throw new NoNormalForm("an identity of unknown size");
		return { tree: { kind: "identity", size }, isSymmetric: true };
	}
	if (atom.kind !== "symbol") throw new NoNormalForm("no whole matrix");
	const { type, dims } = env.context.symbols.get(atom.name) ?? {};
	const count = subscripts.get(atom.name) ?? 0;
	const at = atom.ix.slice(0, count);
	const entry = raise(
		env,
		atomForm(env, { ...atom, ix: at } as typeof atom),
		naming,
	);
	if (entry.kind !== "symbol") throw new NoNormalForm("no whole matrix");
	return {
		tree: symbol(atom.name, entry.indices, dims?.slice(count) ?? []),
		isSymmetric: type === "symmetric" || type === "posdef",
	};
}

function numberOf(notation: Notation, f: Factor, naming: Naming): Expr {
	const { env } = notation;
	const { atom, exponent } = f;
	const inner = (form: Form) => assembled(notation, form, "1", "1", naming);
	const whole = (form: Form) =>
		assembled(notation, form, rowSlot, columnSlot, naming);
	switch (atom.kind) {
		case "function":
			return pow(
				apply(atom.name as FunctionName, inner(atom.argument)),
				num(exponent),
			);
		case "poly":
			return pow(inner(atom.form), num(exponent));
		case "determinant":
			return pow(
				{ kind: "determinant", of: whole(atom.matrix) },
				num(exponent),
			);
		default: {
			const bare = { coefficient: one, factors: [f], bound: [], key: atom.key };
			return raise(env, collect([bare as Term]), naming);
		}
	}
}

const one = num(1).value;

/** Everything that the links make: what runs from row to column, then numbers such as uᵀAw and tr(AB). */
function productsOf(all: readonly Link[], row: Ix, column: Ix): Expr[] {
	const links = [...all];
	const whole = wholeProduct(links, row, column);
	const numbers: Expr[] = [];
	while (links.length > 0) {
		const at = links.findIndex((l) => l.ends.length === 1);
		const [first] = links.splice(Math.max(at, 0), 1) as [Link];
		numbers.push(at < 0 ? ring(first, links) : between(first, links));
	}
	return whole ? [...numbers, whole] : numbers;
}

/** The part of the product that has the row, the column or both. */
function wholeProduct(links: Link[], row: Ix, column: Ix): Expr | null {
	if (row === "1" && column === "1") return null;
	if (row === "1") return transpose(chained(follow(links, column).trees));
	const { trees, end } = follow(links, row);
	const left = chained(trees);
	if (column === "1" || end === column) return left;
	return matmul(left, transpose(chained(follow(links, column).trees)));
}

/** uᵀ A … w, from the vector u. */
function between({ tree, ends }: Link, links: Link[]): Expr {
	return chained([transpose(tree), ...follow(links, ends[0] as Ix).trees]);
}

/** tr(A B …), or tr(A) for a matrix whose two ends are one. */
function ring({ tree, ends: [start, next] }: Link, links: Link[]): Expr {
	const rest = start === next ? [] : follow(links, next as Ix).trees;
	return { kind: "trace", of: chained([tree, ...rest]) };
}

/** The trees along the links from an index on, each turned so that it goes that way; takes them out of the list. */
function follow(links: Link[], from: Ix): { trees: Expr[]; end: Ix | null } {
	const trees: Expr[] = [];
	let at: Ix | null = from;
	for (;;) {
		const n = links.findIndex((l) => l.ends.includes(at as Ix));
		if (n < 0) return { trees, end: at };
		const [{ tree, ends, isSymmetric }] = links.splice(n, 1) as [Link];
		const isForward: boolean = ends[0] === at;
		trees.push(isForward || isSymmetric ? tree : transpose(tree));
		if (ends.length === 1) return { trees, end: null };
		at = (isForward ? ends[1] : ends[0]) as Ix;
	}
}

/** The product of matrices, without the identities in it. */
function chained(trees: readonly Expr[]): Expr {
	const [last] = trees.slice(-1);
	if (!last) throw new NoNormalForm("a product of no factors");
	const kept: Expr[] = trees.filter((t) => t.kind !== "identity");
	return kept.length === 0 ? last : kept.reduce((a, b) => matmul(a, b));
}
