/**
 * Builds what runs in browsers, the playground and the script of live pages, into `dist/play`: classic scripts,
 * since module scripts, `fetch` and workers by their address all fail from `file://`. What runs in a worker is handed to the page by a script that calls `tightbound(name, …)`.
 * Another folder may be named: `node site/build.mjs FOLDER`.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const root = fileURLToPath(new URL("..", import.meta.url));
const out = resolve(process.argv[2] ?? `${root}dist/play`);

/** Puts the worker's ways to load packages and to hash in the place of Node's. */
const platform = {
	name: "platform",
	resolveId(id) {
		if (id.endsWith("/platform.js"))
			return join(root, "site/play/worker/platform.ts");
	},
};

/** Packages whose place in the worker is taken by a file of ours, which does without or hands on what is loaded when a text first needs it. */
const late = {
	name: "late",
	resolveId(id) {
		if (["yaml", "entities", "linkify-it", "uc.micro"].includes(id))
			return join(root, `site/play/worker/late/${id}.ts`);
	},
};

/** A script that leaves what `contents` export in a global of the worker. */
function asGlobal(name, contents) {
	const written = join(root, `site/${name}.written.ts`);
	const plugin = {
		name: "written",
		resolveId: (id) => (id === written ? id : null),
		load: (id) => (id === written ? contents : null),
	};
	return textOf(written, [plugin], `tightbound_${name}`);
}

async function textOf(input, plugins = [], name = undefined) {
	const bundle = await rolldown({
		cwd: root,
		input,
		plugins,
		platform: "browser",
		transform: { target: "es2022" },
		moduleTypes: { ".md": "text" },
		logLevel: "warn",
	});
	const { output } = await bundle.generate({
		format: "iife",
		name,
		minify: true,
		comments: { legal: false },
	});
	return output[0].code;
}

/** Writes a script that hands a worker's program to the page, as a function that the page takes the text of: so nothing needs an escape. */
function writeProgram(name, text) {
	write(name, `tightbound("${name}",()=>{${text}\n});\n`);
}

function write(name, text) {
	writeFileSync(join(out, `${name}.js`), text);
}

/** The sheets of the gallery: those that ship, in the order of `play/gallery.json`, and what each is about. */
function samples() {
	const listed = JSON.parse(
		readFileSync(join(root, "site/play/gallery.json"), "utf8"),
	);
	return listed.map(({ file, about }) => {
		const text = readFileSync(join(root, file), "utf8");
		const title = /^(?:title:|#)\s+(.*)$/m.exec(text)?.[1] ?? file;
		return { title, about, text };
	});
}

mkdirSync(out, { recursive: true });
/** What runs in workers, by the name under which the page asks for it. */
const programs = {
	checker: textOf("site/play/worker/main.ts", [platform, late]),
	runner: textOf("site/play/runner/main.ts"),
	compiler: asGlobal(
		"compiler",
		`export { makePlan } from "../src/compile/plan.ts";
		export { makeLoops } from "../src/compile/kernels.ts";
		export { writeModule } from "../src/compile/targets/js.ts";`,
	),
	mathjs: asGlobal(
		"mathjs",
		'export { create, parse, parseDependencies } from "mathjs";',
	),
	nerdamer: asGlobal("nerdamer", 'export { default } from "nerdamer";'),
	yaml: asGlobal(
		"yaml",
		'export { isMap, isScalar, parseDocument } from "yaml";',
	),
	entities: asGlobal(
		"entities",
		'export { decodeHTMLStrict } from "entities";',
	),
};
await Promise.all([
	textOf("site/play/page/main.ts").then((text) => write("page", text)),
	textOf("site/live/main.ts").then((text) => write("live", text)),
	...Object.entries(programs).map(async ([name, text]) =>
		writeProgram(name, await text),
	),
]);
write(
	"sheets",
	`tightbound("sheets",${JSON.stringify(JSON.stringify(samples()))});\n`,
);
