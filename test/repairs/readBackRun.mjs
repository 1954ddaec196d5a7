import { join } from "node:path";
import { readBack, sheetsIn } from "./readBack.mjs";

/** Reads every repair of the given sheets back, by default of all that ship and of the corpus; fails if one is not proved. */
const root = join(import.meta.dirname, "../..");
const given = process.argv.slice(2);
const paths =
	given.length > 0 ? given : [join(root, "derivations"), join(root, "test")];
const all = [];
for (const path of paths.flatMap(sheetsIn)) {
	const outcomes = await readBack(path);
	all.push(...outcomes);
	for (const { line, verdict, written, repair, reason } of outcomes)
		if (verdict !== null && verdict !== "proved")
			console.log(
				`${path}:${line} ${verdict}: ${reason}\n   ${written}\n   → ${repair.latex} [${repair.kind}]`,
			);
}
const shown = all.filter(({ repair }) => repair);
const proved = shown.filter(({ verdict }) => verdict === "proved");
console.log(
	`${all.length} refuted, ${shown.length} with a repair, of which ${proved.length} read back and are proved`,
);
if (proved.length < shown.length) process.exitCode = 1;
