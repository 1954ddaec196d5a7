import { createHash } from "node:crypto";
import { shapeOf } from "../../../dist/expr/shape.js";
import { freeIndices, visit } from "../../../dist/expr/walk.js";
import { claimsOf } from "./claims.mjs";
import { toPython } from "./python.mjs";
import { textOperators } from "./textOperators.mjs";
import { treeOperators } from "./treeOperators.mjs";
import { sameShape, sites, textOf } from "./trees.mjs";

/**
 * Single edits of the right sides of a sheet's right steps, by tree and by text:
 * `{ sheet, line, operator, original, claim, job }`, where `job` asks the third oracle whether the edit is harmless.
 */
export function mutantsOf({ name, text, lines }) {
	const originals = claimsOf(text, name, lines);
	const mutants = [];
	const add = (operator, line, original, changed) => {
		const mutant = mutantOf(name, operator, line, original, changed);
		if (mutant) mutants.push(mutant);
	};
	for (const [line, claim] of originals)
		for (const [operator, changed] of treeEdits(claim))
			add(operator, line, claim, changed);
	for (const [operator, edit] of textOperators)
		for (let n = 0; n < mostTextEdits; n += 1) {
			const edited = editedText(text, lines, edit, n);
			if (edited === text) break;
			const claims = claimsOf(edited, name, lines);
			for (const [line, claim] of claims) {
				const before = originals.get(line);
				if (before && textOf(before.left) === textOf(claim.left))
					add(operator, line, before, claim.right);
			}
		}
	return distinct(mutants);
}

const mostTextEdits = 3;

/** Each display on one line with the n-th edit of its right side, if there is one. */
function editedText(text, lines, edit, n) {
	return text
		.split("\n")
		.map((row, i) => {
			if (!lines.has(i + 1) || !/^\$\$.*\$\$\s*$/.test(row)) return row;
			const cut = row.search(/(?<!\\math[a-z]+)(?<![<>:])=|\\propto/);
			if (cut < 0) return row;
			const right = edit(row.slice(cut))[n];
			return right === undefined ? row : row.slice(0, cut) + right;
		})
		.join("\n");
}

function* treeEdits({ left, right, context }) {
	const free = [...freeIndices(right)].map((name) => ({
		name,
		range: context.ranges.get(name) ?? null,
	}));
	const used = new Set();
	const sizes = new Set();
	for (const side of [left, right])
		visit(side, (e) => {
			if (e.kind === "symbol") used.add(e.name);
			if (e.kind === "size") sizes.add(e.name);
		});
	const alike = (e) => symbolsLike(e, used, context);
	for (const { node, rebuild, bound } of sites(right)) {
		const scope = {
			bound,
			free,
			sizes: [...sizes],
			alike,
			isRoot: node === right,
		};
		for (const [operator, edit] of treeOperators)
			for (const changed of edit(node, scope)) {
				if (!sameShape(node, changed)) continue;
				const tree = rebuild(changed);
				if (isReadable(tree, free, context)) yield [operator, tree];
			}
	}
}

/** Whether a reader could make this tree: subscripts run over their axes, and sums begin at 1 or later. */
function isReadable(tree, free, context) {
	const ranges = new Map(free.map((b) => [b.name, b.range]));
	visit(tree, (e) => {
		if (e.kind === "sum" || e.kind === "product") ranges.set(e.index, e.range);
	});
	let isFine = true;
	visit(tree, (e) => {
		if (e.kind === "symbol")
			e.indices.forEach((at, n) => {
				const dim = context.symbols.get(e.name)?.dims[n];
				if (at.kind === "index" && ranges.get(at.name) !== dim) isFine = false;
				if (at.kind === "num" && at.value.compare(1) < 0) isFine = false;
			});
		if (
			(e.kind === "sum" || e.kind === "product") &&
			e.lower.kind === "num" &&
			e.lower.value.compare(1) < 0
		)
			isFine = false;
	});
	return isFine;
}

/** Other symbols of the step that could stand in the same place. */
function symbolsLike(e, used, context) {
	const own = context.symbols.get(e.name);
	if (!own || own.type === "label" || own.type === "unnamed") return [];
	return [...used]
		.map((name) => context.symbols.get(name))
		.filter(
			(info) =>
				info &&
				info.name !== own.name &&
				info.type !== "label" &&
				info.type !== "unnamed" &&
				info.dims.join() === own.dims.join(),
		)
		.map((info) => ({ ...e, name: info.name }));
}

function mutantOf(sheet, operator, line, claim, changed) {
	try {
		const [right, after] = [toPython(claim.right), toPython(changed)];
		if (
			plain(right) === plain(after) ||
			shapeOf(changed).join() !== shapeOf(claim.right).join()
		)
			return null;
		const relation = relationOf(claim);
		if (!relation) return null;
		const asked = {
			...surroundings(claim, changed),
			relation,
			free: freeOf(claim.free),
			right: plain(right),
			changed: plain(after),
		};
		const key = createHash("sha256")
			.update(JSON.stringify(asked))
			.digest("base64url")
			.slice(0, 10);
		return {
			sheet,
			line,
			operator,
			original: claim,
			claim: { ...claim, right: changed },
			job: { key, ...asked },
		};
	} catch {
		return null;
	}
}

/** An inequality may stay true, so that its sides are not edited. */
function relationOf({ relation, free }) {
	if (relation.sense === "nonnegative") return null;
	if (!free) return "equal";
	return relation.sign === "∝" ? "proportional" : "constant";
}

/** Names that the reader made are numbered anew, so that the text is the same in every run. */
function plain(code) {
	const names = new Map();
	return code.replace(/(#|QQ)(\d+)/g, (_whole, mark, digits) => {
		if (!names.has(digits)) names.set(digits, names.size + 1);
		return `${mark}${names.get(digits)}`;
	});
}

function freeOf(free) {
	if (!free) return null;
	if (free.kind === "index") return free;
	return {
		kind: "variable",
		symbol: free.symbol.name,
		at: free.symbol.indices.flatMap((i) =>
			i.kind === "index" ? [i.name] : [],
		),
	};
}

/** Types and ranges of all that the two right sides mention. */
function surroundings({ right, context, free }, changed) {
	const symbols = {};
	const sizes = new Set();
	const indices = {};
	const dim = (d) => typeof d === "string" && sizes.add(d);
	const symbol = (name) => {
		const info = context.symbols.get(name);
		if (!info) throw new Error(name);
		const statement = context.model?.statements.find(
			(s) => s.variable === name,
		);
		const type =
			statement?.distribution === "Bernoulli"
				? "binary"
				: statement?.distribution === "Poisson"
					? "count"
					: info.type;
		symbols[name] = [type, info.dims, info.labels];
		info.dims.forEach(dim);
		dim(info.labels);
	};
	for (const side of [right, changed]) {
		visit(side, (e) => {
			if (e.kind === "symbol") symbol(e.name);
			if (e.kind === "size") dim(e.name);
			if (e.kind === "identity") dim(e.size);
			if (e.kind === "sum" || e.kind === "product") dim(e.range);
			if (e.kind === "tabulate") dim(e.size);
		});
		for (const name of freeIndices(side)) {
			const range = context.ranges.get(name);
			if (range === undefined) throw new Error(name);
			indices[name] = range;
			dim(range);
		}
	}
	if (free?.kind === "variable") symbol(free.symbol.name);
	return { sizes: [...sizes].sort(), symbols, indices };
}

function distinct(mutants) {
	const seen = new Set();
	return mutants.filter(({ line, job }) => {
		const key = `${line} ${job.key}`;
		if (seen.has(key)) return false;
		seen.add(key);
		return true;
	});
}
