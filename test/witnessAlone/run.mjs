/**
 * Takes the symbolic channel out of the program, builds what is left, and compares what the witness alone says of every
 * sheet with what both channels say. Of `src/algebra` and of all `moments.ts` only the declarations stay, for the
 * compiler; whatever would run there says that it has no normal form. Ends with status 1 at a contradiction.
 */
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { standIn } from "./standIn.mjs";

const repo = path.resolve(import.meta.dirname, "../..");
const place = fs.mkdtempSync(path.join(os.tmpdir(), "witness-alone-"));
const at = (...parts) => path.join(place, ...parts);

function compile() {
	const tsc = path.join(repo, "node_modules/.bin/tsc");
	execFileSync(tsc, ["-p", at("tsconfig.build.json")], { stdio: "inherit" });
}

function filesBelow(folder, ending) {
	return fs
		.readdirSync(folder, { recursive: true, encoding: "utf8" })
		.filter((file) => file.endsWith(ending));
}

/** Builds both programs, the whole one as `full` and the one without algebra as `dist`. */
function build() {
	for (const name of ["package.json", "tsconfig.json", "tsconfig.build.json"])
		fs.copyFileSync(path.join(repo, name), at(name));
	fs.symlinkSync(path.join(repo, "node_modules"), at("node_modules"));
	fs.cpSync(path.join(repo, "src"), at("src"), { recursive: true });
	compile();
	fs.renameSync(at("dist"), at("full"));
	const isSymbolic = (file) =>
		/^(algebra\/|distributions\/[^/]+\/moments\.)/.test(file);
	for (const file of filesBelow(at("src"), ".ts").filter(isSymbolic))
		fs.rmSync(at("src", file));
	const declarations = filesBelow(at("full"), ".d.ts").filter((file) =>
		file.startsWith("algebra/"),
	);
	for (const file of declarations)
		fs.copyFileSync(at("full", file), at("src", file));
	compile();
	for (const file of declarations) {
		const target = at("dist", file.replace(/\.d\.ts$/, ".js"));
		fs.mkdirSync(path.dirname(target), { recursive: true });
		fs.writeFileSync(
			target,
			standIn(file, fs.readFileSync(at("full", file), "utf8")),
		);
	}
}

function sheets() {
	const corpus = path.join(repo, "test/corpus");
	return [path.join(repo, "derivations"), corpus, path.join(corpus, "steps")]
		.filter((folder) => fs.existsSync(folder))
		.flatMap((folder) =>
			fs
				.readdirSync(folder)
				.filter((file) => file.endsWith(".md"))
				.sort()
				.map((file) => path.join(folder, file)),
		);
}

const accepts = new Set(["proved", "agrees"]);

/** One accepts what the other refutes. A step that is left open or given contradicts nothing. */
function contradicts(one, other) {
	return (
		(accepts.has(one) && other === "refuted") ||
		(one === "refuted" && accepts.has(other))
	);
}

async function compare() {
	const load = (name) => import(pathToFileURL(at(name, "index.js")).href);
	const [full, alone] = [await load("full"), await load("dist")];
	const counts = {};
	let contradictions = 0;
	for (const file of sheets()) {
		const text = fs.readFileSync(file, "utf8");
		const judge = (program) =>
			program.check(text, path.basename(file), { hints: "where" });
		const [both, witness] = [await judge(full), await judge(alone)];
		const judged = (sheet) => [...sheet.steps, ...sheet.updates];
		const others = judged(witness);
		for (const [i, { verdict, line, right }] of judged(both).entries()) {
			const other = others[i]?.verdict ?? "missing";
			const kind = `${verdict} / ${other}`;
			counts[kind] = (counts[kind] ?? 0) + 1;
			if (!contradicts(verdict, other)) continue;
			contradictions += 1;
			console.log(
				`${path.relative(repo, file)}:${line} ${kind}: ${right ?? ""}  (${others[i].reason ?? others[i].certificate ?? ""})`,
			);
		}
	}
	console.log("both channels / the witness alone");
	for (const kind of Object.keys(counts).sort())
		console.log(`  ${kind}: ${counts[kind]}`);
	console.log(`${contradictions} contradictions`);
	return contradictions;
}

try {
	build();
	process.exitCode = (await compare()) > 0 ? 1 : 0;
} finally {
	fs.rmSync(place, { recursive: true, force: true });
}
