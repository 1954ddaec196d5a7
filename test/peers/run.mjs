import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { decide } from "../../dist/check/decide.js";
import { scalarSteps } from "./scalars.mjs";

/**
 * The scalar steps of all sheets, right ones and wrong ones, put to mathjs, nerdamer and SymPy: does the simplified difference
 * come out as 0? `--ask` runs SymPy; otherwise what it said is read from sympy.json.
 */
const stored = join(import.meta.dirname, "sympy.json");
const steps = everyNth(scalarSteps(), 1500);

function everyNth(list, most) {
	const right = list.filter((s) => s.truth === "right");
	const wrong = list.filter((s) => s.truth === "wrong");
	const step = Math.max(1, wrong.length / (most - right.length));
	return [
		...right,
		...wrong.filter(
			(_, n) => Math.floor(n / step) !== Math.floor((n - 1) / step),
		),
	];
}

async function mathjs() {
	const { create, all } = await import("mathjs");
	const math = create(all);
	return ({ left, right }) =>
		math.simplify(`(${left})-(${right})`).toString() === "0";
}

async function nerdamer() {
	const { default: solver } = await import("nerdamer/all");
	return ({ left, right }) =>
		solver(`simplify((${left})-(${right}))`).toString() === "0";
}

function timed(f) {
	return async (step) => {
		const start = performance.now();
		let answer = "unread";
		try {
			answer = (await f(step)) ? "equal" : "not shown";
		} catch {}
		return { answer, ms: performance.now() - start };
	};
}

function sympy() {
	if (process.argv.includes("--ask")) {
		const input = steps
			.map(({ id, left, right, types }) =>
				JSON.stringify({ id, left, right, types }),
			)
			.join("\n");
		const { stdout } = spawnSync(
			"python3",
			[join(import.meta.dirname, "sympy_steps.py")],
			{ input, maxBuffer: 1e9 },
		);
		const lines = stdout
			.toString()
			.trim()
			.split("\n")
			.map((l) => JSON.parse(l));
		writeFileSync(
			stored,
			JSON.stringify(
				Object.fromEntries(lines.map((l) => [l.id, [l.answer, l.ms]])),
			),
		);
	}
	const answers = existsSync(stored)
		? JSON.parse(readFileSync(stored, "utf8"))
		: {};
	return async ({ id }) => ({
		answer: answers[id]?.[0] ?? "unread",
		ms: answers[id]?.[1] ?? 0,
	});
}

const programs = {
	Tightbound: timed(
		async ({ claim, id }) => (await decide(claim, id)).verdict === "proved",
	),
	"mathjs simplify": timed(await mathjs()),
	"nerdamer simplify": timed(await nerdamer()),
	"SymPy simplify": sympy(),
};

const table = {};
for (const [name, ask] of Object.entries(programs)) {
	const row = {
		"right, shown": 0,
		"right, not shown": 0,
		"wrong, called equal": 0,
		"wrong, not shown": 0,
		unread: 0,
	};
	const times = [];
	for (const step of steps) {
		const { answer, ms } = await ask(step);
		times.push(ms);
		if (answer === "unread") row.unread += 1;
		else if (step.truth === "right")
			row[answer === "equal" ? "right, shown" : "right, not shown"] += 1;
		else
			row[answer === "equal" ? "wrong, called equal" : "wrong, not shown"] += 1;
	}
	times.sort((a, b) => a - b);
	row["median ms"] = Number(times[Math.floor(times.length / 2)].toFixed(2));
	table[name] = row;
}
console.table(table);
