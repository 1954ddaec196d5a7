import {
	arraysRead,
	keyOf,
	mapParts,
	parts,
	type Scalar,
	someScalar,
} from "../scalar.js";
import type { LetStatement, Statement } from "../statement.js";
import { withBodies } from "./jam.js";
import { arraysWritten, namesMade, rewrite } from "./rewrite.js";

/** Names what the statements of a block compute or read more than once, and so in the blocks inside. */
export function shareRepeated(
	block: readonly Statement[],
	fresh: () => string,
): readonly Statement[] {
	const inner = block.map((s) =>
		withBodies(s, (body) => shareRepeated(body, fresh)),
	);
	const counts = new Map<string, number>();
	const isConstant = constantIn(inner);
	const count = (v: Scalar): void => {
		if (isWorthAName(v) && isConstant(v))
			counts.set(keyOf(v), (counts.get(keyOf(v)) ?? 0) + 1);
		if (v.kind !== "read") for (const part of parts(v)) count(part);
	};
	for (const value of inner.flatMap(computed)) count(value);
	const named = new Map<string, LetStatement>();
	const replaced = (v: Scalar): Scalar => {
		const key = keyOf(v);
		if ((counts.get(key) ?? 0) < 2)
			return v.kind === "read" ? v : mapParts(v, replaced);
		const known = named.get(key);
		if (known) return { kind: "local", name: known.name };
		const value = v.kind === "read" ? v : mapParts(v, replaced);
		const name = fresh();
		named.set(key, { kind: "let", name, value });
		return { kind: "local", name };
	};
	const after = inner.map((s) =>
		computed(s).length === 0
			? s
			: rewrite(s, { name: (n) => n, value: valueOnly(s, replaced) }),
	);
	return [...named.values(), ...after];
}

/** The values that a statement computes, apart from subscripts. */
function computed(s: Statement): readonly Scalar[] {
	switch (s.kind) {
		case "let":
		case "gather":
		case "store":
		case "collect":
			return [s.value];
		default:
			return [];
	}
}

function valueOnly(s: Statement, change: (v: Scalar) => Scalar) {
	const [value] = computed(s);
	return (v: Scalar) => (v === value ? change(v) : v);
}

/** What can be had once for all statements: nothing in the block changes it, and it is defined whether needed or not. */
function constantIn(block: readonly Statement[]): (v: Scalar) => boolean {
	const made = namesMade(block);
	const written = arraysWritten(block);
	return (v) =>
		![...arraysRead(v)].some((array) => written.has(array)) &&
		!someScalar(
			v,
			(part) =>
				part.kind === "call" ||
				part.kind === "when" ||
				part.kind === "fold" ||
				(part.kind === "power" && part.exponent.kind !== "number") ||
				(part.kind === "local" && made.has(part.name)),
		);
}

function isWorthAName(v: Scalar): boolean {
	return (
		(v.kind === "read" && v.at.length > 0) ||
		v.kind === "add" ||
		v.kind === "mul" ||
		v.kind === "power"
	);
}
