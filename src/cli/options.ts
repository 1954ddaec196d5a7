import { InvalidArgumentError, Option } from "commander";

/** A whole number from 0 on, as `--seed` takes it. */
export function wholeNumber(text: string): number {
	return numberIn(text, 0, Number.MAX_SAFE_INTEGER, "a whole number from 0 on");
}

/** A whole number from 1 on, as `--restarts` takes it. */
export function positiveNumber(text: string): number {
	return numberIn(text, 1, Number.MAX_SAFE_INTEGER, "a whole number from 1 on");
}

/** A port from 0 to 65535, as `--port` takes it. */
export function portNumber(text: string): number {
	return numberIn(text, 0, 65_535, "a port from 0 to 65535");
}

function numberIn(
	text: string,
	least: number,
	most: number,
	wanted: string,
): number {
	const value = Number(text);
	if (/^\d+$/.test(text) && value >= least && value <= most) return value;
	throw new InvalidArgumentError(`Expected ${wanted}.`);
}

export function seedOption(description: string): Option {
	return new Option("--seed <n>", description).argParser(wholeNumber);
}

/** A number from 0 on, as `--tolerance` takes it. */
export function tolerance(text: string): number {
	const value = Number(text);
	if (text.trim() !== "" && value >= 0 && value < 1) return value;
	throw new InvalidArgumentError("Expected a number from 0 to below 1.");
}

/** Seconds from 0 on, as `--checkpoint-every` takes them. */
export function seconds(text: string): number {
	const value = Number(text);
	if (text.trim() !== "" && value >= 0 && Number.isFinite(value)) return value;
	throw new InvalidArgumentError("Expected a number of seconds from 0 on.");
}

const units = { B: 1, KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 };

/** A number of bytes with its unit, as `--memory` takes it. */
export function bytes(text: string): number {
	const [, value, unit] = /^(\d+(?:\.\d+)?) ?([KMGT]?B)$/i.exec(text) ?? [];
	const factor = units[unit?.toUpperCase() as keyof typeof units];
	if (factor && Number(value) > 0) return Number(value) * factor;
	throw new InvalidArgumentError("Expected a size such as 500MB or 2GB.");
}

/** Names separated by commas, as `--columns` takes them; one with a comma in it stands in quotes, as in a CSV. */
export function splitNames(text: string): readonly string[] {
	const names: string[] = [];
	const next = /\s*(?:"((?:[^"]|"")+)"|([^",]*[^",\s]))\s*(?:,|$)/y;
	while (next.lastIndex < text.length) {
		const [whole, quoted, plain] = next.exec(text) ?? [];
		if (whole === undefined)
			throw new InvalidArgumentError(
				'Expected names separated by commas, such as u,"v, w".',
			);
		names.push(plain ?? (quoted as string).replaceAll('""', '"'));
	}
	if (names.length > 0 && !text.trimEnd().endsWith(",")) return names;
	throw new InvalidArgumentError("Expected names separated by commas.");
}

/** A path of an SVG. */
export function svgPath(text: string): string {
	if (/\.svg$/i.test(text)) return text;
	throw new InvalidArgumentError("Expected a path that ends in .svg.");
}
