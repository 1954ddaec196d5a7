/** The name of a value of an unnamed variable, as in `p(z = k)`: `z=k`, a symbol of its own that lies where z lies. */
export function valueName(variable: string, value: string): string {
	return `${variable}=${value}`;
}

/** Whether a name is that of a value. */
export function isValueName(name: string): boolean {
	return name.includes("=");
}

/** The variable of which a name is a value; any other name is its own. */
export function variableOfValue(name: string): string {
	return name.replace(/=.*$/, "");
}

/** The value that a name says. */
export function valueInName(name: string): string {
	return name.slice(variableOfValue(name).length + 1);
}
