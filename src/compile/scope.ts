import type { Dim } from "../expr/tree.js";
import { arraysRead, type IndexScalar, keyOf, type Scalar } from "./scalar.js";
import type { Statement } from "./statement.js";

/** A loop that is open around the statements being written. */
export interface OpenLoop {
	readonly index: IndexScalar;
	/** Whether it runs over the whole size: only such a loop may be repeated elsewhere to fill a table. */
	readonly full: boolean;
}

/** A block being written. Whatever it has named can be used in it and in the blocks inside. */
export class Scope {
	readonly statements: Statement[] = [];
	/** The open loops, outermost first. */
	readonly loops: readonly OpenLoop[];
	private readonly known = new Map<
		string,
		{ readonly value: Scalar; readonly reads: ReadonlySet<string> }
	>();

	constructor(
		readonly parent: Scope | null = null,
		loop: OpenLoop | null = null,
	) {
		const outer = parent?.loops ?? [];
		this.loops = loop ? [...outer, loop] : outer;
	}

	/** The innermost enclosing block (or this one) with that many loops open. */
	atDepth(depth: number): Scope {
		if (this.loops.length <= depth || !this.parent) return this;
		return this.parent.atDepth(depth);
	}

	hasLoop(name: string): boolean {
		return this.loops.some((l) => l.index.name === name);
	}

	/** Notes that a value has a name from here on. */
	remember(value: Scalar, named: Scalar): void {
		this.known.set(keyOf(value), { value: named, reads: arraysRead(value) });
	}

	/** What was computed of a value; an entry of an inverse is one of the whole. */
	recall(value: Scalar): Scalar | null {
		const key = keyOf(value);
		const known = this.known.get(key)?.value ?? this.parent?.recall(value);
		if (known) return known;
		if (value.kind !== "inverse" || value.at.length === 0) return null;
		const whole = this.recall({ ...value, at: [] });
		return whole?.kind === "read" ? { ...whole, at: value.at } : null;
	}

	/** Forgets what was computed from an array that has been written to. */
	forget(array: string): void {
		for (const [key, { reads }] of this.known)
			if (reads.has(array)) this.known.delete(key);
		this.parent?.forget(array);
	}
}

/** Names for loop indices and temporaries, none used twice where both are visible. */
export class Names {
	private readonly indexNames = new Map<Dim, string[]>();
	private readonly used = new Map<string, number>();

	/**
	 * @param reserved names of the state's arrays and sizes
	 * @param letters the sheet's own letters for the indices over a size, in order of preference
	 */
	constructor(
		private readonly reserved: ReadonlySet<string>,
		letters: ReadonlyMap<Dim, readonly string[]>,
	) {
		for (const [size, own] of letters)
			this.indexNames.set(
				size,
				own.filter(
					(letter) => /^[A-Za-z]+$/.test(letter) && !reserved.has(letter),
				),
			);
	}

	/** A name like `sum2` that is new in the kernel. */
	fresh(base: string): string {
		const count = (this.used.get(base) ?? 0) + 1;
		this.used.set(base, count);
		const name = `${base}${count}`;
		return this.reserved.has(name) ? this.fresh(base) : name;
	}

	/** The name of an index over a size: the same in neighbouring loops, another one inside a loop that has it. */
	indexOver(size: Dim, wish: string, scope: Scope): string {
		const names = this.indexNames.get(size) ?? [];
		this.indexNames.set(size, names);
		const free = names.find((name) => !scope.hasLoop(name));
		if (free) return free;
		const name = this.newIndexName(wish);
		names.push(name);
		return name;
	}

	private newIndexName(wish: string): string {
		const base =
			wish.replace(/#.*$/, "").replace(/[^A-Za-z0-9_$]/g, "_") || "n";
		const taken = new Set([...this.indexNames.values()].flat());
		let name = base;
		for (let n = 2; taken.has(name) || this.reserved.has(name); n++)
			name = `${base}${n}`;
		return name;
	}
}
