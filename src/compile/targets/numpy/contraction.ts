import { isValue, type Scalar } from "../../scalar.js";

/** Sums of products of arrays: as products of matrices where they are some, else by einsum. */

/** An array's axes brought into another order. */
export function inOrder(
	text: string,
	from: readonly string[],
	to: readonly string[],
): string {
	if (from.join() === to.join()) return text;
	if (from.length === 2) return `${text}.T`;
	return `np.transpose(${text}, (${to.map((name) => from.indexOf(name)).join(", ")}))`;
}

/** A factor of what is summed. */
export interface Operand {
	readonly text: string;
	readonly axes: readonly string[];
}

/** A sum of products of two arrays as a product of matrices or vectors, if it is one. */
export function matrixProduct(
	operands: readonly Operand[],
	left: readonly string[],
): string | null {
	const [a, b, ...more] = operands;
	if (!a || !b || more.length > 0) return null;
	const [first, second] =
		left.length > 0 && b.axes.includes(left[0] as string) ? [b, a] : [a, b];
	const common = first.axes.filter((name) => second.axes.includes(name));
	const [rows, columns] = [first, second].map((o) =>
		o.axes.filter((name) => !common.includes(name)),
	) as [string[], string[]];
	const isProduct =
		common.length === 1 &&
		!left.includes(common[0] as string) &&
		rows.length < 2 &&
		columns.length < 2 &&
		[...rows, ...columns].join() === left.join();
	if (!isProduct) return null;
	const factors = [
		inOrder(first.text, first.axes, [...rows, ...common]),
		inOrder(second.text, second.axes, [...common, ...columns]),
	];
	return factors.join(" @ ");
}

/** The sum over all axes but those that are left. */
export function einsum(
	operands: readonly Operand[],
	own: readonly string[],
	left: readonly string[],
): string {
	const letters = lettersFor(own);
	const spell = (axes: readonly string[]) =>
		axes.map((name) => letters.get(name)).join("");
	const subscripts = `${operands.map((o) => spell(o.axes)).join(",")}->${spell(left)}`;
	const arrays = operands.map((o) => o.text).join(", ");
	const path = operands.length > 2 ? ", optimize=True" : "";
	return `np.einsum("${subscripts}", ${arrays}${path})`;
}

/** A square is two operands of a contraction. */
export function asOperands(s: Scalar): readonly Scalar[] {
	if (s.kind === "power" && isValue(s.exponent, 2)) return [s.base, s.base];
	return [s];
}

/** Whether it is a division by something. */
export function isInverse(s: Scalar): boolean {
	return (
		s.kind === "power" &&
		s.exponent.kind === "number" &&
		s.exponent.value.compare(0) < 0
	);
}

/** The places of axes among those of an array, as NumPy takes them. */
export function positionsOf(
	own: readonly string[],
	over: readonly { readonly name: string }[],
): string {
	const positions = over.map((a) => own.indexOf(a.name));
	return positions.length === 1
		? String(positions[0])
		: `(${positions.join(", ")})`;
}

/** A letter for each axis: its own where it can be. */
function lettersFor(axes: readonly string[]): ReadonlyMap<string, string> {
	const letters = new Map<string, string>();
	const taken = new Set<string>();
	for (const name of axes) {
		const own = /^[a-zA-Z]/.test(name) ? (name[0] as string) : "a";
		const free = [own, ..."abcdefghijklmnopqrstuvwxyz"].find(
			(l) => !taken.has(l),
		);
		taken.add(free as string);
		letters.set(name, free as string);
	}
	return letters;
}

/** In brackets, unless it is a name, a part of an array or a call. */
export function bracketSum(text: string): string {
	return /^[\w.]+(\[[\w:, ]*\])?$|^np\.\w+\([^()]*\)$/.test(text)
		? text
		: `(${text})`;
}
