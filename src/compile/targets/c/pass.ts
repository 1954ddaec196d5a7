import { arraysUsed, inside } from "../../rows.js";
import type { Kernel, Statement } from "../../statement.js";
import { comment } from "../provenance.js";
import { LaneStatements } from "./lanes.js";
import type { CNames } from "./names.js";
import { Statements } from "./statements.js";
import { layoutOf, tablesOf, unpack } from "./tables.js";

/**
 * The pass over the data: threads take stripes of rows, lanes neighbouring rows. Each stripe has sums of its own, which
 * are added in the order of the stripes, so that no bit depends on the number of threads.
 */
export function writePass(names: CNames, kernel: Kernel): string {
	const { pass, varying, plan, loops } = names;
	if (!pass || !varying || plan.dataAxis === null)
		throw new Error("a pass without rows");
	const layout = layoutOf(kernel, names);
	const before = new Statements(layout);
	const rows = new LaneStatements(
		layout,
		pass,
		plan.dataAxis,
		varying,
		names.oneByOne,
	);
	const own = [...kernel.tables.keys()].filter((t) => varying.has(t));
	const lost = new Set(loops.statistics.map((s) => s.lost));
	const shared = [...kernel.tables.keys()].filter(
		(t) => !varying.has(t) && !lost.has(t),
	);
	const blocks = blockArrays(names, pass.rows.body);
	const room = roomFor(names, kernel, own, blocks);
	const tables = tablesOf(names, kernel, shared);
	const rowCount = names.length([plan.dataAxis]);
	const renews = kernel.flags.includes("renew");
	const load = blocks.map(({ name, width, written }) => {
		const text = `load_rows(${name}_rows, ${name}, ${width}, from, live);`;
		return written && renews && pass.forgets
			? `\t\t\t\tif (!renew) ${text}`
			: `\t\t\t\t${text}`;
	});
	const store = blocks
		.filter((b) => b.written)
		.map(
			({ name, width }) =>
				`\t\t\t\tif (renew${pass.forgets ? " && st->keep" : ""}) store_rows(${name}_rows, ${name}, ${width}, from, live);`,
		);
	const lines = [
		...tables.open,
		...before.block(pass.before, "\t"),
		`\tconst int64_t stripes = stripes_of(${rowCount});`,
		`\tconst int64_t length = ${room.sums};`,
		"\tdouble *const sums = room((stripes * 2 * length + 1) * (int64_t)sizeof(double));",
		"\tbool ok = sums != NULL;",
		"#ifdef _OPENMP",
		"#pragma omp parallel for schedule(static) num_threads(st->threads > 0 ? st->threads : omp_get_max_threads()) if (stripes > 1)",
		"#endif",
		"\tfor (int64_t stripe = 0; stripe < stripes; stripe++) {",
		`\t\tvec *const place = room((${room.total}) * (int64_t)sizeof(vec));`,
		"\t\tif (!place || !sums) {",
		"#ifdef _OPENMP",
		"#pragma omp atomic write",
		"#endif",
		"\t\t\tok = false;",
		"\t\t\tfree(place);",
		"\t\t\tcontinue;",
		"\t\t}",
		...room.names.map((line) => `\t\t${line}`),
		`\t\tconst int64_t last = stripe_start(stripe + 1, stripes, ${rowCount});`,
		`\t\tfor (int64_t segment = stripe_start(stripe, stripes, ${rowCount}); segment < last;) {`,
		"\t\t\tconst int64_t end = segment_end(segment, last);",
		"\t\t\tconst int live = end - segment < LANES ? (int)(end - segment) : LANES;",
		"\t\t\tfor (int64_t from = segment; from < end; from += LANES) {",
		...(names.oneByOne
			? [
					"\t\t\t\tconst int lane = 0;",
					`\t\t\t\tconst int64_t ${pass.rows.index.name} = from;`,
					`\t\t\t\t(void)lane, (void)${pass.rows.index.name};`,
				]
			: []),
		...load,
		...rows.block(pass.rows.body, "\t\t\t\t"),
		...store,
		"\t\t\t}",
		"\t\t\tadd_lanes(lanes, length, live, sums + stripe * 2 * length, sums + (stripe * 2 + 1) * length);",
		"\t\t\tsegment = end;",
		"\t\t}",
		"\t\tfree(place);",
		"\t}",
		"\tif (ok) add_stripes(sums, stripes, length, st->kept + " +
			room.offset +
			");",
		"\tfree(sums);",
		...tables.close,
		"\treturn ok;",
	];
	const parameters = renews
		? "struct state *st, bool renew"
		: "struct state *st";
	return [
		`/* ${comment(kernel.doc)} */`,
		`static bool pass(${parameters}) {`,
		...unpack(names, lines),
		...lines,
		"}",
	].join("\n");
}

interface BlockArray {
	readonly name: string;
	readonly width: string;
	readonly written: boolean;
}

/** The arrays along the data that the rows read or write at their own row. */
function blockArrays(
	names: CNames,
	body: readonly Statement[],
): readonly BlockArray[] {
	const written = writtenBy(body);
	const used = arraysUsed(body);
	return [...names.plan.inputs, ...names.plan.parameters]
		.filter((v) => v.dims[0] === names.plan.dataAxis)
		.filter((v) => used.has(v.name))
		.map((v) => ({
			name: names.of(v.name),
			width: names.length(v.dims.slice(1)),
			written: written.has(v.name),
		}));
}

function writtenBy(body: readonly Statement[]): Set<string> {
	return new Set(
		body.flatMap((s) => [
			...(s.kind === "store" ? [s.array] : []),
			...writtenBy(inside(s)),
		]),
	);
}

/** Memory of a stripe: lanes of sums, tables made for each row, blocks of rows. */
function roomFor(
	names: CNames,
	kernel: Kernel,
	own: readonly string[],
	blocks: readonly BlockArray[],
) {
	const { statistics } = names.loops;
	const lengthOf = (s: (typeof statistics)[number]) =>
		names.length(s.over.map((o) => o.size));
	const collected = statistics.filter((s) => kernel.tables.has(s.lost));
	const earlier = statistics.filter((s) => !kernel.tables.has(s.lost));
	const sums = collected.map(lengthOf).join(" + ") || "0";
	const pieces = [
		...collected.map((s) => ({
			name: `${names.of(s.name)}_lanes`,
			length: lengthOf(s),
		})),
		...own.map((t) => ({
			name: names.layout.name(t),
			length: names.length(kernel.tables.get(t) ?? []),
		})),
		...blocks.map((b) => ({ name: `${b.name}_rows`, length: b.width })),
	];
	const place = (n: number) =>
		pieces
			.slice(0, n)
			.map((p) => ` + ${p.length}`)
			.join("");
	return {
		sums,
		offset: earlier.map(lengthOf).join(" + ") || "0",
		total: pieces.map((p) => p.length).join(" + ") || "1",
		names: [
			"vec *const lanes = place;",
			...pieces.map((p, n) => `vec *const ${p.name} = place${place(n)};`),
		],
	};
}
