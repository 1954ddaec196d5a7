import { type Html, html, join } from "../html.js";
import { describeGraph } from "./describe.js";
import { type Geometry, layOutGraph, type Point, radius } from "./geometry.js";
import type { ModelGraph, Node } from "./model.js";
import { drawnName, plainText } from "./name.js";

/**
 * A model as a plate diagram: circles for random variables, shaded where they are observed, dots for known parameters,
 * and a frame around what is repeated. `id` begins the names of its title and description.
 */
export function drawGraph(graph: ModelGraph, id: string): Html {
	const named = html`role="img" aria-labelledby="${id}-title ${id}-text"`;
	const words = html`<title id="${id}-title">The model as a graph</title>
<desc id="${id}-text">${describeGraph(graph)}</desc>
`;
	return drawing(graph, named, words);
}

/** The same for the eye alone, where the statements of the model stand beside it. */
export function sketchGraph(graph: ModelGraph): Html {
	return drawing(graph, html`aria-hidden="true"`, html``);
}

function drawing(graph: ModelGraph, named: Html, words: Html): Html {
	const geometry = layOutGraph(graph);
	const { width, height } = rounded(geometry);
	return html`<svg class="graph" ${named} viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">
${words}${framesMarkup(geometry)}${arrowsMarkup(geometry)}${rangesMarkup(graph, geometry)}${nodesMarkup(graph, geometry)}</svg>`;
}

function rounded({ width, height }: Geometry) {
	return { width: Math.ceil(width), height: Math.ceil(height) };
}

/** The outermost first, so that the others lie upon it. */
function framesMarkup({ plates }: Geometry): Html {
	const order = plates.toSorted((a, b) => b.depth - a.depth);
	return join(
		order.map(
			({ x, y, width, height }) =>
				html`<rect class="plate" x="${fixed(x)}" y="${fixed(y)}" width="${fixed(width)}" height="${fixed(height)}" rx="7"/>
`,
		),
	);
}

/** What the plates repeat, each in its lower right corner. */
function rangesMarkup(graph: ModelGraph, { plates }: Geometry): Html {
	return join(
		plates.map(({ x, y, width, height }, p) => {
			const size = plainText(graph.plates[p]?.size ?? "");
			const index = plainText(graph.plates[p]?.index ?? "");
			const range =
				index === ""
					? letter(size)
					: html`${letter(index)} = 1 … ${letter(size)}`;
			return html`<text class="range" x="${fixed(x + width - 8)}" y="${fixed(y + height - 7)}" text-anchor="end">${range}</text>
`;
		}),
	);
}

function letter(name: string): Html {
	if (/^\d+$/.test(name)) return html`${name}`;
	return html`<tspan class="letter">${name}</tspan>`;
}

function arrowsMarkup({ arrows }: Geometry): Html {
	return join(
		arrows.map(({ from, to }) => {
			const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
			const [ux, uy] = [(to.x - from.x) / length, (to.y - from.y) / length];
			const neck = { x: to.x - 8 * ux, y: to.y - 8 * uy };
			const wing = (side: number): Point => ({
				x: neck.x - 1.5 * ux + side * 3.6 * uy,
				y: neck.y - 1.5 * uy - side * 3.6 * ux,
			});
			const head = [to, wing(1), neck, wing(-1)].map(
				({ x, y }) => `${fixed(x)} ${fixed(y)}`,
			);
			return html`<path class="edge" d="M${fixed(from.x)} ${fixed(from.y)}L${fixed(neck.x)} ${fixed(neck.y)}"/><path class="head" d="M${head.join("L")}z"/>
`;
		}),
	);
}

function nodesMarkup(graph: ModelGraph, geometry: Geometry): Html {
	return join(
		graph.nodes.map((node, n) => {
			const at = geometry.centres[n] ?? { x: 0, y: 0 };
			return node.kind === "fixed"
				? dotMarkup(node, at, awayFrom(graph, geometry, n))
				: html`<circle class="node ${node.kind}" cx="${fixed(at.x)}" cy="${fixed(at.y)}" r="${radius}"/>${nameMarkup(node, { x: at.x, y: at.y + 6 }, "middle")}
`;
		}),
	);
}

/** The name stands on the side to which no arrow goes. */
function dotMarkup(node: Node, at: Point, away: Point): Html {
	// In a plate there is more room above than at the sides.
	const beside =
		node.plates.length === 0 && Math.abs(away.x) >= Math.abs(away.y);
	const anchor = !beside ? "middle" : away.x < 0 ? "end" : "start";
	const offset = beside
		? { x: Math.sign(away.x) * 10, y: 6 }
		: { x: 0, y: away.y < 0 ? -11 : 21 };
	const place = { x: at.x + offset.x, y: at.y + offset.y };
	return html`<circle class="dot" cx="${fixed(at.x)}" cy="${fixed(at.y)}" r="4"/>${nameMarkup(node, place, anchor)}
`;
}

/** The direction away from where the arrows of a node go, on the whole. */
function awayFrom(graph: ModelGraph, { centres }: Geometry, n: number): Point {
	const own = centres[n] ?? { x: 0, y: 0 };
	const sum = { x: 0, y: 0 };
	for (const [from, to] of graph.edges) {
		const other = centres[to];
		if (from !== n || other === undefined) continue;
		sum.x -= other.x - own.x;
		sum.y -= other.y - own.y;
	}
	return sum.x === 0 && sum.y === 0 ? { x: 0, y: -1 } : sum;
}

/** Longer names are set smaller, so that they stay in their circle. */
const longestName = 5;

function nameMarkup(node: Node, at: Point, anchor: string): Html {
	const name = drawnName(node.latex, node.indices);
	const isLong = name.base.length + name.subscript.length > longestName;
	const style = `${name.isItalic ? "letter" : "upright"}${name.isBold ? " bold" : ""}${isLong ? " long" : ""}`;
	const below =
		name.subscript !== "" &&
		html`<tspan class="letter" dy="4.5" font-size="${isLong ? 11 : 13}">${name.subscript}</tspan>`;
	return html`<text class="name ${style}" x="${fixed(at.x)}" y="${fixed(at.y)}" text-anchor="${anchor}">${name.base}${below}</text>`;
}

/** A coordinate to a tenth of a pixel. */
function fixed(value: number): string {
	return String(Math.round(value * 10) / 10);
}
