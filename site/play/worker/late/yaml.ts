import type * as Yaml from "yaml";
import { scope } from "../scope.js";

/** The reader of front matter, which a text that has none does not load. */
function yaml(): typeof Yaml {
	return scope.tightbound_yaml as typeof Yaml;
}

export const parseDocument: typeof Yaml.parseDocument = (...args) =>
	yaml().parseDocument(...args);

export const isMap = (node: unknown) => yaml().isMap(node);

export const isScalar = (node: unknown) => yaml().isScalar(node);
