/**
 * Bundles the program, for a start in half the time: a sheet of one line loads some two hundred modules. `dist/cli/main.js`
 * becomes the entry, what it shares or loads when needed goes to `dist/program`; the other modules stay as the compiler made
 * them, for `index.js` and for the rules on imports. Both folders lie as deep in the package as the sources' do, so
 * that addresses relative to a module hold.
 * Another folder than `dist` may be named: `node src/cli/bundle.mjs FOLDER`.
 */
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const root = fileURLToPath(new URL("../..", import.meta.url));

const bundle = await rolldown({
	cwd: root,
	input: {
		"cli/main": "src/cli/main.ts",
		"program/worker": "src/publish/worker.ts",
	},
	// All packages, but not what the bundler brings itself, such as its way to write `</script>`.
	external: /^(?!@oxc-project\/)[@a-z][^:]/,
	platform: "node",
	logLevel: "warn",
});
await bundle.write({
	dir: resolve(process.argv[2] ?? `${root}dist`),
	format: "esm",
	entryFileNames: "[name].js",
	chunkFileNames: "program/[name]-[hash].js",
});
