import Fraction from "fraction.js";
import { distributionNamed } from "../distributions/index.js";
import { mul, symbol } from "../expr/build.js";
import { shapeOf } from "../expr/shape.js";
import type {
	Expectation,
	Expr,
	Factor,
	Integral,
	Pdf,
	Sym,
	Table,
} from "../expr/tree.js";
import { variableOfValue } from "../expr/valueName.js";
import { freshName, sameTree, some } from "../expr/walk.js";
import { deltaAtom, opaqueAtom, symbolAtom } from "./atoms.js";
import {
	type Environment,
	freshIndex,
	NoNormalForm,
	rangeOf,
} from "./environment.js";
import type { Atom, Form } from "./form.js";
import type { Ix } from "./ix.js";
import { kernelIntegral } from "./kernel.js";
import { atomForm, product, sumOver, times } from "./ring.js";
import { indexValue, type Scope, withBound, withIndex } from "./scope.js";
import { separated, sumInside } from "./separate.js";
import { signOf } from "./signs.js";
import { densityAtom, functionAtom } from "./tables.js";
import { transform } from "./transform.js";

/** What integrals need of lower.ts, handed over so that imports run one way: the form of the entry that is asked for. */
export type LowerEntry = (env: Environment, e: Expr, scope: Scope) => Form;

/** ∫ and Σ over a variable: an unnamed one, a label, a Gaussian exponent; else an atom of its own. */
export function integrate(
	env: Environment,
	e: Integral,
	scope: Scope,
	lower: LowerEntry,
): Form {
	if (e.domain.kind === "unnamed") {
		const z = freshIndex(env, `dom ${e.variable}`);
		return sumOver(
			env,
			lower(env, e.body, withIndex(scope, e.variable, z)),
			z,
			`dom ${e.variable}`,
		);
	}
	const inside = sumInside(e);
	if (inside) return lower(env, inside, scope);
	const apart = separated(e);
	if (apart) {
		env.rules.add("integral of a product over independent variables");
		return lower(env, apart, scope);
	}
	const body = lower(env, e.body, withBound(scope, [e.variable]));
	if (e.domain.kind === "labels" && (e.plates.length === 0 || e.only))
		return sumOverLabel(env, body, e, scope, e.domain.size);
	const range = e.domain.kind;
	const isOne = e.plates.length === 0 || e.only !== null;
	if (isOne && (range === "real" || range === "positive" || range === "unit")) {
		const plate = (e.only ?? []).map((i) => indexValue(i, scope));
		const shape = e.domain.kind === "real" ? e.domain.shape : [];
		const over = { name: e.variable, plate, shape, range };
		const closed = kernelIntegral(env, body, over);
		if (closed) return closed;
	}
	const mean = asExpectation(e);
	if (mean) {
		env.rules.add("∫ f(x) p(x) dx = E_p[f(x)]");
		return lower(env, mean, scope);
	}
	if (e.except) throw new NoNormalForm("an integral over part of a plate");
	const at = (e.only ?? []).map((i) => indexValue(i, scope));
	// The marker makes the position of the variable follow when indices are renamed.
	const argument = times(
		env,
		body,
		atomForm(env, symbolAtom(`d ${e.variable}`, at)),
	);
	const head = `∫ d${e.variable}${e.only ? " at one place" : ""}`;
	return atomForm(
		env,
		opaqueAtom(head, argument, [e.variable], signOf(env, body) !== "unknown"),
	);
}

/**
 * The expectation that an integral is whose body is a named density of the variable of integration times other things; null
 * for any other body. The density must be over the domain of the integral, and its parameters free of the variable.
 */
function asExpectation(e: Integral): Expectation | null {
	if (e.except || (e.plates.length > 0 && !e.only)) return null;
	const factors = e.body.kind === "mul" ? e.body.factors : [e.body];
	const [density, ...others] = factors.filter(
		(f): f is Pdf => f.kind === "pdf" && isOf(f, e),
	);
	if (!density || others.length > 0) return null;
	const { distribution, parameters, of } = density;
	const shape = shapeOf(of);
	const support = distributionNamed(distribution).support(shape, null);
	const isFree = Object.values(parameters).every((p) => !mentionsName(p, e));
	if (support.kind !== e.domain.kind || !isFree) return null;
	const plates = e.plates.map((p) => ({ ...p, index: freshName(p.index) }));
	const { variable, only } = e;
	const factor: Factor = {
		variable,
		plates,
		distribution,
		parameters,
		shape,
		labels: null,
	};
	return {
		kind: "expectation",
		over: [{ factor, only, except: null }],
		body: mul(...factors.filter((f) => f !== density)),
	};
}

function mentionsName(e: Expr, { variable }: Integral): boolean {
	return some(e, (x) => x.kind === "symbol" && x.name === variable);
}

/** Whether a density is of the variable of integration, as a whole. */
function isOf({ of }: Pdf, { variable, only }: Integral): boolean {
	return (
		of.kind === "symbol" &&
		sameTree({ ...of, shape: [] }, symbol(variable, only ?? []))
	);
}

/** Σ_c f(c) over the values of one label. */
function sumOverLabel(
	env: Environment,
	body: Form,
	e: Integral,
	scope: Scope,
	size: string | number,
): Form {
	const k = freshIndex(env, size);
	const plate = (e.only ?? []).map((i) => indexValue(i, scope));
	const fixed = transform(env, body, ({ atom, exponent }) => {
		if (atom.kind !== "hot" || atom.name !== e.variable) return null;
		if (atom.ix.slice(0, -1).join() !== plate.join())
			throw new NoNormalForm("a sum over one of several labels");
		return product(
			env,
			new Fraction(1),
			[{ atom: deltaAtom(atom.ix.at(-1) as Ix, k), exponent }],
			[],
		);
	});
	return sumOver(env, fixed, k, size);
}

/** p(z | x) = p(x, z) / p(x) for unnamed densities: all tables are marginals of one joint. */
export function tableForm(env: Environment, e: Table, scope: Scope): Form {
	if (e.role === "function")
		return atomForm(env, atomOfTable(env, e, e.of, scope));
	const joint = atomForm(
		env,
		atomOfTable(env, e, [...e.of, ...e.given], scope),
	);
	if (e.given.length === 0) return joint;
	env.rules.add("Bayes' rule");
	return times(
		env,
		joint,
		atomForm(env, atomOfTable(env, e, e.given, scope), -1),
	);
}

function atomOfTable(
	env: Environment,
	{ name, role, parameters }: Table,
	variables: readonly Sym[],
	scope: Scope,
): Atom {
	const sorted = [...variables].sort((a, b) => (a.name < b.name ? -1 : 1));
	const at = sorted.map((v) => {
		const value = scope.indices.get(v.name) ?? v.name;
		const own = variableOfValue(v.name);
		if (rangeOf(env, value) === null) env.ranges.set(value, `dom ${own}`);
		return value;
	});
	const make = role === "function" ? functionAtom : densityAtom;
	const names = (symbols: readonly Sym[]) =>
		symbols.map((v) => variableOfValue(v.name));
	return make(name, names(parameters), names(sorted), at);
}
