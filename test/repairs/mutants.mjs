import { decide } from "../../dist/check/decide.js";
import { repairs } from "../../dist/check/repair/search.js";
import { freeIndices, sameTree, visit } from "../../dist/expr/walk.js";
import { claimsOf } from "../mutation/engine/claims.mjs";
import { sameShape, sites, textOf } from "../mutation/engine/trees.mjs";
import { canonical } from "./canonical.mjs";
import { outside } from "./outside.mjs";

/** Single edits of a sheet's right steps. */
export function mutantsOf({ name, text, lines }) {
	const found = [];
	for (const [line, claim] of claimsOf(text, name, lines)) {
		if (claim.relation.sense === "nonnegative") continue;
		const seen = new Set([textOf(claim.right)]);
		for (const { node, rebuild, bound } of sites(claim.right))
			for (const { name: operator, kinds, inTable = false, edit } of outside)
				for (const changed of safely(() => edit(node, scopeOf(claim, bound)))) {
					if (!sameShape(node, changed)) continue;
					const right = rebuild(changed);
					const key = textOf(right);
					if (seen.has(key)) continue;
					seen.add(key);
					found.push({
						sheet: name,
						line,
						operator,
						kinds,
						inTable,
						claim,
						right,
					});
				}
	}
	return found;
}

function safely(f) {
	try {
		return f();
	} catch {
		return [];
	}
}

function scopeOf({ left, right, context }, bound) {
	const free = [...freeIndices(right)].map((name) => ({
		name,
		range: context.ranges.get(name) ?? null,
	}));
	const used = new Set();
	for (const side of [left, right])
		visit(side, (e) => e.kind === "symbol" && used.add(e.name));
	const dims = (name) => context.symbols.get(name)?.dims.join();
	const alike = (e) =>
		[...used]
			.filter((n) => n !== e.name && dims(n) === dims(e.name))
			.filter(
				(n) => !["label", "unnamed"].includes(context.symbols.get(n)?.type),
			)
			.map((n) => ({ ...e, name: n }));
	return { bound, free, alike };
}

/** Whether a step is proved as it stands; a repair ends at what is proved, and cannot undo slips in others. */
const proved = new Map();
async function isProved(claim) {
	if (!proved.has(claim)) {
		const { verdict } = await decide(claim, "mutant");
		proved.set(claim, verdict === "proved");
	}
	return proved.get(claim);
}

/** What became of a mutant; null where it is not refuted, and so needs no repair, or where the step was not proved before. */
export async function outcomeOf(mutant) {
	const { claim, right, operator, kinds, inTable, sheet, line } = mutant;
	if (!(await isProved(claim))) return null;
	const wrong = { ...claim, right };
	const { verdict } = await decide(wrong, "mutant");
	if (verdict !== "refuted") return null;
	let found = null;
	const started = process.cpuUsage().user;
	for (const candidate of first(repairs(wrong), 3)) {
		const decision = await decide(candidate.claim, "mutant");
		if (decision.verdict !== "proved") continue;
		found = candidate;
		break;
	}
	const ms = (process.cpuUsage().user - started) / 1000;
	const isWhole =
		found !== null &&
		sameTree(found.claim.right, claim.left) &&
		!sameTree(claim.right, claim.left);
	const isRestored =
		found !== null && !isWhole && found.claim.relation === claim.relation;
	return {
		sheet,
		line,
		operator,
		inTable,
		wrong,
		meant: claim.right,
		found,
		ms,
		isRestored,
		isInverse:
			isRestored && canonical(found.claim.right) === canonical(claim.right),
		isNamed: found !== null && kinds.test(found.kind),
	};
}

function* first(items, count) {
	let n = 0;
	for (const item of items) {
		if (n === count) return;
		n += 1;
		yield item;
	}
}
