import type { Arithmetic } from "./arithmetic.js";
import type { Node } from "./measure.js";

/** Nodes that are kept at once for an arithmetic; the number changes the time alone. */
const mostKept = 200_000;

interface Kept {
	readonly lists: Map<string, readonly Node<unknown>[]>;
	nodes: number;
}

const kept = new WeakMap<object, Kept>();

/**
 * A quadrature for some parameters, which is kept: both sides of a step, its repairs and often several of its worlds ask
 * for the same one. A list whose parameters vary with the seed of a derivative is made anew.
 */
export function nodeList<T>(
	A: Arithmetic<T>,
	kind: string,
	parameters: readonly T[],
	level: number,
	make: () => readonly Node<T>[],
): readonly Node<T>[] {
	const identities = parameters.map((p) => A.identity(p));
	if (identities.includes(null)) return make();
	const key = [kind, level, ...identities].join(" ");
	const store = kept.get(A) ?? { lists: new Map(), nodes: 0 };
	kept.set(A, store);
	const known = store.lists.get(key);
	if (known) return known as readonly Node<T>[];
	const list = make();
	if (store.nodes + list.length > mostKept) {
		store.lists.clear();
		store.nodes = 0;
	}
	store.lists.set(key, list as readonly Node<unknown>[]);
	store.nodes += list.length;
	return list;
}
