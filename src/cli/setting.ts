import { InvalidArgumentError } from "commander";

/** Values that `--set` gives to known parameters and sizes: numbers, or arrays of any depth. */
export type Settings = Readonly<Record<string, unknown>>;

/**
 * Adds one `name=value` to the settings before it; the value is a number or a JSON array of numbers.
 * @throws InvalidArgumentError for anything else, and for a name that was set already
 */
export function addSetting(text: string, previous: Settings = {}): Settings {
	const parts = /^\s*([^\s=]+)\s*=\s*(.+)$/s.exec(text);
	if (!parts)
		throw new InvalidArgumentError("Expected `name=value`, such as `K=3`.");
	const [, name, value] = parts as unknown as [string, string, string];
	if (Object.hasOwn(previous, name))
		throw new InvalidArgumentError(`\`${name}\` is set twice.`);
	return { ...previous, [name]: readValue(name, value) };
}

function readValue(name: string, text: string): unknown {
	const value = text.trim().startsWith("[") ? parseOrNull(text) : Number(text);
	if (isNumeric(value)) return value;
	throw new InvalidArgumentError(
		`Expected a number or a list of numbers for \`${name}\`, such as \`0.5\` or \`[0.2,0.8]\`.`,
	);
}

function parseOrNull(json: string): unknown {
	try {
		return JSON.parse(json);
	} catch {
		return null;
	}
}

function isNumeric(value: unknown): boolean {
	if (Array.isArray(value)) return value.length > 0 && value.every(isNumeric);
	return typeof value === "number" && Number.isFinite(value);
}
