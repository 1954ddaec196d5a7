import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { folderWith, tightbound } from "./run.js";

const folder = () => folderWith({ "good.md": "$$ (a+b)^2 = a^2 $$" });

it("prints its version, and help, with exit code 0", () => {
	const manifest = new URL("../../package.json", import.meta.url);
	const { version } = JSON.parse(readFileSync(manifest, "utf8"));
	expect(tightbound(folder(), ["--version"])).toEqual({
		code: 0,
		out: `${version}\n`,
		err: "",
	});
	const help = tightbound(folder(), ["--help"]);
	expect(help.code).toBe(0);
	expect(help.out).toContain("check");
	expect(help.out).not.toContain("demo");
});

it.each([
	["no command", [], "Usage"],
	["an unknown command", ["chekc"], "check"],
	["an unknown option", ["check", "--jsn", "good.md"], "--json"],
	["no file", ["check"], "missing required argument 'file'"],
	[
		"a level of hints that is none",
		["check", "--hints", "all", "good.md"],
		"where, kind, repair",
	],
	[
		"a seed that is no number",
		["check", "--seed", "x", "good.md"],
		"whole number",
	],
	[
		"two formats",
		["check", "--json", "--junit", "good.md"],
		"cannot be used with",
	],
	["a line that is missing", ["explain", "good.md"], "a file and a line"],
	["an output that is missing", ["compile", "good.md"], "--output"],
	[
		"an unknown target",
		["compile", "good.md", "-o", "x.mjs", "--target", "cobol"],
		"js",
	],
] as const)(
	"refuses %s, says what was expected, and ends with 2",
	(_name, args, expected) => {
		const { code, out, err } = tightbound(folder(), args);
		expect(code).toBe(2);
		expect(out).toBe("");
		expect(err).toContain(expected);
		expect(err).not.toMatch(/^\s+at /m);
	},
);
