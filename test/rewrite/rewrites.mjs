import { checkWith } from "../../dist/check/checkWith.js";
import { visit } from "../../dist/expr/walk.js";
import { sameShape, sites } from "../mutation/engine/trees.mjs";
import { textRewrites } from "./textRewrites.mjs";
import { claimRewrites, treeRewrites } from "./treeRewrites.mjs";

/** A small generator of repeatable choices (mulberry32). */
export function choices(seed) {
	let state = seed >>> 0;
	return (count) => {
		state = (state + 0x6d2b79f5) >>> 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) % count;
	};
}

async function claimsOf(text, name, lines) {
	const found = [];
	const steps = (
		await checkWith(text, name, { hints: "where" }, (step, claim) => {
			if (lines.has(step.line)) found.push({ step, claim });
		})
	).sheet.steps;
	return { found, steps };
}

/** Rewrites of a sheet's right steps: `count` of each step by tree, and each notation by text. */
export async function rewritesOf({ name, text, lines }, count) {
	const { found, steps } = await claimsOf(text, name, lines);
	const results = [];
	for (const { step, claim } of found) {
		if (step.verdict !== "proved") continue;
		const choose = choices(step.line * 7919 + name.length);
		for (let n = 0; n < count; n += 1) {
			const made = rewritten(claim, choose, 1 + (n % 3));
			if (made) results.push({ sheet: name, line: step.line, ...made });
		}
	}
	const right = new Map(
		steps.map((s) => [`${s.line} ${s.relation}`, s.verdict]),
	);
	for (const [operator, edit] of textRewrites) {
		const rows = text
			.split("\n")
			.map((row, i) =>
				lines.has(i + 1) && /^\$\$.*\$\$\s*$/.test(row)
					? `$$ ${edit(row.trim().slice(2, -2).trim())} $$`
					: row,
			);
		const again = await claimsOf(rows.join("\n"), name, lines);
		for (const s of again.steps)
			if (
				lines.has(s.line) &&
				right.get(`${s.line} ${s.relation}`) === "proved" &&
				rows[s.line - 1] !== text.split("\n")[s.line - 1]
			)
				results.push({
					sheet: name,
					line: s.line,
					operators: [operator],
					verdict: s.verdict,
					reason: s.reason,
					text: rows[s.line - 1],
				});
	}
	return results;
}

/** The claim after some rewrites at random places of either side; null if none applied. */
function rewritten(claim, choose, rounds) {
	let current = claim;
	const operators = [];
	for (let n = 0; n < rounds; n += 1) {
		const side = choose(3);
		if (side === 2) {
			const [operator, change] = claimRewrites[choose(claimRewrites.length)];
			const changed = change(current);
			if (changed) [current] = [changed, operators.push(operator)];
			continue;
		}
		const key = side === 0 ? "left" : "right";
		const edits = [...editsOf(current[key])];
		if (edits.length === 0) continue;
		const [operator, tree] = edits[choose(edits.length)];
		[current] = [{ ...current, [key]: tree }, operators.push(operator)];
	}
	return operators.length > 0 ? { operators, claim: current } : null;
}

function* editsOf(tree) {
	const scalars = [];
	visit(tree, (e) => {
		if (e.kind === "size") scalars.push(e);
	});
	for (const { node, rebuild } of sites(tree)) {
		if (!isValue(node)) continue;
		for (const [operator, edit] of treeRewrites) {
			let made = [];
			try {
				made = edit(node, { other: scalars[0] });
			} catch {
				continue;
			}
			for (const changed of made)
				if (sameShape(node, changed)) yield [operator, rebuild(changed)];
		}
	}
}

/** Subscripts and bounds are no values to rewrite. */
function isValue(e) {
	return !["index", "size", "num"].includes(e.kind);
}
