import type { FromRunner, Run, Standing, ToRunner } from "../program.js";

/** What a compiled module exports, as far as it is used. */
interface Solver {
	solve(
		inputs: unknown,
		options: unknown,
	): Promise<{
		readonly parameters: Standing["parameters"];
		readonly elbo: readonly number[];
		readonly converged: boolean;
	}>;
}

interface Scope {
	onmessage: ((event: { data: ToRunner }) => void) | null;
	postMessage(message: FromRunner): void;
	importScripts(url: string): void;
	tightboundSolver?: Solver;
}

const scope = globalThis as unknown as Scope;

scope.onmessage = ({ data }) => {
	if (data.kind === "load") load(data.module);
	else void run(data);
};

/** Runs a compiled module as a classic script: from `file://` no worker may import one. Its code is left as it is. */
function load(module: string): void {
	const body = module.replace(/^export /gm, "");
	const script = `tightboundSolver = (() => {\n${body}\nreturn { solve };\n})();`;
	const url = URL.createObjectURL(
		new Blob([script], { type: "text/javascript" }),
	);
	scope.importScripts(url);
	URL.revokeObjectURL(url);
}

async function run({
	id,
	inputs,
	init,
	resume,
	seed,
	maxSweeps,
}: Run): Promise<void> {
	try {
		if (!scope.tightboundSolver) throw new Error("no algorithm is loaded");
		let terms: () => Standing["terms"] = () => [];
		const onSweep = (report: { terms: () => Standing["terms"] }) => {
			terms = report.terms;
		};
		const options = {
			seed,
			maxSweeps,
			onSweep,
			...(init && { init }),
			...(resume && { resume }),
		};
		const { parameters, elbo, converged } = await scope.tightboundSolver.solve(
			inputs,
			options,
		);
		const standing = { parameters, elbo, terms: terms(), converged };
		scope.postMessage({ kind: "stands", id, standing });
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		scope.postMessage({ kind: "failed", id, message });
	}
}
