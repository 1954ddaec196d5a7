import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

const here = import.meta.dirname;
const derivations = join(here, "../../../derivations");
const corpus = join(here, "../../corpus");

/** Every sheet with its expected verdicts: its path, its text, and the lines of the steps that are known to be right. */
export function sheets() {
	return [corpus, join(corpus, "steps")].flatMap((folder) =>
		readdirSync(folder)
			.filter((file) => file.endsWith(".expected.json"))
			.map((file) => {
				const name = basename(file, ".expected.json");
				const expected = JSON.parse(readFileSync(join(folder, file), "utf8"));
				const right = expected.filter((e) => !e.target && isRight(e.expect));
				return {
					name,
					text: textOf(folder, name),
					lines: new Set(right.map((e) => e.line)),
				};
			}),
	);
}

function isRight(verdict) {
	return ["true", "proved", "agrees"].includes(verdict);
}

function textOf(folder, name) {
	try {
		return readFileSync(join(folder, `${name}.md`), "utf8");
	} catch {
		return readFileSync(join(derivations, `${name}.md`), "utf8");
	}
}
