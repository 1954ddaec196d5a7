import type { Dim } from "../expr/tree.js";
import type { Atom, AtomShape, Form, Range } from "./form.js";
import { columnSlot, rowSlot } from "./form.js";
import { baseOf, type Ix } from "./ix.js";

/** Constructors of atoms: they compute keys and free variables; they simplify nothing. */

/** Flat atoms are made over and over with few different subscripts, so that equal ones share one object. */
const interned = new Map<string, Atom>();
const mostInterned = 50_000;

function plain(shape: AtomShape, key: string): Atom {
	return indexed(shape, key, []);
}

function indexed(shape: AtomShape, key: string, ix: readonly Ix[]): Atom {
	const known = interned.get(key);
	if (known) return known;
	const variables = new Set(ix.map(baseOf).filter((b) => b !== ""));
	const atom = { ...shape, key, variables, height: 0 } as Atom;
	if (interned.size >= mostInterned) interned.clear();
	interned.set(key, atom);
	return atom;
}

/** Free index variables of a form. */
export function variablesOf(form: Form): ReadonlySet<string> {
	const found = new Set<string>();
	for (const term of form.terms.values()) {
		const bound = new Set(term.bound.map((b) => b.name));
		for (const { atom } of term.factors)
			for (const v of atom.variables) if (!bound.has(v)) found.add(v);
	}
	return found;
}

function nested(
	shape: AtomShape,
	key: string,
	forms: readonly Form[],
	ix: readonly Ix[],
	hidden: readonly string[],
): Atom {
	const variables = new Set<string>();
	for (const form of forms) for (const v of variablesOf(form)) variables.add(v);
	for (const name of hidden) variables.delete(name);
	for (const base of ix.map(baseOf)) if (base !== "") variables.add(base);
	return {
		...shape,
		key,
		variables,
		height: Math.max(...forms.map((f) => f.height)),
	} as Atom;
}

export function symbolAtom(name: string, ix: readonly Ix[]): Atom {
	return indexed({ kind: "symbol", name, ix }, `${name}[${ix.join(",")}]`, ix);
}

export function hotAtom(name: string, ix: readonly Ix[]): Atom {
	return indexed({ kind: "hot", name, ix }, `hot ${name}[${ix.join(",")}]`, ix);
}

export function sizeAtom(name: string): Atom {
	return plain({ kind: "size", name }, `|${name}|`);
}

export function constantAtom(name: string): Atom {
	return plain({ kind: "constant", name }, `'${name}`);
}

export function primeAtom(value: bigint): Atom {
	return plain({ kind: "prime", value }, `${value}`);
}

export function ixAtom(at: Ix): Atom {
	return indexed({ kind: "ix", at }, `<${at}>`, [at]);
}

export function deltaAtom(a: Ix, b: Ix): Atom {
	const [first, second] = a < b ? [a, b] : [b, a];
	return indexed(
		{ kind: "delta", a: first, b: second },
		`δ(${first},${second})`,
		[a, b],
	);
}

/** Written with its arguments in order; the caller takes the minus sign when it swaps them. */
export function signAtom(a: Ix, b: Ix): Atom {
	return indexed({ kind: "sign", a, b }, `sgn(${a},${b})`, [a, b]);
}

export function functionAtom(name: string, argument: Form): Atom {
	return nested(
		{ kind: "function", name, argument },
		`${name}(${argument.key})`,
		[argument],
		[],
		[],
	);
}

export function polyAtom(form: Form): Atom {
	return nested({ kind: "poly", form }, `(${form.key})`, [form], [], []);
}

export function powerAtom(base: Form, exponentForm: Form): Atom {
	return nested(
		{ kind: "power", base, exponentForm },
		`(${base.key})^(${exponentForm.key})`,
		[base, exponentForm],
		[],
		[],
	);
}

export function productAtom(index: string, range: Range, body: Form): Atom {
	return nested(
		{ kind: "product", index, range, body },
		`Π_${index}:${range}(${body.key})`,
		[body],
		[],
		[index],
	);
}

export function maximumAtom(index: string, range: Range, body: Form): Atom {
	return nested(
		{ kind: "maximum", index, range, body },
		`max_${index}:${range}(${body.key})`,
		[body],
		[],
		[index],
	);
}

export function inverseAtom(
	matrix: Form,
	row: Ix,
	column: Ix,
	symmetric: boolean,
	size: Dim,
): Atom {
	const [r, c] = symmetric && column < row ? [column, row] : [row, column];
	const shape: AtomShape = {
		kind: "inverse",
		matrix,
		row: r,
		column: c,
		symmetric,
		size,
	};
	return nested(
		shape,
		`inv(${matrix.key})[${r},${c}]`,
		[matrix],
		[r, c],
		[rowSlot, columnSlot],
	);
}

export function determinantAtom(
	matrix: Form,
	size: Dim,
	positive: boolean,
): Atom {
	const shape: AtomShape = { kind: "determinant", matrix, size, positive };
	return nested(
		shape,
		`det_${size}(${matrix.key})`,
		[matrix],
		[],
		[rowSlot, columnSlot],
	);
}

export function opaqueAtom(
	head: string,
	argument: Form,
	binds: readonly string[],
	positive: boolean,
): Atom {
	return nested(
		{ kind: "opaque", head, argument, binds, positive },
		`${head}{${argument.key}}`,
		[argument],
		[],
		binds,
	);
}
