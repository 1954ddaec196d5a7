import type { Surface } from "../surface.js";
import type { TextToken, WordToken } from "../tokens/token.js";
import {
	bareWords,
	divergences,
	functions,
	moments,
} from "../tokens/vocabulary.js";
import { readBig } from "./big.js";
import {
	applied,
	asDensity,
	isOnlyProbability,
	readDivergence,
} from "./calls.js";
import { atConstant, readConstant } from "./constants.js";
import { readMoment } from "./expectation.js";
import { readFunction } from "./functions.js";
import { type Head, readHead, wrapped } from "./names.js";
import { takesIndices } from "./reach.js";
import type { Reader } from "./reader.js";

/** Reads a word, or a text that is one: a function, a divergence, a moment, a distribution, or a name such as `ELBO`. */
export function readWord(r: Reader): Surface {
	const token = r.peek() as WordToken | TextToken;
	if (atConstant(r)) return readConstant(r);
	const name = token.kind === "text" ? singleWord(r, token) : token.name;
	// Words set as text are remarks to a reader's eye, never operands, even where a symbol has that name.
	if (token.kind === "word" && r.lexicon.isSymbol(name) && !bracketFollows(r))
		return nameWith(r, readHead(r));
	const limit = extremum(r, name);
	if (limit) r.next();
	if (!limit && token.kind === "word" && takesIndices(token) && hasSubscript(r))
		return readBig(r);
	const density = name === "Pr" ? readProbability(r) : null;
	if (density) return density;
	const known = functions.get(limit ?? name);
	if (known) return readFunction(r, known);
	const moment = moments.get(name);
	if (moment && token.kind !== "text" ? true : moment && bracketFollows(r))
		return readMoment(r, moment as "E");
	const head = readHead(r);
	if (r.atOpen() && divergences.has(name)) return readDivergence(r, head);
	if (r.atOpen()) return wrapped(r, applied(r, head.name), head.wraps);
	if (token.kind === "text" && !bareWords.has(name))
		throw wordsInFormula(r, token);
	return nameWith(r, head);
}

/** `\Pr(x \mid z)`, where it can be the density p. */
function readProbability(r: Reader): Surface | null {
	const { position } = r;
	const head = readHead(r);
	if (isOnlyProbability(r)) {
		const { name, wraps } = asDensity(r, head);
		return wrapped(r, applied(r, name), wraps);
	}
	r.position = position;
	return null;
}

function nameWith(r: Reader, head: Head): Surface {
	return wrapped(r, head.name, head.wraps);
}

function bracketFollows(r: Reader): boolean {
	let i = 1;
	while (r.peek(i)?.kind === "scripts") i++;
	return r.atOpen(i);
}

/** `\max_k`, in contrast to `\max(a, b)`. */
function hasSubscript(r: Reader): boolean {
	const scripts = r.peek(1);
	return scripts?.kind === "scripts" && scripts.sub !== null;
}

function singleWord(r: Reader, token: TextToken): string {
	const name = token.text.trim();
	if (!/^[A-Za-z]+$/.test(name)) throw wordsInFormula(r, token);
	return name;
}

function wordsInFormula(r: Reader, token: TextToken) {
	return r.problem(
		`the words “${token.text.trim()}” stand in the formula`,
		"words beside the formula, set off by \\quad",
		token.span,
	);
}

/** `\arg\max` is one function. */
function extremum(r: Reader, name: string): string | null {
	const after = r.peek(1);
	if (name !== "arg" || after?.kind !== "word") return null;
	return after.name === "max" || after.name === "min"
		? `arg${after.name}`
		: null;
}
