import { decide } from "../../dist/check/decide.js";
import { visit } from "../../dist/expr/walk.js";
import { claimsOf } from "../mutation/engine/claims.mjs";
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

/** Rewrites of a sheet's right steps: `count` of each step by tree, and each notation by text. */
export async function rewritesOf({ name, text, lines }, count) {
	const originals = claimsOf(text, name, lines);
	// A step that is meant otherwise than by the letter (an optimum, a condition) is not proved by its sides alone.
	for (const [line, claim] of originals)
		if ((await decide(claim, `originals/${name}`)).verdict !== "proved")
			originals.delete(line);
	const results = [];
	for (const [line, claim] of originals) {
		const choose = choices(line * 7919 + name.length);
		for (let n = 0; n < count; n += 1) {
			const made = rewritten(claim, choose, 1 + (n % 3));
			if (made) results.push({ sheet: name, line, ...made });
		}
	}
	for (const [operator, edit] of textRewrites) {
		const rows = text
			.split("\n")
			.map((row, i) =>
				isEdited(row, i + 1, lines)
					? `$$ ${edit(row.trim().slice(2, -2).trim())} $$`
					: row,
			);
		const again = claimsOf(rows.join("\n"), name, lines);
		for (const line of originals.keys())
			if (rows[line - 1] !== text.split("\n")[line - 1])
				results.push({
					sheet: name,
					line,
					operators: [operator],
					claim: again.get(line) ?? null,
				});
	}
	return results;
}

function isEdited(row, line, lines) {
	return lines.has(line) && /^\$\$.*\$\$\s*$/.test(row);
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
