import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { folderWith, tightbound } from "./run.js";

const sheet = readFileSync(
	new URL("../../derivations/normal-mean.md", import.meta.url),
	"utf8",
);

const within = () => folderWith({ "mean.md": sheet });

describe("compile", () => {
	it("writes C with a header beside it", () => {
		const place = within();
		const args = ["compile", "mean.md", "--target", "c", "-o", "mean.c"];
		const { code, out } = tightbound(place, args);
		expect(code).toBe(0);
		expect(out).toBe("wrote mean.c\nwrote mean.h\n");
		const [source, header] = ["mean.c", "mean.h"].map((name) =>
			readFileSync(join(place, name), "utf8"),
		);
		expect(source).toContain("int64_t mean_solve(");
		expect(header).toContain("int64_t mean_solve(");
	});

	it.each([
		["plan", "global factor mu: s then m"],
		["loops", "sum_x[d] += x[i,d]"],
		["js", "export async function solve"],
		["py", "def solve(inputs"],
	])("prints the stage %s", (stage, expected) => {
		const { code, out } = tightbound(within(), [
			"compile",
			"mean.md",
			"--emit",
			stage,
		]);
		expect(code).toBe(0);
		expect(out).toContain(expected);
	});
});
