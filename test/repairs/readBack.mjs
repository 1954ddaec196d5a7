import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { checkWith } from "../../dist/check/checkWith.js";
import { newMemory } from "../../dist/check/memory.js";

/** A relation that stands before a side; a repair that begins with one replaces it too. */
const relation =
	/(?:=|<|>|\\(?:propto|leq?|geq?|leqslant|geqslant|overset\{[^{}]*\}\{=\}|stackrel\{[^{}]*\}\{=\}))\s*$/;
const beginsWithRelation = /^\s*(?:=|<|>|\\(?:propto|leq?|geq?))(?![A-Za-z])/;

/** Every sheet in a file or folder, folders within it included. */
export function sheetsIn(path) {
	if (!statSync(path).isDirectory()) return [path];
	return readdirSync(path)
		.sort()
		.map((name) => join(path, name))
		.flatMap((p) =>
			statSync(p).isDirectory() || p.endsWith(".md") ? sheetsIn(p) : [],
		);
}

/**
 * Puts each repair of a sheet that is shown where it says that it belongs, as a reader would, and checks the sheet again:
 * what was refuted is proved there. Hands back what became of each refuted step and update.
 */
export async function readBack(path, most = Number.POSITIVE_INFINITY) {
	const text = readFileSync(path, "utf8");
	const memory = newMemory();
	const check = async (t) => (await checkWith(t, path, { memory })).sheet;
	const before = await check(text);
	const kinds = [
		["steps", before.steps],
		["updates", before.updates],
	];
	const refuted = kinds.flatMap(([list, items]) =>
		items.flatMap((item, n) =>
			item.verdict === "refuted" ? [{ list, n, item }] : [],
		),
	);
	const outcomes = [];
	for (const { list, n, item } of spread(refuted, most)) {
		const { line, repair } = item;
		const outcome = { path, line, written: item.right ?? item.target, repair };
		if (!repair) outcomes.push({ ...outcome, verdict: null });
		else if (!repair.region)
			outcomes.push({ ...outcome, verdict: "no place for the repair" });
		else {
			const after = await check(repaired(text, repair));
			const again = after[list][n];
			const isSame = after[list].length === before[list].length;
			const reason = again?.reason ?? again?.certificate;
			outcomes.push({
				...outcome,
				verdict: isSame ? again.verdict : "other steps",
				reason,
			});
		}
	}
	return outcomes;
}

function spread(items, most) {
	const every = Math.max(1, items.length / most);
	return items.filter(
		(_, n) => n === 0 || Math.floor(n / every) !== Math.floor((n - 1) / every),
	);
}

/** The text with the repair in the place of what it repairs. */
function repaired(text, { latex, region }) {
	const lines = text.split("\n");
	const offset = (line, column) =>
		lines.slice(0, line - 1).reduce((sum, l) => sum + l.length + 1, 0) +
		column -
		1;
	let from = offset(region.line, region.column);
	const to = offset(region.endLine, region.endColumn);
	if (beginsWithRelation.test(latex))
		from -= relation.exec(text.slice(0, from))?.[0].length ?? 0;
	const before = text.slice(0, from);
	const isCommand = /\\[A-Za-z]+$/.test(before) && /^[A-Za-z]/.test(latex);
	return before + (isCommand ? " " : "") + latex + text.slice(to);
}
