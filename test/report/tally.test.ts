import { expect, it } from "vitest";
import { countsText, exitCode, tally } from "../../src/report/tally.js";
import { sheet, step, unclosed, update } from "./sample.js";

const codes = (...sheets: ReturnType<typeof sheet>[]) => [
	exitCode(sheets, false),
	exitCode(sheets, true),
];

it("gives 0 when every step is proved, agrees or is given, and 2 for `agrees` under strict", () => {
	expect(codes(sheet([step("given"), step("proved")]))).toEqual([0, 0]);
	expect(codes(sheet([step("proved"), step("agrees")]))).toEqual([0, 2]);
});

it("gives 1 as soon as something is refuted, whatever else is wrong", () => {
	const bad = sheet([step("refuted"), step("unread")], {
		messages: [unclosed],
	});
	expect(codes(bad)).toEqual([1, 1]);
	expect(codes(sheet([]), bad)).toEqual([1, 1]);
});

it("gives 2 for what is unread, for an error in the sheet, and for a sheet without a step", () => {
	expect(codes(sheet([step("proved"), step("unread")]))).toEqual([2, 2]);
	expect(codes(sheet([step("proved")], { messages: [unclosed] }))).toEqual([
		2, 2,
	]);
	expect(codes(sheet([]))).toEqual([2, 2]);
	expect(codes(sheet([step("given")]), sheet([step("proved")]))).toEqual([
		2, 2,
	]);
});

it("counts updates like steps", () => {
	expect(codes(sheet([], { updates: [update("proved")] }))).toEqual([0, 0]);
	expect(
		codes(sheet([step("proved")], { updates: [update("refuted")] })),
	).toEqual([1, 1]);
	expect(
		codes(sheet([step("proved")], { updates: [update("unread")] })),
	).toEqual([2, 2]);
	const counts = tally([
		sheet([step("proved")], { updates: [update("agrees")] }),
	]);
	expect(countsText(counts)).toBe("1 proved, 1 agrees");
	expect(countsText(tally([]))).toBe("nothing");
});

it("lets warnings pass", () => {
	const messages = [{ ...unclosed, level: "warning" as const }];
	expect(codes(sheet([step("proved")], { messages }))).toEqual([0, 0]);
});
