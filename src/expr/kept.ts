/**
 * Facts about objects, kept on the objects themselves and not taken along by copies of them. A WeakMap of as many entries
 * costs more time than the facts: each garbage collection walks all of them.
 */
export class Kept<K extends object, V> {
	private readonly key = Symbol();

	/** The fact, found when it is first asked for. */
	of(object: K, find: () => V): V {
		const facts = object as Readonly<Record<symbol, V | undefined>>;
		const known = facts[this.key];
		if (known !== undefined) return known;
		const value = find();
		Object.defineProperty(object, this.key, { value });
		return value;
	}
}
