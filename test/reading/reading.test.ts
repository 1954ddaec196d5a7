import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
	declareSymbols,
	elaborateExpression,
	emptyContext,
	emptyState,
	lexiconOf,
	readFamily,
	readModel,
	type State,
} from "../../src/elaborate/index.js";
import type { Expr } from "../../src/expr/tree.js";
import { readDisplay } from "../../src/latex/read.js";
import {
	evaluate,
	type World,
	type WorldValue,
} from "../../src/numeric/index.js";

/** Written by fixtures.py; see there. */
interface Fixtures {
	readonly worlds: Readonly<Record<string, FixtureWorld>>;
	readonly read: readonly {
		world: string;
		latex: string;
		plain: string;
		value: Nested;
	}[];
	readonly unread: readonly { world: string; latex: string; why: string }[];
}

interface FixtureWorld {
	readonly symbols?: Readonly<Record<string, string>>;
	readonly model?: string;
	readonly family?: string;
	readonly sizes: Readonly<Record<string, number>>;
	readonly indices: Readonly<Record<string, number>>;
	readonly values: Readonly<Record<string, WorldValue>>;
}

type Nested = number | readonly Nested[];

const fixtures: Fixtures = JSON.parse(
	readFileSync(join(import.meta.dirname, "fixtures.json"), "utf8"),
);

function chains(latex: string, state: State) {
	const { chains, problems } = readDisplay(latex, {
		lexicon: lexiconOf(state),
		macros: {},
	});
	if (problems[0]) throw new Error(problems[0].message);
	return chains;
}

function stateOf({ symbols, model, family }: FixtureWorld): State {
	let state = emptyState(declareSymbols(emptyContext(), { ...symbols }, 1));
	if (model) state = readModel(chains(model, state), state);
	if (family) state = readFamily(chains(family, state), state);
	return state;
}

const states = Object.fromEntries(
	Object.entries(fixtures.worlds).map(([name, world]) => [
		name,
		stateOf(world),
	]),
);

/** The tree of a formula that stands alone. */
function treeOf(latex: string, world: string): Expr {
	const state = states[world] as State;
	const read = chains(latex, state);
	const side = read[0]?.links[0]?.side;
	if (!side || read.length > 1 || read[0]?.links.length !== 1)
		throw new Error("not one formula");
	return elaborateExpression(side, state);
}

function worldOf({ sizes, indices, values }: FixtureWorld): World {
	return {
		sizes: new Map(Object.entries(sizes)),
		indices: new Map(Object.entries(indices)),
		values: new Map(Object.entries(values)),
		tables: new Map(),
		domains: new Map(),
		aliases: new Map(),
		functions: { seed: "", positive: false },
	};
}

function flat(value: Nested): readonly number[] {
	return typeof value === "number" ? [value] : value.flatMap(flat);
}

describe("formulas have the value of their plain reading", () => {
	test.each(fixtures.read)("$latex is $plain", ({ world, latex, value }) => {
		const state = states[world] as State;
		const got = evaluate(
			treeOf(latex, world),
			worldOf(fixtures.worlds[world] as FixtureWorld),
			state.context,
		);
		expect(got.status).toBe("ok");
		const expected = flat(value);
		expect(got.values).toHaveLength(expected.length);
		for (const [at, number] of expected.entries())
			expect(got.values[at]).toBeCloseTo(number, 7);
	});
});

describe("what cannot be read whole is not read at all", () => {
	test.each(fixtures.unread)("$latex: $why", ({ world, latex }) => {
		expect(() => treeOf(latex, world)).toThrow();
	});
});
