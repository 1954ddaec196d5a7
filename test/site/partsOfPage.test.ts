import { describe, expect, it } from "vitest";
import {
	ledToParts,
	linked,
	placesOfParts,
	shareOut,
} from "../../src/site/parts.js";

const piece = (length: number, leadsOn = false) => ({
	markup: "x".repeat(length),
	leadsOn,
});

describe("shareOut", () => {
	it("makes parts of about the same length, none above the limit", () => {
		const parts = shareOut(
			Array.from({ length: 30 }, () => piece(10)),
			120,
		);
		expect(parts.map((part) => part.length)).toEqual([100, 100, 100]);
	});

	it("keeps what leads on with what follows", () => {
		const parts = shareOut([piece(60), piece(30, true), piece(60)], 100);
		expect(parts.map((part) => part.length)).toEqual([60, 90]);
	});

	it("gives what is too long a part of its own, and loses nothing", () => {
		const parts = shareOut([piece(10), piece(500), piece(10)], 100);
		expect(parts.map((part) => part.length)).toEqual([10, 500, 10]);
		expect(shareOut([], 100).join("")).toBe("");
	});
});

it("leads links to the part in which their target stands", () => {
	const parts = [
		'<p id="a"><a href="#b">b</a><a href="#a">a</a><a href="#none">x</a></p>',
		'<p id="b"><a class="c" href="#a">a</a><use href="#mark-proved"/></p>',
	];
	expect(linked(parts, "sheet")).toEqual([
		'<p id="a"><a href="sheet.2.html#b">b</a><a href="#a">a</a><a href="#none">x</a></p>',
		'<p id="b"><a class="c" href="sheet.html#a">a</a><use href="#mark-proved"/></p>',
	]);
});

it("leads links of other sheets to the part in which their target stands", () => {
	const places = placesOfParts([
		[{ address: "short.html", main: '<p id="b"></p>' }],
		[
			{ address: "long.html", main: '<p id="a"></p><symbol id="mark" />' },
			{ address: "long.2.html", main: '<p id="b"></p><symbol id="mark" />' },
		],
	]);
	const links = [
		"long.html#b",
		"long.html#a",
		"long.html#mark",
		"short.html#b",
	];
	const markup = (targets: readonly string[]) =>
		targets.map((target) => `<a class="c" href="${target}">x</a>`).join("");
	const moved = ["long.2.html#b", ...links.slice(1)];
	expect(ledToParts(markup(links), places)).toBe(markup(moved));
});
