/** Environments whose argument is a number of columns: KaTeX makes room for as many before it has seen one. */
const counted =
	/(?<!\\end\s*)\{\s*align(?:ed)?at\*?\s*\}(?!\s*\{\s*\d{1,3}\s*\})/;

/** The name of an environment that a macro completes could be one of these. */
const nameByMacro = /\\begin\s*\{[^{}]*\\/;

/** Where a formula asks for more columns than anybody writes, or may do so; null if it does not. */
export function manyColumnsAt(source: string): number | null {
	const found = counted.exec(source) ?? nameByMacro.exec(source);
	return found?.index ?? null;
}
