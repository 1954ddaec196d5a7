import type { Context, FreeOf } from "../expr/context.js";
import { variablesOf } from "./atoms.js";
import type { Environment } from "./environment.js";
import { mentions } from "./expectation.js";
import type { Form } from "./form.js";
import { functionTable } from "./functions.js";
import { lower } from "./lower.js";

export { BudgetSpent, NoNormalForm } from "./environment.js";
export type { Form } from "./form.js";
export { isZero } from "./zero.js";

/** Work units (products of atoms made) that one step may cost; the same on every machine. */
export const defaultBudget = 150_000;

/** A fresh environment to normalise in. */
export function environment(context: Context, budget = defaultBudget): Environment {
  return {
    context,
    functions: functionTable,
    simplex: true,
    rules: new Set(),
    work: { left: budget },
    fresh: { count: 0 },
    ranges: new Map(),
  };
}

export { lower };

/** Whether a form does not depend on a variable (at any subscript) or an index. */
export function isFreeOf(form: Form, free: FreeOf): boolean {
  if (free.kind === "index") return !variablesOf(form).has(free.name);
  const name = free.symbol.name;
  return ![...form.terms.values()].some((t) => t.factors.some((f) => mentions(f, name)));
}
