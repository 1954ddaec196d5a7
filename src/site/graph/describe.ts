import type { ModelGraph, Node } from "./model.js";
import { drawnName, plainText } from "./name.js";

/** The graph in words, for those who cannot see it: each variable, what it depends on, and where it is repeated. */
export function describeGraph(graph: ModelGraph): string {
	return graph.nodes
		.map((node, n) => {
			const parents = graph.edges
				.filter(([, to]) => to === n)
				.map(([from]) => nameOf(graph.nodes[from]));
			return sentenceOf(node, parents, graph);
		})
		.join(" ");
}

function sentenceOf(
	node: Node,
	parents: readonly string[],
	graph: ModelGraph,
): string {
	const kinds = { latent: "hidden", observed: "observed", fixed: "known" };
	const ranges = graph.plates
		.filter(({ key }) => node.plates.includes(key))
		.map(({ index, size }) => `${plainText(index)} from 1 to ${size}`);
	const repeated =
		ranges.length > 0 ? `, for each ${ranges.join(" and ")}` : "";
	const depends = parents.length > 0 ? ` depends on ${listOf(parents)}` : "";
	const role = `${nameOf(node)}, ${kinds[node.kind]}${repeated}`;
	return depends === "" ? `${role}.` : `${role},${depends}.`;
}

function nameOf(node: Node | undefined): string {
	if (node === undefined) return "";
	const { base, subscript } = drawnName(node.latex, node.indices);
	return subscript === "" ? base : `${base} ${subscript}`;
}

function listOf(names: readonly string[]): string {
	if (names.length < 2) return names.join("");
	return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
