/**
 * An ES module: an emitted solver, or `naive.mjs`.
 * usage: node module.mjs SOLVER FILE N K D SWEEPS   prints ms a sweep, then the means
 */
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [solver, file, ...numbers] = process.argv.slice(2);
const [n, k, d, sweeps] = numbers.map(Number);
const { solve } = await import(pathToFileURL(solver).href);
const bytes = readFileSync(file);
const data = new Float64Array(bytes.buffer, bytes.byteOffset, n * d);
const times = [];
let last = performance.now();
const result = await solve(
	{ x: { shape: [n, d], data }, K: k, sigma: 10, lambda: 1 },
	{
		init: {
			m: { shape: [k, d], data: data.slice(0, k * d) },
			s: new Float64Array(k).fill(1),
		},
		maxSweeps: sweeps,
		...(process.env.THREADS ? { threads: Number(process.env.THREADS) } : {}),
		tolerance: 0,
		onSweep: () => {
			const now = performance.now();
			times.push(now - last);
			last = now;
		},
	},
);
console.log(times.join(" "));
console.log([...result.parameters.m.data].join(" "));
