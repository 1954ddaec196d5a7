import { readFileSync } from "node:fs";

/** The program's version, from `package.json`, which lies two levels above the compiled file. */
export function version(): string {
	const manifest = readFileSync(
		new URL("../../package.json", import.meta.url),
		"utf8",
	);
	return (JSON.parse(manifest) as { version: string }).version;
}
