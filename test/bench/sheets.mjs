/** The sheets that are measured: those that ship, the corpus, and shared single steps where they are at hand. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folders = [
	"derivations",
	"test/corpus",
	"test/corpus/steps",
	"../shared/steps",
];

/** @param every of how many sheets one is taken */
export function sheets(every = 1) {
	return folders
		.filter((folder) => existsSync(`${root}${folder}`))
		.flatMap((folder) =>
			readdirSync(`${root}${folder}`)
				.filter((file) => file.endsWith(".md") && file !== "README.md")
				.map((file) => `${folder}/${file}`),
		)
		.filter((_, n) => n % every === 0)
		.map((path) => ({ path, text: readFileSync(`${root}${path}`, "utf8") }));
}
