import { describe, expect, test } from "vitest";
import { byChannel } from "../../src/check/channels.js";
import { checkWith } from "../../src/check/checkWith.js";
import type { Claim } from "../../src/check/claim.js";

/** The claim of a sheet with these symbols and one display. */
async function claimOf(symbols: string, display: string): Promise<Claim> {
	const claims: Claim[] = [];
	const text = `---\nsymbols: {${symbols}}\n---\n\n$$ ${display} $$\n`;
	await checkWith(text, "test.md", { hints: "where" }, (_, claim) =>
		claims.push(claim),
	);
	return claims[0] as Claim;
}

describe("each channel alone", () => {
	test.each([
		["a: real, b: real", "(a + b)^2 = a^2 + 2ab + b^2"],
		["a: positive, b: positive", "\\log(ab) = \\log a + \\log b"],
		[
			"S: 'posdef[D,D]', X: 'real[N,D]'",
			"\\frac{\\partial}{\\partial S} \\mathbb E_{z \\sim \\mathcal N(0, S)}[z^\\top X^\\top X z] = X^\\top X",
		],
	])("both accept, with %s: %s", async (symbols, display) => {
		expect(
			await byChannel(await claimOf(symbols, display), "seed"),
		).toMatchObject({
			symbolic: "equal",
			witness: "holds",
		});
	});

	test.each([
		["a: real, b: real", "(a + b)^2 = a^2 + b^2"],
		["a: real, b: real", "\\log(ab) = \\log a + \\log b"],
		[
			"S: 'posdef[D,D]', X: 'real[N,D]'",
			"\\frac{\\partial}{\\partial S} \\mathbb E_{z \\sim \\mathcal N(0, S)}[z^\\top X^\\top X z] = 2 X^\\top X",
		],
	])("neither accepts, with %s: %s", async (symbols, display) => {
		expect(
			await byChannel(await claimOf(symbols, display), "seed"),
		).toMatchObject({
			symbolic: "open",
			witness: "fails",
		});
	});
});
