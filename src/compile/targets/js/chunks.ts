import { Problem } from "../../../problem.js";
import type { Loops } from "../../kernels.js";
import { arraysUsed, whyKept } from "../../rows.js";
import type { Kernel } from "../../statement.js";

/**
 * The functions of a module whose data come in chunks: `sumChunk` forms the sums of one, wherever it is, and `solveChunks`
 * sweeps by the sums of all, which it adds up in the order of the chunks. So the result does not depend on who forms them.
 * @throws Problem if a chunk's local parameters are needed from one sweep to the next
 */
export function chunksSource(
	loops: Loops,
	key: (name: string) => string,
): string {
	const { plan, prepares, pass, statistics, gathers } = loops;
	const hasLocals = plan.locals.length > 0;
	const reason = whyKept(loops);
	if (reason !== null)
		throw new Problem(
			reason,
			null,
			"a fit without --memory: of data in chunks only sums are kept",
		);
	const gathered = new Set(gathers.flatMap((g) => g.statistics));
	const collected = statistics.filter((s) => !gathered.has(s));
	const settled = (kernel: typeof pass) =>
		new Set(
			kernel?.statements.flatMap((s) => (s.kind === "settle" ? [s.array] : [])),
		);
	const sums = (names: ReadonlySet<string>) =>
		JSON.stringify(
			collected.filter((s) => names.has(s.name)).map((s) => key(s.name)),
		);
	const locals = plan.parameters.filter((p) => p.local).map((p) => p.name);
	const readsLocals = ({ statements }: Kernel) =>
		locals.some((name) => arraysUsed(statements).has(name));
	const passes = [
		...prepares.map(
			(kernel) =>
				`\t${kernel.name}: { run: ${kernel.name}, sums: ${sums(settled(kernel))} },`,
		),
		...(pass ? [`\tpass: { run: pass, sums: ${sums(settled(pass))} },`] : []),
		...gathers.map(
			({ before, kernel, statistics: own }) =>
				`\t${before}: { run: ${key(kernel.name)}, sums: ${JSON.stringify(own.map((s) => key(s.name)))}, readsLocals: ${readsLocals(kernel)} },`,
		),
	];
	const kept = JSON.stringify(collected.map((s) => key(s.name)));
	const before = plan.globals.map((f) => JSON.stringify(`renew_${f.variable}`));
	return `/** The passes over the rows: what each runs, and the sums that it forms. All but those that prepare, and \`pass\`, are for a kernel of that name. */
const PASSES = {
${passes.join("\n")}
};
/** The sums that passes before have formed, which all others may read. */
const SUMS = ${kept};
const BEFORE_GLOBALS = [${before.join(", ")}];
${sumChunk(key(String(plan.dataAxis)))}

${solveChunks(hasLocals, pass !== null)}`;
}

function sumChunk(rows: string): string {
	return `let chunk = null;

/**
 * The sums of a chunk of rows.
 * @param task \`known\`: sizes and known parameters; \`data\` by name, as many rows in each chunk, of which the first \`rows\`
 *   count; \`values\` of the state by key; \`locals\` by name, or null; \`renewal\`: the values by which local parameters were
 *   renewed last, null if they are those given; the pass's name; whether it renews local parameters; whether these are
 *   asked for
 */
export function sumChunk({ known, data, rows, values, locals, renewal, pass: name, renew, keep }) {
	chunk ??= start({ ...known, ...data }, { ...locals }, 1);
	const specs = [...INPUTS, ...PARAMETERS];
	for (const [of, value] of Object.entries({ ...data, ...locals }))
		chunk[specs.find((spec) => spec.name === of).key].set(value.data);
	const set = (all) => Object.entries(all).forEach(([key, value]) => chunk[key].set(value));
	chunk.${rows} = rows;
	// compiled rows have the number in a frame of theirs; and what a pass may forget is kept where it is asked for
	if (chunk.frame) chunk.frame[0] = rows;
	chunk.keep = keep || PASSES[name].readsLocals === true;
	if (PASSES[name].readsLocals && renewal) {
		set(renewal);
		PASSES.pass.run(chunk, true);
	}
	set(values);
	PASSES[name].run(chunk, renew);
	const kept = PARAMETERS.filter((spec) => spec.local && keep);
	return {
		sums: Object.fromEntries(PASSES[name].sums.map((key) => [key, chunk[key].slice()])),
		locals: Object.fromEntries(kept.map((spec) => [spec.name, rowsOf(spec, chunk, rows)])),
	};
}

function rowsOf(spec, state, rows) {
	const shape = [rows, ...shapeOf(spec, state).slice(1)];
	return { shape, data: state[spec.key].slice(0, shape.reduce((a, b) => a * b, 1)) };
}`;
}

function solveChunks(hasLocals: boolean, hasPass: boolean): string {
	return `/**
 * Sweeps over data in chunks, as \`solve\` does over data in memory.
 * @param inputs sizes, known parameters, and rows of the data from which starting values are drawn
 * @param options those of \`solve\`; \`localsGiven\`: whether \`over\` has starting values for single data points
 * @param over \`over({ pass, values, renewal, renew })\` gives the sums of each chunk, in the order of the chunks
 * @returns what \`solve\` returns, without the parameters of single data points; \`renewal\` are the values by which these came
 *   about
 */
export async function solveChunks(inputs, options, over) {
	const { maxSweeps = 1000, tolerance = 1e-8, seed = 1, onSweep, resume, debug = false, localsGiven = false } = options;
	checkOptions({ maxSweeps, tolerance, seed });
	const given = startingValues(inputs, options.init);
	const state = start(inputs, resume?.parameters ?? given, seed);
	const globals = PARAMETERS.filter((p) => !p.local);
	const valuesNow = () => Object.fromEntries([...globals.map((p) => p.key), ...SUMS].map((key) => [key, state[key].slice()]));
	let renewal = localsGiven ? null : valuesNow();
	const run = async (pass, renew = false) => {
		if (!PASSES[pass]) return;
		const values = valuesNow();
		if (renew) renewal = values;
		const lost = PASSES[pass].sums.map((key) => new Float64Array(state[key].length));
		for (const key of PASSES[pass].sums) state[key].fill(0);
		for await (const sums of over({ pass, values, renewal, renew }))
			PASSES[pass].sums.forEach((key, n) => {
				sums[key].forEach((sum, at) => collect(state[key], lost[n], at, sum));
			});
		PASSES[pass].sums.forEach((key, n) => settle(state[key], lost[n]));
	};
	const bound = async () => {
		await run("elboTerms");
		return elbo(state);
	};
	const hasFallen = async (before, now) => {
		if (!(now.value < before.value - 64 * Number.EPSILON * Math.max(before.size, now.size))) return false;
		await run("elboSizes");
		return fell(before, now, state);
	};
	const renewLocals = { parameters: PARAMETERS.filter((p) => p.local).map((p) => p.name), run: () => run("pass", true) };
	const locals = ${hasLocals ? "[renewLocals]" : "[]"};
	const others = GLOBALS.map(({ parameters, run: renew }, n) => ({
		parameters,
		run: async () => {
			await run(BEFORE_GLOBALS[n]);
			renew(state);
		},
	}));
	const turns = localsGiven || beginsWithGlobals(given) ? [...others, ...locals] : [...locals, ...others];
	await run("prepareMeans");
	await run("prepare");
	if (localsGiven) await run("pass", resume !== undefined);
${hasPass && !hasLocals ? '\tawait run("pass");\n' : ""}	const known = knownValues(state);
	const history = [...(resume?.elbo ?? [])];
	const stateNow = () => ({ parameters: parametersOf(state, globals), elbo: [...history] });
	let before = locals.length === 0 || localsGiven ? await bound() : { value: history.at(-1) ?? -Infinity, size: 0 };
	let converged = false;
	while (!converged && history.length < maxSweeps) {
		const started = performance.now();
		const copies = globals.map((p) => state[p.key].slice());
		const sweep = history.length + 1;
		for (const { parameters, run: renew } of turns) {
			await renew();
			if (!debug) continue;
			const now = await bound();
			if (await hasFallen(before, now))
				throw new Error(\`the bound fell from \${before.value} to \${now.value} in sweep \${sweep}, by the update of \${parameters.join(", ")}\`);
			before = now;
		}
		const now = debug ? before : await bound();
		if (!Number.isFinite(now.value)) throw new Error(\`the bound is \${now.value} after sweep \${sweep}\`);
		if (await hasFallen(before, now)) {
			// once more, with a look at the bound after every update, which names the one
			if (!debug) return solveChunks(inputs, { ...options, onSweep: undefined, debug: true }, over);
			throw new Error(\`the bound fell from \${before.value} to \${now.value} in sweep \${sweep}\`);
		}
		const last = history.at(-1) ?? before.value;
		history.push(now.value);
		converged = now.value - last <= tolerance * Math.abs(now.value) && largestMove(globals.map((p) => state[p.key]), copies) <= tolerance;
		before = now;
		const report = { sweep, elbo: now.value, ms: performance.now() - started, state: stateNow };
		if ((await onSweep?.(report)) === false) break;
	}
	return { ...stateNow(), sweeps: history.length, converged, known, warnings: warningsFor(state), renewal };
}`;
}
