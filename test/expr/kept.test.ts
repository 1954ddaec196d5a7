import { expect, test } from "vitest";
import { Kept } from "../../src/expr/kept.js";

test("a fact is found once for an object, and not taken along by a copy", () => {
	const sizes = new Kept<{ readonly list: readonly number[] }, number>();
	let found = 0;
	const sizeOf = (o: { readonly list: readonly number[] }) =>
		sizes.of(o, () => {
			found += 1;
			return o.list.length;
		});
	const short = { list: [1] };
	expect([sizeOf(short), sizeOf(short)]).toEqual([1, 1]);
	expect(found).toBe(1);
	expect(sizeOf({ ...short, list: [1, 2] })).toBe(2);
});
