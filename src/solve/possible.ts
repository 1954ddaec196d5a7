import type { Input } from "../compile/plan.js";
import type { Limit, Support } from "../compile/support.js";
import type { ValueType } from "../expr/context.js";
import type { DataTable } from "./data/index.js";
import { DataProblem } from "./dataProblem.js";

type Possible = Omit<Support, "total">;

const end = (at: Limit, open = false) => ({ at, open });
const number = { whole: false, lower: null, upper: null };
const count = { whole: true, lower: end(0), upper: null };

/** What a value of a type can be, where not every number will do. */
const byType: Readonly<Partial<Record<ValueType, Possible>>> = {
	positive: { ...number, lower: end(0, true), words: "a positive number" },
	nonnegative: { ...number, lower: end(0), words: "a number of at least 0" },
	probability: {
		...number,
		lower: end(0),
		upper: end(1),
		words: "a number between 0 and 1",
	},
	integer: { ...count, lower: null, words: "a whole number" },
	count: { ...count, words: "a whole number of at least 0" },
	label: { ...count, lower: end(1), words: "a whole number of at least 1" },
	onehot: { ...count, upper: end(1), words: "0 or 1" },
};

/**
 * Refuses a number that an input cannot have: by the law of an observed variable, else by its type.
 * @param known what the limits are called after: numbers, and values for each row
 * @throws DataProblem at the place of the first one
 */
export function requirePossible(
	table: DataTable,
	input: Input,
	names: readonly string[],
	known: Readonly<Record<string, unknown>>,
): void {
	const possible = input.support ?? byType[input.type];
	if (!possible) return;
	const at = names.map((name) => table.columns.indexOf(name));
	const [lower, upper] = [possible.lower, possible.upper].map((limit) =>
		limit ? limitIn(limit.at, known) : null,
	);
	for (let row = 0; row < table.rows; row++) {
		const [low, high] = [lower?.(row) ?? null, upper?.(row) ?? null];
		for (const column of at) {
			const value = valueAt(table, row, column);
			if (!lies(value, low, high, possible))
				throw impossible(table, row, column, input, possible, { low, high });
		}
	}
	if (input.support && input.support.total !== null)
		requireTotals(table, input, at, limitIn(input.support.total, known));
}

/** A limit for each row; null where nobody has said it yet: then the solver looks at it. */
type LimitOfRow = (row: number) => number | null;

function limitIn(
	at: Limit,
	known: Readonly<Record<string, unknown>>,
): LimitOfRow {
	const value = typeof at === "number" ? at : known[at];
	if (typeof value === "number") return () => value;
	const list = Array.isArray(value)
		? (value as readonly unknown[])
		: (value as { data?: ArrayLike<number> } | undefined)?.data;
	return (row) => {
		const own = list?.[row];
		return typeof own === "number" ? own : null;
	};
}

function lies(
	value: number,
	low: number | null,
	high: number | null,
	{ whole: isWhole, lower, upper }: Possible,
): boolean {
	if (isWhole && !Number.isInteger(value)) return false;
	if (low !== null && (lower?.open ? value <= low : value < low)) return false;
	return high === null || (upper?.open ? value < high : value <= high);
}

function valueAt(table: DataTable, row: number, column: number): number {
	return table.data[row * table.columns.length + column] as number;
}

function impossible(
	table: DataTable,
	row: number,
	column: number,
	{ name }: Input,
	{ words, lower, upper }: Possible,
	{ low, high }: { low: number | null; high: number | null },
): DataProblem {
	const place = table.placeOf(row, column);
	const named = [
		...(typeof lower?.at === "string" ? [`${lower.at} = ${low}`] : []),
		...(typeof upper?.at === "string" ? [`${upper.at} = ${high}`] : []),
	];
	const where = named.length > 0 ? `, where ${named.join(" and ")},` : "";
	return new DataProblem(
		`\`${valueAt(table, row, column)}\` cannot be a value of ${name}`,
		`${words}${where} in the column \`${table.columns[column]}\``,
		table.path,
		place.line,
		place.column,
	);
}

/** Refuses a row whose entries do not add up to what they must. */
function requireTotals(
	table: DataTable,
	{ name }: Input,
	at: readonly number[],
	total: LimitOfRow,
): void {
	for (let row = 0; row < table.rows; row++) {
		const wanted = total(row);
		const sum = at.reduce((s, column) => s + valueAt(table, row, column), 0);
		if (wanted === null || Math.abs(sum - wanted) <= 1e-6 * wanted) continue;
		const { line, column } = table.placeOf(row, at[0] ?? 0);
		throw new DataProblem(
			`the entries of ${name} add up to ${sum}`,
			`${wanted} in the columns ${at.map((c) => table.columns[c]).join(", ")}`,
			table.path,
			line,
			column,
		);
	}
}
