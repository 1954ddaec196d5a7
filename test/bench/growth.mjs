/** How the time grows with the steps of a sheet and with the terms of one step. */
import { checkSheet } from "../../dist/check/check.js";
import { processorMilliseconds } from "./measure.mjs";

/** Processor time that a family may take; counts that would go beyond it by growing quadratically are left out. */
const patience = 10_000;
/** A measurement that took less is taken twice, and the lesser time counts. */
const brief = 500;

/** A sheet of so many steps, no two alike. */
function sheetOfSteps(count) {
	const rows = numbered(
		count,
		(n) => `$$\n(a + ${n})^2 = a^2 + ${2 * n} a + ${n ** 2}\n$$\n`,
	);
	return `${front}\n${rows.join("\n")}`;
}

const front = "---\nsymbols:\n  a: real\n  x: real[N]\n  y: real[N]\n---\n";

const mean = `---
symbols:
  a: real
---
::: model
$$ \\mu \\sim \\mathcal N(0, 1) $$
:::
::: family
$$ q(\\mu) = \\mathcal N(\\mu \\mid m, s^2) $$
:::
`;

function numbered(count, make) {
	return Array.from({ length: count }, (_, n) => make(n + 1));
}

/** One step whose sides have so many terms, in opposite order. */
function step(left, right, begin = front) {
	return (count) => {
		const sides = [
			numbered(count, left).join(" + "),
			numbered(count, right).toReversed().join(" + "),
		];
		return `${begin}\n$$\n${sides.join(" = ")}\n$$\n`;
	};
}

const terms = [4, 10, 20, 50, 100];

export const families = [
	["steps of a sheet", sheetOfSteps, [10, 100, 500, 1000, 2000]],
	[
		"terms: powers",
		step(
			(n) => `${n + 1} a^{${n}}`,
			(n) => `${n + 1} a^{${n}}`,
		),
		[...terms, 200, 400],
	],
	[
		"terms: sums",
		step(
			(n) => `a^{${n}} \\sum_{i=1}^N ${n} x_i`,
			(n) => `${n} a^{${n}} \\sum_{j=1}^N x_j`,
		),
		[...terms, 200],
	],
	[
		"terms: products of sums",
		step(
			(n) =>
				`a^{${n}} \\Big(\\sum_{i=1}^N x_i\\Big)\\Big(\\sum_{i=1}^N y_i\\Big)`,
			(n) => `a^{${n}} \\sum_{i=1}^N\\sum_{j=1}^N x_j y_i`,
		),
		terms,
	],
	[
		"terms: expectations",
		step(
			(n) => `a^{${n}} \\mathbb E_q[${n} \\mu^2]`,
			(n) => `${n} a^{${n}} (m^2 + s^2)`,
			mean,
		),
		[...terms, 200],
	],
	[
		"terms: powers, one wrong",
		step(
			(n) => `${n + 1} a^{${n}}`,
			(n) => `${n === 2 ? 4 : n + 1} a^{${n}}`,
		),
		[...terms, 200, 400],
	],
];

/** Pairs of a count and its time, and the counts for which there was no time; the first run of a family warms up. */
export async function growth(make, counts) {
	const time = async (count, seed) => {
		const start = processorMilliseconds();
		await checkSheet(make(count), "grown.md", { seed });
		return processorMilliseconds() - start;
	};
	const begin = processorMilliseconds();
	await time(counts[0], 0);
	const points = [];
	for (const count of counts) {
		const spent = processorMilliseconds() - begin;
		const [before, took] = points.at(-1) ?? [count, 0];
		if (spent + took * (count / before) ** 2 > patience) break;
		const first = await time(count, 1);
		const again = first < brief ? await time(count, 2) : first;
		points.push([count, Math.min(first, again)]);
	}
	return { points, left: counts.slice(points.length) };
}
