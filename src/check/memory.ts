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
	/** For what is decided: that never depends on the lines at which things were declared. */
	readonly recall: Recall;
	/** For what is read, which may name such a line. */
	readonly reread: Recall;
}

const afresh: Recall = (f, ...args) => f(...args);

/** Remembers nothing. */
export const forgetful: Memory = { recall: afresh, reread: afresh };

/** A memory that keeps what it is told until it has grown too large, and then begins anew. */
export function newMemory(): Memory {
	return { recall: recalling(["line"]), reread: recalling([]) };
}

/** Contents and answers that are kept at once; beyond them all are forgotten, so that no session grows without end. */
const mostKept = 400_000;

/** @param leftOut names of properties that are no part of the content */
function recalling(leftOut: readonly string[]): Recall {
	let contents = new Contents(leftOut);
	let answers = new Map<string, unknown>();
	return (f, ...args) => {
		if (contents.size + answers.size > mostKept) {
			contents = new Contents(leftOut);
			answers = new Map();
		}
		const kept = answers;
		const key = contents.of([f, ...args]);
		if (kept.has(key)) return kept.get(key) as never;
		const answer = f(...args);
		kept.set(key, answer);
		// What could not be decided, such as a problem that is thrown, is not kept.
		if (answer instanceof Promise) answer.catch(() => kept.delete(key));
		return answer;
	};
}

/** Numbers for contents: two values have one number if they are built alike out of equal parts. */
class Contents {
	private readonly known = new WeakMap<object, string>();
	private readonly numbers = new Map<string, number>();

	constructor(private readonly leftOut: readonly string[]) {}

	get size(): number {
		return this.numbers.size;
	}

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
			typeof value === "function" ? `f${this.size}` : this.spelled(value);
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
		const known = this.numbers.get(text) ?? this.numbers.size;
		this.numbers.set(text, known);
		return known;
	}
}
