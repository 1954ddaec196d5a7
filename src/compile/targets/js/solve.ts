import type { Loops } from "../../kernels.js";
import { factorises, rowPass } from "../../rows.js";
import { startsAlike } from "../../starts.js";

/** The exported function `solve` and what it alone needs. */
export function solveSource(loops: Loops, usesThreads: boolean): string {
	const { plan } = loops;
	const forgets = rowPass(loops)?.forgets ?? false;
	const takes = factorises(loops)
		? "takeTurn(turn, state, sweep);"
		: "turn.run(state);";
	const unverified = plan.solvable.updates
		.filter((u) => !u.certified)
		.map((u) => u.target.name);
	return `/**
 * Sweeps over the updates until the bound stays and no parameter moves, or \`onSweep\` returns false.
 * @param {Inputs} inputs
 * @param {Options} [options]
 * @returns {Promise<Result>}
 * @throws InputError for what is missing or cannot be, Error if the bound falls
 */
export async function solve(inputs, options = {}) {
	const { maxSweeps = 1000, tolerance = 1e-8, seed = 1, onSweep, resume, debug = false${usesThreads ? ", threads = processors()" : ""} } = options;
	checkOptions({ maxSweeps, tolerance, seed${usesThreads ? ", threads" : ""} });
	const given = startingValues(inputs, options.init);
	const turns = beginsWithGlobals(given) ? [...GLOBALS, ...LOCALS] : [...LOCALS, ...GLOBALS];
${usesThreads ? solveOnThreads : "\tconst state = start(inputs, resume?.parameters ?? given, seed);\n"}${loops.pass ? `\tpass(state${forgets ? ", state.renewsFirst" : loops.fused ? ", false" : ""});\n` : ""}	const watched = watchedParameters(state);
	const history = [...(resume?.elbo ?? [])];
	const terms = () => elboTerms(state).map((value, n) => ({ name: TERMS[n], value }));
${forgets ? "\tstate.complete = writeDown;\n" : ""}	const stateNow = () => {
${forgets ? "\t\twriteDown(state);\n" : ""}		return { parameters: parametersOf(state, PARAMETERS), elbo: [...history] };
	};
	let before = elbo(state);
	let converged = false;
	while (!converged && history.length < maxSweeps) {
		const started = performance.now();
		const copies = watched.map((array) => array.slice());
${forgets ? "\t\tstate.before = { watched, copies, isOver: turns[0] === GLOBALS[0] };\n\t\tstate.keep = debug;\n" : ""}		const sweep = history.length + 1;
		if (debug) sweepWatched(state, turns, before, sweep);
		else ${factorises(loops) ? "for (const turn of turns) takeTurn(turn, state, sweep)" : "for (const { run } of turns) run(state)"};
		const now = elbo(state);
		if (!Number.isFinite(now.value)) throw new Error(\`the bound is \${now.value} after sweep \${sweep}\`);
		if (fell(before, now, state)) {
			if (!debug) return solve(inputs, { ...options, onSweep: undefined, debug: true });
			throw new Error(\`the bound fell from \${before.value} to \${now.value} in sweep \${sweep}\`);
		}
		history.push(now.value);
		const gain = now.value - before.value;
		converged = gain <= tolerance * Math.abs(now.value) && largestMove(watched, copies) <= tolerance;
		before = now;
		const report = { sweep, elbo: now.value, ms: performance.now() - started, terms, state: stateNow };
		if ((await onSweep?.(report)) === false) break;
	}
	return {
		...stateNow(),
		sweeps: history.length,
		converged,
		known: knownValues(state),
		warnings: warningsFor(state),
	};
}

/** Starting values by name: those of \`init\`, and those that stand among the inputs. */
function startingValues(inputs, init = {}) {
	for (const name of Object.keys(init))
		if (!PARAMETERS.some((p) => p.name === name)) throw new InputError(\`\${name} in init is not a variational parameter\`);
	return Object.fromEntries(PARAMETERS.map(({ name }) => [name, init[name] ?? inputs[name]]));
}

/** Whether the global parameters are renewed first: when the sweeps start from the local ones. */
function beginsWithGlobals(given) {
	const isGiven = ({ name }) => given[name] !== undefined;
	const globals = PARAMETERS.filter((p) => !p.local);
	if (PARAMETERS.some((p) => p.local && isGiven(p))) return !globals.every(isGiven);
	return ${startsAlike(plan) && plan.parameters.some((p) => p.local)} && !globals.some(isGiven);
}

${forgets ? writeDownSource : ""}/** The parameters by which convergence is judged: the global ones, which determine the local ones. */
function watchedParameters(state) {
	const globals = PARAMETERS.filter((p) => !p.local);
	return (globals.length > 0 ? globals : PARAMETERS).map((p) => state[p.key]);
}

/** One sweep with a look at the bound after each update, and at where it would be greatest. */
function sweepWatched(state, turns, before, sweep) {
	for (const turn of turns) {
		${takes}
		const now = elbo(state);
		if (fell(before, now, state))
			throw new Error(\`the bound fell from \${before.value} to \${now.value} in sweep \${sweep}, by the update of \${turn.parameters.join(", ")}\`);
		checkOptima(state, turn, sweep);
		before = now;
	}
}

/** Sizes and known parameters that hold for other data too. */
function knownValues(state) {
	const axis = ${JSON.stringify(plan.dataAxis)};
	const sizes = SIZES.filter((name) => name !== axis).map((name) => [name, state[name]]);
	const inputs = INPUTS.filter((spec) => !spec.observed && !spec.dims.includes(axis)).map((spec) => {
		const value = state[spec.key];
		return [spec.name, spec.dims.length === 0 ? value : { shape: shapeOf(spec, state), data: value.slice() }];
	});
	return Object.fromEntries([...sizes, ...inputs]);
}

function warningsFor(state) {
	const warnings = ${JSON.stringify(unverifiedWarning(unverified))};
${plan.labelSizes.map((name) => labelWarning(name, plan.dataAxis)).join("")}	return warnings;
}`;
}

const solveOnThreads = `	const state = start(inputs, resume?.parameters ?? given, seed, threads);
	try {
		return await sweepUntilDone(state, turns, inputs, options);
	} finally {
		dismissCrew(state);
	}
}

async function sweepUntilDone(state, turns, inputs, options) {
	const { maxSweeps = 1000, tolerance = 1e-8, onSweep, resume, debug = false } = options;
`;

/** The function that has a pass write down the parameters of single data points, where sweeps do not. */
const writeDownSource = `/** Writes down the parameters of single data points, from those that the last pass had before it. */
function writeDown(state) {
	if (state.keep || !state.before) return;
	const { watched, copies, isOver } = state.before;
	const swap = () => {
		if (isOver) return;
		watched.forEach((array, n) => {
			const now = array.slice();
			array.set(copies[n]);
			copies[n].set(now);
		});
	};
	swap();
	state.keep = true;
	pass(state, true);
	swap();
}

`;

function unverifiedWarning(names: readonly string[]): string[] {
	if (names.length === 0) return [];
	return [
		`UNVERIFIED: no certificate for the update of ${names.join(", ")}; the result may be wrong`,
	];
}

function labelWarning(name: string, axis: string | number | null): string {
	if (axis === null) return "";
	const [count, rows] = [name, axis].map((dim) =>
		typeof dim === "number" ? String(dim) : `state[${JSON.stringify(dim)}]`,
	);
	const text = `\`${name} is \${${count}}, more than \${${rows} === 1 ? "the one data point" : \`the \${${rows}} data points\`}\``;
	return `\tif (${count} > ${rows}) warnings.push(${text});\n`;
}

/** The exported function `predict`. */
export function predictSource(loops: Loops): string {
	const rounds = loops.fused && loops.plan.locals.length === 1 ? 1 : 1000;
	return `/**
 * The local parameters of new data, with the global ones as they were found.
 * @param {Partial<Inputs>} inputs new data; known parameters and sizes are those of the result unless given
 * @param {Result} result what \`solve\` returned
 * @returns {Promise<{ parameters: Record<string, Tensor> }>}
 */
export async function predict(inputs, result) {
	const given = {};
	for (const { name, local } of PARAMETERS) {
		if (local) continue;
		if (result?.parameters?.[name] === undefined) throw new InputError(\`the result has no parameter \${name}\`);
		given[name] = result.parameters[name];
	}
	const state = start({ ...result.known, ...inputs }, given, 1);
${rowPass(loops)?.forgets ? "\tstate.keep = true;\n" : ""}	const locals = PARAMETERS.filter((p) => p.local);
	const arrays = locals.map((p) => state[p.key]);
	for (let round = 0; round < ${rounds}; round++) {
		const copies = arrays.map((array) => array.slice());
		for (const { run } of LOCALS) run(state);
		if (largestMove(arrays, copies) <= 1e-12) break;
	}
	return { parameters: parametersOf(state, locals) };
}`;
}
