import { describe, expect, it } from "vitest";
import { maxLength, readSheet } from "../../src/sheet/read.js";
import type { Block, Display } from "../../src/sheet/sheet.js";

const read = (text: string) => readSheet(text, "folder/notes.md");

function display(text: string, ordinal = 0): Display {
	return read(text).displays[ordinal] as Display;
}

describe("places", () => {
	it("maps every offset of a formula to its line and column", () => {
		const { source, placeAt } = display("> $$\n>   a\n> + b $$\n");
		expect(source).toBe("a\n+ b");
		expect(placeAt(0)).toEqual({ line: 2, column: 5 });
		expect(placeAt(source.indexOf("+"))).toEqual({ line: 3, column: 3 });
		expect(placeAt(source.indexOf("b"))).toEqual({ line: 3, column: 5 });
		expect(placeAt(source.length)).toEqual({ line: 3, column: 6 });
		expect(placeAt(1000)).toEqual({ line: 3, column: 6 });
	});

	it("counts lines alike for all line ends, and no column for a byte order mark", () => {
		const places = ["\n", "\r\n", "\r"].map((end) => {
			const { line, column } = display(`\uFEFFText${end}${end}$$ a = b $$`);
			return `${line}:${column}`;
		});
		expect(places).toEqual(["3:4", "3:4", "3:4"]);
		const { line, column } = display("\uFEFF$$ a = b $$");
		expect([line, column]).toEqual([1, 4]);
	});

	it("places formulas behind tabs", () => {
		const { source, placeAt } = display("-\tItem\n\n\t$$ a\n\t= b $$\n");
		expect(source).toBe("a\n= b");
		expect(placeAt(0)).toEqual({ line: 3, column: 5 });
		expect(placeAt(2)).toEqual({ line: 4, column: 2 });
	});

	it("gives the last line of a formula", () => {
		expect(display("$$\na\n= b\n$$").endLine).toBe(3);
	});
});

describe("front matter", () => {
	const sheet = read(
		"---\ntitle: Means\nsymbols:\n  phi: simplex[N,K]\n  \\eta: positive\nconventions: {normal: precision}\n---\n",
	);

	it("gives title, symbols and conventions with their places", () => {
		expect(sheet.title).toBe("Means");
		expect(sheet.symbols).toEqual([
			{ name: "phi", value: "simplex[N,K]", line: 4, column: 3 },
			{ name: "\\eta", value: "positive", line: 5, column: 3 },
		]);
		expect(sheet.conventions).toEqual([
			{ name: "normal", value: "precision", line: 6, column: 15 },
		]);
		expect(sheet.messages).toEqual([]);
	});

	it("says what was expected", () => {
		const [message] = read("---\nsymbols: {a: }\n---\n").messages;
		expect(message?.expected).toBe("`name: type`, such as `phi: simplex[N,K]`");
	});

	it("falls back to the first heading, then to the file's name, for the title", () => {
		expect(read("Text\n\n## A *title*\n\n# Another\n").title).toBe("A *title*");
		expect(read("Text").title).toBe("notes");
	});
});

describe("divs", () => {
	it("keep name, id, title and attributes", () => {
		const { div } = display(
			"::: derivation {#resp title=\"The update of φ\" points=4 mark='a b'}\n$$ a $$\n:::\n",
		);
		expect(div).toMatchObject({
			name: "derivation",
			id: "resp",
			title: "The update of φ",
			attributes: { points: "4", mark: "a b" },
			line: 1,
			endLine: 3,
			parent: null,
		});
	});

	it("form a tree with the prose between", () => {
		const { blocks } = read(
			"Before\n\n::: derivation\nIn\n\n$$ a $$\n\n::: solution\nDeep\n:::\nOut\n:::\n\nAfter\n",
		);
		const outline = (list: readonly Block[]): unknown[] =>
			list.map((block) =>
				block.kind === "div"
					? [block.div.name, ...outline(block.blocks)]
					: block.kind,
			);
		expect(outline(blocks)).toEqual([
			"prose",
			["derivation", "prose", "display", ["solution", "prose"], "prose"],
			"prose",
		]);
	});

	it("leave displays in lists among the prose, by ordinal", () => {
		const { blocks } = read("- item\n\n  $$ a $$\n\n  so $$ b $$ and $c$\n");
		expect(blocks).toHaveLength(1);
		const tokens = blocks[0]?.kind === "prose" ? blocks[0].tokens : [];
		const flat = tokens.flatMap((token) => [token, ...(token.children ?? [])]);
		const metas = flat.filter((t) => t.type.startsWith("math_"));
		expect(metas.map((t) => [t.type, t.meta])).toEqual([
			["math_block", { display: 0 }],
			["math_display", { display: 1 }],
			["math_inline", { inline: 0 }],
		]);
	});
});

describe("the sentence before a display", () => {
	it("introduces a name after Let, Define or Denote", () => {
		const introduced = (before: string) =>
			display(`${before}\n\n$$ N_k = a $$`).introduces;
		expect(introduced("Sum it. Let $N_k$ be\nthe count:")).toBe(true);
		expect(introduced("We define")).toBe(true);
		expect(introduced("Denote by $N_k$")).toBe(true);
		expect(introduced("This lets us conclude that")).toBe(false);
		expect(introduced("Let $x$ be real. Then")).toBe(false);
		expect(introduced("## Let")).toBe(false);
	});

	it("is the text right before it, and only that", () => {
		const text = "Let $a$ be $$ a = 1 $$ and hence\n\n$$ b $$\n\n$$ c $$";
		expect(read(text).displays.map((d) => d.leadIn)).toEqual([
			"Let $a$ be",
			"and hence",
			"",
		]);
	});
});

describe("what cannot be a sheet", () => {
	it("is a binary file", () => {
		expect(read("PNG\0\u0001").messages).toMatchObject([
			{ level: "error", text: "this is a binary file", line: 1, column: 1 },
		]);
	});

	it("is a file of more than two million characters", () => {
		const [message] = read("a".repeat(maxLength + 1)).messages;
		expect(message?.text).toBe("the file has 2000001 characters");
		expect(message?.expected).toBe("at most 2000000");
	});

	it.each([
		["dollars", "$a "],
		["displays", "$$ a\n\n"],
		["environments", "\\begin{align}\n\n"],
		["divs", ":::a\n"],
		["comments", "<!-- a\n\n"],
		["backticks", "` `` "],
		["front matter", "---\na: [[[[[[[\n"],
	])("is read in bounded time: unclosed %s", (_name, unit) => {
		const start = performance.now();
		read(unit.repeat(100_000 / unit.length));
		expect(performance.now() - start).toBeLessThan(5000);
	});
});
