import { mul, symbol } from "../expr/build.js";
import type { Expr, Sym, Table } from "../expr/tree.js";
import type { Surface, SurfaceCall, SurfaceName } from "../latex/surface.js";
import { Problem } from "../problem.js";
import { isEquals } from "./comparison.js";
import { densityLetter, tableName } from "./densityName.js";
import { keyWith } from "./lookup.js";
import { isFunctionLetter } from "./mentions.js";
import { subscriptText } from "./names.js";
import type { Scope } from "./scope.js";
import type { Setting } from "./setting.js";
import type { UnnamedFactor } from "./state.js";
import { valueKey } from "./unnamedValues.js";
import { openTuples } from "./variables.js";

/** Unnamed densities and functions: `p(x, z)`, `q(z)`, `f(z)` as tables over the variables of an abstract passage. */

/** `p(x, z | θ)`; a parameter behind a semicolon is a condition. */
export function readTable(scope: Scope, call: SurfaceCall): Table {
	const { setting } = scope.passage;
	const behind = openTuples([...call.given, ...call.parameters]);
	const slides = setting?.slides ?? [];
	const name = lawName(densityNamed(scope, call.function), behind, slides);
	return {
		kind: "table",
		name,
		role: "density",
		of: openTuples(call.arguments).map((s) => readVariable(scope, s)),
		given: behind
			.filter((s) => !isOneOf(slides, s))
			.map((s) => readVariable(scope, s)),
		parameters: parametersOf(name, slides),
	};
}

/** The density that a letter names: a p without decoration may belong to the passage's p_θ. */
function densityNamed(scope: Scope, letter: SurfaceName): string {
	const own = tableName(letter);
	const joint = own === "p" ? (scope.passage.setting?.joint ?? null) : null;
	if (joint)
		scope.passage.note(
			`p without a subscript was read as ${joint}, of which it is the prior or the evidence`,
		);
	return joint ?? own;
}

/** `f(z)` for a letter that stands for any function, all of whose arguments are unnamed variables; else null. */
export function readFunctionTable(
	scope: Scope,
	call: SurfaceCall,
): Table | null {
	if (!isFunctionLetter(call.function) || call.given.length > 0) return null;
	const slides = scope.passage.setting?.slides ?? [];
	const written = openTuples([...call.arguments, ...call.parameters]);
	const args = written.filter((s) => !isOneOf(slides, s));
	const name = lawName(tableName(call.function), written, slides);
	if (args.length === 0 || !args.every((a) => unnamedVariable(scope, a)))
		return null;
	return {
		kind: "table",
		name,
		role: "function",
		of: args.map((s) => readVariable(scope, s)),
		given: [],
		parameters: parametersOf(name, slides),
	};
}

/** The name of a law with the parameters that stand behind its bar: `p(x; θ)` is `p_θ(x)`. */
export function lawName(
	letter: string,
	behind: readonly Surface[],
	slides: readonly string[],
): string {
	const own = letter.split("_");
	const more = behind
		.filter((s) => isOneOf(slides, s))
		.map((s) => keyWith(s as SurfaceName) as string);
	return [...own, ...more.filter((key) => !own.includes(key))].join("_");
}

function isOneOf(slides: readonly string[], s: Surface): boolean {
	return s.kind === "name" && slides.includes(keyWith(s) ?? "");
}

/** The parameters that decorate the name of a law. */
function parametersOf(name: string, slides: readonly string[]): readonly Sym[] {
	const decorations = name.split("_").slice(1);
	return slides
		.filter((key) => decorations.includes(key))
		.map((key) => symbol(key));
}

/** The unnamed variable that a surface names, or null. `x = D` names the value D of x. */
export function unnamedVariable(scope: Scope, s: Surface): Sym | null {
	const name = isEquals(s) ? s.left : s;
	if (name.kind !== "name" || name.name === "·") return null;
	const key = isEquals(s) ? valueKey(s) : keyWith(name);
	const isBound = name.subscripts.some(
		(sub) => sub.kind === "name" && scope.bound(sub.name),
	);
	if (!key || isBound || scope.passage.symbol(key)?.type !== "unnamed")
		return null;
	return symbol(key, [], []);
}

function readVariable(scope: Scope, s: Surface): Sym {
	const variable = unnamedVariable(scope, s);
	if (variable) return variable;
	throw new Problem(
		"this is no variable of an unnamed density",
		s.span,
		"a name such as z; variables with a summed index need a model that says what they are",
	);
}

/** The density of a bare letter: over the variable that its subscript numbers or names, as `q_2` over z_2, else over all of q's. */
export function bareTable(setting: Setting, name: SurfaceName): Table {
	const numbered = variableNumbered(setting, name);
	if (numbered)
		return tableOver(
			setting,
			tableName(name),
			[numbered],
			densityLetter(name) === "q" ? setting.conditions : [],
		);

	if (setting.latents.length === 0)
		throw new Problem(
			"q of which variables?",
			name.span,
			"q(z), with the variables written once",
		);
	return tableOver(
		setting,
		decorated(setting, name),
		setting.latents,
		densityLetter(name) === "q" ? setting.conditions : [],
	);
}

/** The table of a bare letter: `q` means `q_\phi` where that is the only q that is written out. */
function decorated(setting: Setting, name: SurfaceName): string {
	const own = tableName(name);
	const written = densityLetter(name) === "q" ? setting.q : setting.p;
	const [only] = written;
	return own === densityLetter(name) && only && written.length === 1
		? only
		: own;
}

/** The one unnamed variable with the subscript that a density has, or with its subscript as name; null if there is none. */
function variableNumbered(setting: Setting, name: SurfaceName): string | null {
	const [sub, ...more] = name.subscripts;
	const text = sub && more.length === 0 ? subscriptText(sub) : null;
	if (!text) return null;
	const keys = setting.symbols.map((info) => info.name);
	const [only, ...others] = keys.includes(text)
		? [text]
		: keys.filter((key) => key.endsWith(`_${text}`));
	return only && others.length === 0 ? only : null;
}

/** A density of q by the factors that q was stated to be a product of; any other density is one part. */
export function partsOf(setting: Setting, table: Table): readonly Table[] {
	const { factors } = setting;
	const isQ = table.name === "q" || factors.some((f) => f.name === table.name);
	const names = (symbols: readonly Sym[], { variables }: UnnamedFactor) =>
		symbols.map((v) => v.name).filter((name) => variables.includes(name));
	const parts = factors
		.filter((f) => names(table.of, f).length > 0)
		.map((f) =>
			tableOver(setting, f.name, names(table.of, f), names(table.given, f)),
		);
	const count = parts.reduce((sum, part) => sum + part.of.length, 0);
	return isQ && count === table.of.length ? parts : [table];
}

/** The density of the passage's q, or of a p over the same variables. */
export function tableOver(
	{ slides }: Pick<Setting, "slides">,
	name: string,
	of: readonly string[],
	given: readonly string[],
): Table {
	const symbols = (keys: readonly string[]) => keys.map((key) => symbol(key));
	return {
		kind: "table",
		name,
		role: "density",
		of: symbols(of),
		given: symbols(given),
		parameters: parametersOf(name, slides),
	};
}

/** ∫ body over unnamed variables: Σ for those that the passage sums over with Σ. */
export function integrateUnnamed(
	setting: Setting,
	variables: readonly string[],
	body: Expr,
): Expr {
	return variables.reduceRight<Expr>(
		(tree, variable) => ({
			kind: "integral",
			variable,
			plates: [],
			only: null,
			except: null,
			domain: { kind: "unnamed", counting: setting.counted.has(variable) },
			body: tree,
		}),
		body,
	);
}

/** E under a table: ∫ table · body. */
export function expectUnder(setting: Setting, table: Table, body: Expr): Expr {
	return integrateUnnamed(
		setting,
		table.of.map((v) => v.name),
		mul(table, body),
	);
}
