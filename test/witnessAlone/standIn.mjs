/**
 * A module with the names of a declaration file and nothing behind them: functions say that there is no normal form,
 * constants are null, classes are empty. The environment alone is made, for it is asked for before a form is.
 */
export function standIn(file, declarations) {
	const isHome = file === "algebra/environment.d.ts";
	const home = "./".concat(
		"../".repeat(file.split("/").length - 2),
		"environment.js",
	);
	const lines = isHome
		? []
		: [`import { NoNormalForm as Removed } from "${home}";`];
	const thrown = isHome ? "NoNormalForm" : "Removed";
	const refuse = `{ throw new ${thrown}("the symbolic channel is removed"); }`;
	for (const [, name] of declarations.matchAll(
		/^export declare (?:abstract )?class (\w+)/gm,
	))
		lines.push(`export class ${name} extends Error {}`);
	for (const name of namesOf(
		declarations,
		/^export declare function\*? (\w+)/gm,
	))
		lines.push(
			file === "algebra/index.d.ts" && name === "environment"
				? "export function environment(context) { return { context, functions: null, simplex: true, rules: new Set(), work: { left: 0 }, fresh: { count: 0 }, ranges: new Map() }; }"
				: `export function ${name}() ${refuse}`,
		);
	for (const name of namesOf(declarations, /^export declare const (\w+)/gm))
		lines.push(`export const ${name} = null;`);
	for (const [line] of declarations.matchAll(/^export \{[^}]*\} from .*$/gm))
		lines.push(line.replace(/\btype \w+,? ?/g, ""));
	for (const [, list] of declarations.matchAll(/^export \{([^}]*)\};$/gm))
		for (const name of list.split(",").map((n) => n.trim()))
			if (name) lines.push(`export function ${name}() ${refuse}`);
	return `${lines.join("\n")}\n`;
}

/** Each name once: overloads repeat it. */
function namesOf(declarations, pattern) {
	return new Set([...declarations.matchAll(pattern)].map((m) => m[1]));
}
