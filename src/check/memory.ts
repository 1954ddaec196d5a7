/** Calls a function, or hands back what it said of arguments of the same content before. */
export type Recall = <A extends readonly unknown[], R>(
	f: (...args: A) => R,
	...args: A
) => R;

/**
 * What was read and decided before, by content: who checks a sheet over and over while it is written keeps a memory, and
 * what did not change is not done again. What is put to it must be a function of its arguments alone; then what is
 * recalled is what would be found, to the letter.
 */
export interface Memory {
	/** For what is decided: that never depends on the places at which things were declared. */
	readonly recall: Recall;
	/** For what is read, which may hand such a place on. */
	readonly reread: Recall;
	/** For what only helps, such as repairs: null where that is put off. */
	readonly search: Search;
}

/** Calls a function as `Recall` does, or puts it off. */
export type Search = <A extends readonly unknown[], R>(
	f: (...args: A) => R,
	...args: A
) => R | null;

const afresh: Recall = (f, ...args) => f(...args);

/** Remembers nothing. */
export const forgetful: Memory = {
	recall: afresh,
	reread: afresh,
	search: afresh,
};

/** A memory that can also be asked for what it knows already. */
export interface GrowingMemory extends Memory {
	/** The answer if there is one, else null. */
	readonly known: Search;
}

/** A memory that keeps what it was asked of late. */
export function newMemory(): GrowingMemory {
	const decided = new Answers(["line"]);
	const read = new Answers([]);
	const recall: Recall = (f, ...args) => decided.of(f, args);
	const reread: Recall = (f, ...args) => read.of(f, args);
	const known: Search = (f, ...args) => decided.known(f, args);
	return { recall, reread, search: recall, known };
}

/**
 * The same memory for a check that only decides: searches that were not made before are put off, and counted, for a second
 * check to make.
 */
export function puttingOff({ recall, reread, known }: GrowingMemory) {
	const left = { count: 0 };
	const search: Search = (f, ...args) => {
		const answer = known(f, ...args);
		if (answer === null) left.count += 1;
		return answer;
	};
	return { memory: { recall, reread, search }, left };
}

/** Answers by the content of the question. */
class Answers {
	private readonly contents: Contents;
	private readonly kept = new Recent<string, { readonly answer: unknown }>();

	/** @param leftOut names of properties that are no part of the content */
	constructor(leftOut: readonly string[]) {
		this.contents = new Contents(leftOut);
	}

	of<A extends readonly unknown[], R>(f: (...args: A) => R, args: A): R {
		const key = this.contents.of([f, ...args]);
		const known = this.kept.get(key);
		if (known) return known.answer as R;
		const answer = f(...args);
		this.kept.set(key, { answer });
		// What could not be decided, such as a problem that is thrown, is not kept.
		if (answer instanceof Promise) answer.catch(() => this.kept.delete(key));
		return answer;
	}

	known<A extends readonly unknown[], R>(
		f: (...args: A) => R,
		args: A,
	): R | null {
		const known = this.kept.get(this.contents.of([f, ...args]));
		return known ? (known.answer as R) : null;
	}
}

/** Entries that are kept before those of the time before them are forgotten. */
const generation = 200_000;

/** A map that forgets what has not been asked for since `generation` newer entries, so that no session grows without end. */
class Recent<K, V> {
	private young = new Map<K, V>();
	private old = new Map<K, V>();

	get(key: K): V | undefined {
		const known = this.young.get(key);
		if (known !== undefined) return known;
		const before = this.old.get(key);
		if (before !== undefined) this.set(key, before);
		return before;
	}

	set(key: K, value: V): void {
		this.young.set(key, value);
		if (this.young.size < generation) return;
		this.old = this.young;
		this.young = new Map();
	}

	delete(key: K): void {
		this.young.delete(key);
		this.old.delete(key);
	}
}

/** Numbers for contents: two values have one number if they are built alike out of equal parts. */
class Contents {
	private readonly known = new WeakMap<object, string>();
	private readonly numbers = new Recent<string, number>();
	/** Numbers are never given twice: a content that was forgotten gets another one, and is only not recognised. */
	private last = 0;

	constructor(private readonly leftOut: readonly string[]) {}

	/** A short text that stands for the content of a value. */
	of(value: unknown): string {
		if (typeof value === "string") return JSON.stringify(value);
		if (typeof value === "bigint") return `${value}n`;
		if (typeof value !== "object" && typeof value !== "function")
			return String(value);
		if (value === null) return "null";
		const known = this.known.get(value);
		if (known) return known;
		// A function is itself alone.
		const spelled =
			typeof value === "function" ? `f${this.last}` : this.spelled(value);
		const name = `#${this.numberOf(spelled)}`;
		this.known.set(value, name);
		return name;
	}

	private spelled(value: object): string {
		if (Array.isArray(value)) return `[${this.all(value)}]`;
		if (value instanceof Map) return `map(${this.all([...value].flat(1))})`;
		if (value instanceof Set) return `set(${this.all([...value])})`;
		let text = "{";
		for (const [key, part] of Object.entries(value))
			if (!this.leftOut.includes(key)) text += `${key}:${this.of(part)},`;
		return `${text}}`;
	}

	private all(values: readonly unknown[]): string {
		return values.map((v) => this.of(v)).join(",");
	}

	private numberOf(text: string): number {
		const known = this.numbers.get(text);
		if (known !== undefined) return known;
		this.last += 1;
		this.numbers.set(text, this.last);
		return this.last;
	}
}
