import { framed } from "./frame.mjs";
import { factors, pieces, poisons } from "./words.mjs";

/**
 * Random sheets, each from a seed and its number alone, so that any of them can be made again. A case has its `parts`, the
 * `sheet` that they make, and what must hold of the steps: at most `mostRead` of them are read.
 */

/** Numbers in [0, 1) from a seed and a case: mulberry32 behind a mix of both. */
function randomFrom(seed, number) {
	let state =
		(Math.imul(seed, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b)) | 0;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
}

function picker(random) {
	const below = (n) => Math.floor(random() * n);
	return { below, pick: (list) => list[below(list.length)] };
}

/** Characters and pieces thrown together: every other one is a whole file, the others stand in a display. */
export function stringCase(seed, number) {
	const { below, pick } = picker(randomFrom(seed, number));
	const character = () => String.fromCharCode(32 + below(95));
	const wild = () =>
		String.fromCodePoint(below(3) === 0 ? below(0xd800) : below(256));
	const kinds = [() => pick(pieces), () => pick(pieces), character, wild];
	const kind = below(kinds.length);
	const parts = Array.from({ length: 1 + below(40) }, () =>
		(below(4) === 0 ? pick(kinds) : kinds[kind])(),
	);
	const isFile = number % 2 === 1;
	const sheetOf = (list) => (isFile ? list.join("") : framed(list.join("")));
	return { kind: "string", parts, sheetOf, mostRead: null };
}

/**
 * A chain of sides, the same ones again and again so that its steps hold, with something in one side or in two that no
 * formula may be read over: the steps that touch it must be unread.
 */
export function sequenceCase(seed, number) {
	const random = randomFrom(seed + 0x5eed, number);
	const { below, pick } = picker(random);
	const side = Array.from({ length: 1 + below(3) }, () =>
		termOf(pick, below),
	).flatMap((term, i) => (i === 0 ? term : [pick(["+", "-"]), ...term]));
	const count = 2 + below(3);
	const poison = pick(poisons);
	const at = below(side.length + 1);
	const poisoned = new Set([below(count), ...(below(2) ? [below(count)] : [])]);
	const sides = Array.from({ length: count }, (_, i) =>
		poisoned.has(i) ? side.toSpliced(at, 0, poison) : side,
	);
	const touching = (i) => poisoned.has(i) || poisoned.has(i + 1);
	const mostRead = Array.from({ length: count - 1 }, (_, i) => i).filter(
		(i) => !touching(i),
	).length;
	const sheet = framed(sides.map((tokens) => tokens.join(" ")).join(" = "));
	const parts = side.toSpliced(at, 0, poison);
	return { kind: "sequence", parts, poison, sheetOf: () => sheet, mostRead };
}

/** Single steps that still have the poison in one side or in both, for making a failure small. */
export function stepsWith(parts, poison) {
	const [whole, clean] = [parts, parts.filter((p) => p !== poison)].map(
		(list) => list.join(" "),
	);
	return parts.includes(poison)
		? [`${whole} = ${whole}`, `${whole} = ${clean}`, `${clean} = ${whole}`].map(
				framed,
			)
		: [];
}

function termOf(pick, below) {
	return Array.from({ length: 1 + below(2) }, () => pick(factors)).flatMap(
		(factor, i) => (i === 0 ? factor : ["\\cdot", ...factor]),
	);
}

/** Why what was said of a case is wrong, or null. */
export function complaint({ mostRead, kind }, { steps, messages }) {
	const read = steps.filter((s) => s.verdict !== "unread");
	if (mostRead !== null && read.length > mostRead)
		return `${read.length} steps were read where at most ${mostRead} can be`;
	const hidden = steps.find(
		(s) =>
			s.verdict !== "unread" &&
			/\\(?:phantom|zzq|rlap|cancel)/.test(s.left + s.right),
	);
	if (hidden) return `a step with something hidden in it is ${hidden.verdict}`;
	if (kind === "sequence" && steps.some((s) => s.verdict === "refuted"))
		return "a step between equal sides is refuted";
	const silent = steps.find((s) => s.verdict === "unread" && !s.reason);
	if (silent) return "a step is unread without a reason";
	return kind === "sequence" && steps.length + messages.length === 0
		? "nothing was said of a formula"
		: null;
}
