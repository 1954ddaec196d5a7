/**
 * Builds what runs in browsers, the playground and the script of live pages, into `dist/play`: classic scripts, since module scripts, `fetch` and workers by their address all
 * fail from `file://`. What runs in the worker is handed to the page as text, by a script that calls `tightbound(name, text)`.
 * Another folder may be named: `node site/build.mjs FOLDER`.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const out = resolve(process.argv[2] ?? `${root}dist/play`);

const shared = {
	absWorkingDir: root,
	bundle: true,
	minify: true,
	write: false,
	format: "iife",
	target: "es2022",
	platform: "browser",
	charset: "utf8",
	legalComments: "none",
	logLevel: "warning",
	loader: { ".md": "text" },
};

/** Puts the worker's ways to load packages and to hash in the place of Node's. */
const platform = {
	name: "platform",
	setup(build) {
		const path = join(root, "site/play/worker/platform.ts");
		build.onResolve({ filter: /\/platform\.js$/ }, () => ({ path }));
	},
};

/** Packages whose place in the worker is taken by a file of ours, which hands on what is loaded when a text first needs it. */
const late = {
	name: "late",
	setup(build) {
		for (const name of ["yaml", "entities", "linkify-it"]) {
			const path = join(root, `site/play/worker/late/${name}.ts`);
			build.onResolve({ filter: new RegExp(`^${name}$`) }, () => ({ path }));
		}
	},
};

/** A package as a script that leaves it in a global of the worker. */
function asGlobal(name, contents) {
	return {
		stdin: { contents, resolveDir: root },
		globalName: `tightbound_${name}`,
	};
}

async function textOf(options) {
	const { outputFiles } = await build({ ...shared, ...options });
	return outputFiles[0].text;
}

/** Writes a script that hands `text` to the page. */
function writeText(name, text) {
	// Programs are full of double quotes, which need no escape here.
	const literal = `\`${text.replace(/[\\`\r]|\$(?=\{)/g, (c) => (c === "\r" ? "\\r" : `\\${c}`))}\``;
	writeFileSync(join(out, `${name}.js`), `tightbound("${name}",${literal});\n`);
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
const [
	page,
	live,
	checker,
	runner,
	compiler,
	mathjs,
	nerdamer,
	yaml,
	entities,
] = await Promise.all([
	textOf({ entryPoints: ["site/play/page/main.ts"] }),
	textOf({ entryPoints: ["site/live/main.ts"] }),
	textOf({
		entryPoints: ["site/play/worker/main.ts"],
		plugins: [platform, late],
	}),
	textOf({ entryPoints: ["site/play/runner/main.ts"] }),
	textOf(
		asGlobal(
			"compiler",
			`export { makePlan } from "./src/compile/plan.ts";
			export { makeLoops } from "./src/compile/kernels.ts";
			export { writeModule } from "./src/compile/targets/js.ts";`,
		),
	),
	textOf(
		asGlobal(
			"mathjs",
			'export { create, parse, parseDependencies } from "mathjs";',
		),
	),
	textOf(asGlobal("nerdamer", 'export { default } from "nerdamer";')),
	textOf(
		asGlobal("yaml", 'export { isMap, isScalar, parseDocument } from "yaml";'),
	),
	textOf(asGlobal("entities", 'export { decodeHTMLStrict } from "entities";')),
]);
writeFileSync(join(out, "page.js"), page);
writeFileSync(join(out, "live.js"), live);
writeText("checker", checker);
writeText("runner", runner);
writeText("compiler", compiler);
writeText("mathjs", mathjs);
writeText("nerdamer", nerdamer);
writeText("yaml", yaml);
writeText("entities", entities);
writeText("sheets", JSON.stringify(samples()));
