import type { PackageName } from "../protocol.js";
import { post, scope } from "./scope.js";

const loading = new Map<PackageName, Promise<unknown>>();
const arrived = new Map<PackageName, (text: string | null) => void>();

/**
 * A package, as text from the page: a worker from `file://` can load nothing by itself, and no blob of another's making.
 * @throws Error if the page cannot provide it
 */
export function load(name: PackageName): Promise<unknown> {
	const known = loading.get(name) ?? request(name);
	loading.set(name, known);
	return known;
}

async function request(name: PackageName): Promise<unknown> {
	const text = await new Promise<string | null>((resolve) => {
		arrived.set(name, resolve);
		post({ kind: "want", name });
	});
	if (text === null) throw new Error(`${name} could not be loaded`);
	const url = URL.createObjectURL(
		new Blob([text], { type: "text/javascript" }),
	);
	scope.importScripts(url);
	URL.revokeObjectURL(url);
	return scope[`tightbound_${name}`];
}

/** Takes what the page answers. */
export function receive(name: PackageName, text: string | null): void {
	arrived.get(name)?.(text);
	arrived.delete(name);
}
