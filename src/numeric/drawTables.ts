import type { Context } from "../expr/context.js";
import { isValueName, variableOfValue } from "../expr/valueName.js";
import type { Mentions } from "./mentions.js";
import type { Random } from "./random.js";
import type { FiniteDomain, JointTable } from "./tables.js";

/** A larger joint is not made: laws over so many variables are left undecided. */
const mostEntries = 4096;

export interface Finite {
	readonly tables: ReadonlyMap<string, JointTable>;
	readonly domains: ReadonlyMap<string, FiniteDomain>;
	readonly aliases: ReadonlyMap<string, string>;
}

/** Domains for the unnamed variables and a random joint for each unnamed law, dependent throughout. */
export function drawFinite(
	mentions: Mentions,
	context: Context,
	sizes: ReadonlyMap<string, number>,
	random: Random,
	mostValues: number,
): Finite {
	const aliases = aliasesOf(mentions);
	const canonical = (name: string): string => aliases.get(name) ?? name;
	const instances = (name: string): number =>
		(context.symbols.get(name)?.dims ?? []).reduce<number>(
			(n, d) => n * (typeof d === "number" ? d : (sizes.get(d) ?? 1)),
			1,
		);
	const laws = [...mentions.laws].map(
		([name, variables]) =>
			[name, [...new Set([...variables].map(canonical))]] as const,
	);
	const axisCount = Math.max(
		0,
		...laws.map(([, variables]) =>
			variables.reduce((n, v) => n + instances(v), 0),
		),
	);
	const domains = new Map<string, FiniteDomain>();
	for (const [name, { counted }] of mentions.unnamed) {
		const size = axisCount > 5 ? 2 : random.whole(2, mostValues);
		const weights = Array.from(
			{ length: size },
			() => random.whole(2, 11) / 10,
		);
		const known = domains.get(canonical(name));
		domains.set(
			canonical(name),
			counted ? ones(known?.size ?? size) : (known ?? { size, weights }),
		);
	}
	const tables = new Map<string, JointTable>();
	for (const [name, variables] of laws) {
		const axes = variables.flatMap((variable) =>
			Array.from({ length: instances(variable) }, (_, instance) => ({
				variable,
				instance,
				size: (domains.get(variable) as FiniteDomain).size,
			})),
		);
		const entries = axes.reduce((n, a) => n * a.size, 1);
		if (entries <= mostEntries)
			tables.set(name, {
				axes,
				weights: Array.from({ length: entries }, () => random.whole(1, 19)),
			});
	}
	return { tables, domains, aliases };
}

/** Under a counting sum every value has weight 1. */
function ones(size: number): FiniteDomain {
	return { size, weights: new Array<number>(size).fill(1) };
}

/** `z'` is another value of z, unless a law speaks of both at once; `z=k` is one always. */
function aliasesOf(mentions: Mentions): ReadonlyMap<string, string> {
	const aliases = new Map<string, string>();
	for (const name of mentions.unnamed.keys()) {
		if (isValueName(name)) aliases.set(name, variableOfValue(name));
		const plain = name.replace(/['′]+$/, "");
		const apart = plain !== name && mentions.unnamed.has(plain);
		if (apart && !mentions.together.some((t) => t.has(name) && t.has(plain)))
			aliases.set(name, plain);
	}
	return aliases;
}
