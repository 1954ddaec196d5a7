import { storedAnswers } from "../mutation/engine/answers.mjs";
import { claimsOf } from "../mutation/engine/claims.mjs";
import { mutantsOf } from "../mutation/engine/mutants.mjs";
import { sheets } from "../mutation/engine/sheets.mjs";

/** A tree as a formula that mathjs, nerdamer and SymPy all read; null unless it is made of numbers, plain symbols, log and exp. */
function formula(e, names) {
	const parts = (list, sign) => {
		const texts = list.map((x) => formula(x, names));
		return texts.includes(null) ? null : `(${texts.join(sign)})`;
	};
	switch (e.kind) {
		case "num":
			return `(${e.value.s * e.value.n}/${e.value.d})`;
		case "constant":
			return e.name === "pi" ? "pi" : null;
		case "symbol": {
			if (e.indices.length + e.shape.length > 0) return null;
			if (!names.has(e.name)) names.set(e.name, `v${names.size}`);
			return names.get(e.name);
		}
		case "add":
			return parts(e.terms, "+");
		case "mul":
			return parts(e.factors, "*");
		case "pow":
			return parts([e.base, e.exponent], "^");
		case "apply": {
			const inner =
				e.fn === "log" || e.fn === "exp" ? formula(e.argument, names) : null;
			return inner && `${e.fn}(${inner})`;
		}
		default:
			return null;
	}
}

/** A claim as other programs are asked it: a list of one, or of none where they cannot read it. */
export function asked(claim, truth, id) {
	if (claim.free || claim.relation.sense === "nonnegative") return [];
	const names = new Map();
	const [left, right] = [
		formula(claim.left, names),
		formula(claim.right, names),
	];
	if (!left || !right) return [];
	const types = Object.fromEntries(
		[...names].map(([name, short]) => [
			short,
			claim.context.symbols.get(name)?.type,
		]),
	);
	return [{ id, truth, left, right, types, claim }];
}

/** The scalar steps of all sheets that are equations: right ones, and their mutants that NumPy calls wrong. */
export function scalarSteps() {
	const answers = storedAnswers();
	return sheets().flatMap((sheet) => [
		...[...claimsOf(sheet.text, sheet.name, sheet.lines)].flatMap(
			([line, claim]) => asked(claim, "right", `${sheet.name}:${line}`),
		),
		...mutantsOf(sheet).flatMap((m) =>
			answers.get(m.job.key) === "w" ? asked(m.claim, "wrong", m.job.key) : [],
		),
	]);
}
