import { isMap, isScalar, type Pair, parseDocument, type YAMLMap } from "yaml";
import type { Note } from "./note.js";
import { positionAt } from "./position.js";
import type { Setting } from "./sheet.js";

/** What the YAML block at the head of a sheet says. */
export interface FrontMatter {
	readonly title: string | null;
	readonly symbols: readonly Setting[];
	readonly conventions: readonly Setting[];
	readonly notes: readonly Note[];
	/** Length of the block with its fences; 0 if the sheet has none. */
	readonly length: number;
}

const absent: FrontMatter = {
	title: null,
	symbols: [],
	conventions: [],
	notes: [],
	length: 0,
};
/** YAML takes quadratic time on deeply nested text. */
const maxFrontMatter = 20_000;
const knownKeys = ["title", "symbols", "conventions"];

/**
 * Reads the front matter of a sheet whose lines begin at `starts`. As in Pandoc, a first line `---` that is followed by
 * a blank line is a rule, not front matter. Never throws: what is wrong is among the notes, with its place.
 */
export function readFrontMatter(
	text: string,
	starts: readonly number[],
): FrontMatter {
	const opening = /^---[ \t]*\n(?=[^\n]*\S)/.exec(text);
	if (!opening) return absent;
	const start = opening[0].length;
	const closing = /^(?:---|\.\.\.)[ \t]*$/m.exec(text.slice(start));
	if (!closing) {
		const expected = "a line `---` after the last entry";
		return {
			...absent,
			notes: [problem(0, 3, "the front matter is not closed", expected)],
		};
	}
	if (closing.index > maxFrontMatter) {
		const notes = [
			problem(
				0,
				3,
				"the front matter is too long",
				`at most ${maxFrontMatter} characters`,
			),
		];
		return { ...absent, notes };
	}
	const entries = new Entries(starts);
	entries.readAll(text.slice(start, start + closing.index), start);
	return { ...entries, length: start + closing.index + closing[0].length };
}

function problem(
	start: number,
	end: number,
	text: string,
	expected: string,
): Note {
	return { level: "error", start, end, text, expected };
}

/** Brackets of types stand in for themselves while YAML is read; see `shieldTypes`. */
const shields = new Map([
	["[", "\uE000"],
	["]", "\uE001"],
	[",", "\uE002"],
]);

/**
 * Makes `{eta: positive[N,K]}` YAML: between braces a bare `[` would begin a list. A word directly before a bracket has
 * no other meaning in YAML, so nothing else changes, and every offset stays.
 */
function shieldTypes(yaml: string): string {
	return yaml.replace(/(?<=[A-Za-z])\[[^[\]{}\n]*\]/g, (type) =>
		type.replace(/[[\],]/g, (mark) => shields.get(mark) as string),
	);
}

function unshield(value: string): string {
	return value
		.replace(/\uE000/g, "[")
		.replace(/\uE001/g, "]")
		.replace(/\uE002/g, ",");
}

/** Collects the entries of one front matter block. */
class Entries {
	title: string | null = null;
	symbols: Setting[] = [];
	conventions: Setting[] = [];
	notes: Note[] = [];
	readonly #starts: readonly number[];

	constructor(starts: readonly number[]) {
		this.#starts = starts;
	}

	readAll(yaml: string, offset: number): void {
		const document = parseDocument(shieldTypes(yaml), {
			prettyErrors: false,
			logLevel: "silent",
		});
		for (const error of document.errors) {
			const [start, end] = error.pos;
			this.notes.push(
				problem(
					offset + start,
					offset + end,
					unshield(error.message),
					"YAML, such as `title: …`",
				),
			);
		}
		if (document.errors.length > 0) return;
		if (!isMap(document.contents)) {
			this.notes.push(
				problem(
					offset,
					offset + yaml.length,
					"the front matter is not a map",
					"entries `key: value`",
				),
			);
			return;
		}
		for (const pair of (document.contents as YAMLMap).items)
			this.#readEntry(pair, offset);
	}

	#readEntry(pair: Pair, offset: number): void {
		const key = scalar(pair.key);
		const [start, end] = rangeOf(pair.key, offset);
		if (key === "title") {
			this.title = scalar(pair.value);
			if (this.title === null)
				this.notes.push(
					problem(start, end, "`title` is not a text", "`title: …`"),
				);
		} else if (key === "symbols") {
			this.symbols = this.#readSettings(
				pair,
				offset,
				"`name: type`, such as `phi: simplex[N,K]`",
			);
		} else if (key === "conventions") {
			this.conventions = this.#readSettings(pair, offset, "`name: choice`");
		} else {
			const text = `the front matter entry \`${key ?? "?"}\` means nothing here and is passed over`;
			this.notes.push({
				level: "warning",
				start,
				end,
				text,
				expected: knownKeys.map((k) => `\`${k}\``).join(", "),
			});
		}
	}

	#readSettings(pair: Pair, offset: number, expected: string): Setting[] {
		const settings: Setting[] = [];
		if (scalar(pair.value) === "") return settings;
		if (!isMap(pair.value)) {
			const [start, end] = rangeOf(pair.key, offset);
			this.notes.push(
				problem(start, end, `\`${scalar(pair.key)}\` is not a map`, expected),
			);
			return settings;
		}
		for (const item of pair.value.items as Pair[]) {
			const name = scalar(item.key);
			const value = scalar(item.value);
			const [start, end] = rangeOf(item.key, offset);
			if (!name || !value)
				this.notes.push(
					problem(
						start,
						end,
						`\`${name ?? "?"}\` has no plain value`,
						expected,
					),
				);
			else settings.push({ name, value, ...positionAt(this.#starts, start) });
		}
		return settings;
	}
}

/** The text of a plain value as written (`1e3` stays `1e3`), "" for an empty one, null for lists, maps and aliases. */
function scalar(node: unknown): string | null {
	if (node === null) return "";
	if (!isScalar(node)) return null;
	return unshield(
		node.source ?? (node.value === null ? "" : String(node.value)),
	).trim();
}

function rangeOf(node: unknown, offset: number): [number, number] {
	const range = isScalar(node) || isMap(node) ? node.range : null;
	return range ? [offset + range[0], offset + range[1]] : [offset, offset];
}
