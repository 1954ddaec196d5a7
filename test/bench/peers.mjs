/** The steps that SymPy can read, decided here and simplified there. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { decide } from "../../dist/check/decide.js";
import { asked } from "../peers/scalars.mjs";
import { processorMilliseconds } from "./measure.mjs";

const most = 100;
const patience = 40_000;
const script = fileURLToPath(
	new URL("../peers/sympy_steps.py", import.meta.url),
);

/** Times of both, the second null where there is no SymPy. */
export async function scalarTimes(steps) {
	const scalars = steps
		.flatMap(({ claim, verdict, place }) => asked(claim, verdict, place))
		.slice(0, most);
	const ours = [];
	for (const { claim, id } of [...scalars, ...scalars]) {
		const start = processorMilliseconds();
		await decide(claim, `${id}:${ours.length}`);
		ours.push(processorMilliseconds() - start);
	}
	return { ours: ours.slice(scalars.length), theirs: sympy(scalars) };
}

function sympy(scalars) {
	const input = scalars
		.map(({ id, left, right, types }) =>
			JSON.stringify({ id, left, right, types }),
		)
		.join("\n");
	const { stdout } = spawnSync("python3", [script], {
		input,
		timeout: patience,
	});
	const lines = String(stdout ?? "")
		.split("\n")
		.filter((line) => line.endsWith("}"));
	return lines.length > 0 ? lines.map((line) => JSON.parse(line).ms) : null;
}
