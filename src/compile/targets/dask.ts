import { Problem } from "../../problem.js";
import { type Loops, makeLoops } from "../kernels.js";
import { arraysUsed, whyKept } from "../rows.js";
import { splitPlan } from "../split.js";
import type { Kernel } from "../statement.js";
import { daskSource } from "./dask/solve.js";
import { watchSource } from "./numpy/solve.js";
import { NumpyModule } from "./numpy.js";

/**
 * The loops as a Python module for data that outgrow one machine: what is done for rows is mapped over chunks, their sums
 * are added up by a tree, and all else sees these sums alone. Needs NumPy and dask; where a scheduler of dask.distributed
 * is in charge it runs there, and what a worker that dies had is computed anew.
 * @throws Problem if the updates need more of the data than sums over its points
 */
export function writeDask(loops: Loops): string {
	const split = makeLoops(splitPlan(loops.plan));
	const reason = whyKept(split);
	if (reason !== null)
		throw new Problem(
			reason,
			null,
			"another target: of data in chunks only sums are kept",
		);
	return new DaskModule(split).write();
}

class DaskModule extends NumpyModule {
	protected override get imports(): string {
		return "import math\nimport sys\nfrom types import SimpleNamespace\n\nimport cloudpickle\nimport dask\nimport dask.array\nimport numpy as np";
	}

	protected override get usage(): readonly string[] {
		return [
			"solve(data, known) takes dask arrays by the sheet's names, whose chunks are the chunks, and a dictionary with",
			"known parameters and sizes:",
		];
	}

	protected override driver(): readonly string[] {
		return [daskSource(this.loops), watchSource(this.loops)];
	}

	protected override turns(): string {
		const { plan, statistics, gathers, prepares, pass, globals } = this.loops;
		const locals = plan.parameters.filter((p) => p.local).map((p) => p.name);
		const gathered = new Set(gathers.flatMap((g) => g.statistics));
		const collected = statistics.filter((s) => !gathered.has(s));
		const key = (name: string) => JSON.stringify(this.identifiers.of(name));
		const settled = (kernel: Kernel) =>
			kernel.statements.flatMap((s) => (s.kind === "settle" ? [s.array] : []));
		const entry = (name: string, kernel: Kernel) => {
			const flag = kernel.flags.length > 0 ? ", renew" : "";
			const run = `lambda state, renew: ${this.nameOf(kernel)}(state${flag})`;
			const sums = settled(kernel).map(key).join(", ");
			const used = arraysUsed(kernel.statements);
			const reads = kernel !== pass && locals.some((local) => used.has(local));
			return `\t"${name}": (${run}, [${sums}], ${reads ? "True" : "False"}),`;
		};
		const before = globals.map(({ kernel }) =>
			JSON.stringify(this.nameOf(kernel)),
		);
		const reader = (name: string) =>
			[...globals.map((g) => g.kernel), this.loops.elbo, this.loops.elboSize]
				.filter((kernel) => kernel.name === name)
				.map((kernel) => this.nameOf(kernel))[0] ?? name;
		return [
			"PASSES = {",
			...prepares.map((kernel) => entry(this.nameOf(kernel), kernel)),
			...(pass ? [entry("pass", pass)] : []),
			...gathers.map((g) => entry(reader(g.before), g.kernel)),
			"}",
			`SUMS = [${collected.map((s) => key(s.name)).join(", ")}]`,
			`BEFORE_GLOBALS = [${before.join(", ")}]`,
			`GLOBALS = [${globals.map(({ kernel }) => this.nameOf(kernel)).join(", ")}]`,
		].join("\n");
	}
}
