/** Where the time of some work goes: samples by the stage whose files stand on their stacks. */
import { Session } from "node:inspector/promises";

/** Searches first: a repair calls all of the others. */
const stages = [
	["repair", /dist\/check\/repair\//],
	[
		"confirm",
		/dist\/check\/confirm|dist\/numeric\/(extended|doubleDouble|decimals)|node_modules\/decimal/,
	],
	["symbolic", /dist\/algebra\/|dist\/check\/symbolic/],
	["witness", /dist\/numeric\//],
	["elaborate", /dist\/elaborate\//],
	["read", /dist\/(latex|plain|sheet)\//],
];

export async function profiled(work) {
	const session = new Session();
	session.connect();
	await session.post("Profiler.enable");
	await session.post("Profiler.start");
	const result = await work();
	const { profile } = await session.post("Profiler.stop");
	session.disconnect();
	return { result, shares: shares(profile) };
}

function shares({ nodes, samples, timeDeltas }) {
	const parents = new Map();
	const byId = new Map(nodes.map((node) => [node.id, node]));
	for (const node of nodes)
		for (const child of node.children ?? []) parents.set(child, node);
	const urls = (id) => {
		const found = [];
		for (let node = byId.get(id); node; node = parents.get(node.id))
			found.push(node.callFrame.url);
		return found;
	};
	const stageOf = new Map(
		nodes.map(({ id }) => {
			const stack = urls(id);
			const stage = stages.find(([, at]) => stack.some((url) => at.test(url)));
			return [id, stage?.[0] ?? "rest"];
		}),
	);
	const total = new Map();
	for (const [n, id] of samples.entries()) {
		const stage = stageOf.get(id);
		total.set(stage, (total.get(stage) ?? 0) + timeDeltas[n] / 1000);
	}
	return [...total].sort((a, b) => b[1] - a[1]);
}
