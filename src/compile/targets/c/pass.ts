import type { BlockPass } from "../../blocks/blocks.js";
import { arraysUsed, inside } from "../../rows.js";
import type { Kernel, Statement } from "../../statement.js";
import { comment } from "../provenance.js";
import { LaneStatements, strideName } from "./lanes.js";
import type { CNames } from "./names.js";
import { Statements } from "./statements.js";
import { layoutOf, tablesOf, unpack } from "./tables.js";

/**
 * The pass over the data: threads take stripes of rows, lanes neighbouring rows. Each stripe has sums of its own, which
 * are added in the order of the stripes, so that no bit depends on the number of threads.
 */
export function writePass(names: CNames, kernel: Kernel): string {
	const { pass, plan, loops } = names;
	if (!pass || plan.dataAxis === null) throw new Error("a pass without rows");
	const kernels = layoutOf(kernel, names);
	const layout = {
		...kernels,
		dims: (array: string) => pass.tables.get(array) ?? kernels.dims(array),
	};
	const before = new Statements(kernels);
	const rows = new LaneStatements(layout, pass, plan.dataAxis);
	const lost = new Set(loops.statistics.map((s) => s.lost));
	const shared = [...kernel.tables.keys()].filter(
		(t) => !pass.tables.has(t) && !lost.has(t),
	);
	const blocks = blockArrays(names, pass.body);
	const room = roomFor(names, kernel, pass, blocks);
	const tables = tablesOf(names, kernel, shared);
	const rowCount = names.length([plan.dataAxis]);
	const renews = kernel.flags.includes("renew");
	const load = blocks.map(({ name, width, written }) => {
		const text = `load_rows(${name}_rows, ${strideName(`${name}_rows`)}, ${name}, ${width}, from, points, live);`;
		return written && renews && pass.forgets
			? `\t\t\t\tif (!renew) ${text}`
			: `\t\t\t\t${text}`;
	});
	const store = blocks
		.filter((b) => b.written)
		.map(
			({ name, width }) =>
				`\t\t\t\tif (renew${pass.forgets ? " && st->keep" : ""}) store_rows(${name}_rows, ${strideName(`${name}_rows`)}, ${name}, ${width}, from, points, live);`,
		);
	const lines = [
		...tables.open,
		...before.block(pass.before, "\t"),
		`\tconst int64_t length = ${room.sums};`,
		`\tconst int64_t stripes = stripes_of(${rowCount}, length);`,
		...room.strides.map((line) => `\t${line}`),
		`\tconst int64_t each = ${room.total};`,
		"\tconst int threads = threads_of(st->threads, stripes);",
		"\tif (!st->room) st->room = room(threads * each * (int64_t)sizeof(vec) + stripes * 2 * length * (int64_t)sizeof(double));",
		...(tables.open.length > 0
			? [
					"\tif (!st->room) {",
					...tables.close.map((l) => `\t${l}`),
					"\t\treturn false;",
					"\t}",
				]
			: ["\tif (!st->room) return false;"]),
		"\tdouble *const sums = (double *)(st->room + threads * each);",
		"#ifdef _OPENMP",
		"#pragma omp parallel num_threads(threads) if (threads > 1)",
		"#endif",
		"\t{",
		"\tvec *const place = st->room + thread_number() * each;",
		...room.names.map((line) => `\t${line}`),
		"\t(void)scale;",
		"#ifdef _OPENMP",
		"#pragma omp for schedule(dynamic)",
		"#endif",
		"\tfor (int64_t stripe = 0; stripe < stripes; stripe++) {",
		"\t\tdouble *const own = sums + stripe * 2 * length;",
		"\t\tclear(own, 2 * length);",
		`\t\tconst int64_t last = stripe_start(stripe + 1, stripes, ${rowCount});`,
		`\t\tfor (int64_t segment = stripe_start(stripe, stripes, ${rowCount}); segment < last;) {`,
		"\t\t\tconst int64_t end = segment_end(segment, last);",
		"\t\t\tconst int live = end - segment < LANES ? (int)(end - segment) : LANES;",
		"\t\t\tfor (int64_t from = segment; from < end; from += block * LANES) {",
		"\t\t\t\tconst int64_t left = (end - from + LANES - 1) / LANES;",
		"\t\t\t\tconst int64_t points = left < block ? left : block;",
		...load,
		...rows.block(pass.body, "\t\t\t\t"),
		...store,
		"\t\t\t}",
		"\t\t\tadd_lanes(lanes, length, live, own, own + length);",
		"\t\t\tsegment = end;",
		"\t\t}",
		"\t}",
		"\t}",
		`\tadd_stripes(sums, stripes, length, st->kept + ${room.offset});`,
		...tables.close,
		"\treturn true;",
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

/** Memory of a stripe: lanes of sums, and of a block its rows and its own tables. */
function roomFor(
	names: CNames,
	kernel: Kernel,
	pass: BlockPass,
	blocks: readonly BlockArray[],
) {
	const { statistics } = names.loops;
	const lengthOf = (s: (typeof statistics)[number]) =>
		names.length(s.over.map((o) => o.size));
	const collected = statistics.filter((s) => kernel.tables.has(s.lost));
	const earlier = statistics.filter((s) => !kernel.tables.has(s.lost));
	const sums = collected.map(lengthOf).join(" + ") || "0";
	const arrays = [
		...[...pass.tables].map(([table, dims]) => ({
			name: names.layout.name(table),
			width: names.length(dims.slice(1)),
		})),
		...blocks.map((b) => ({ name: `${b.name}_rows`, width: b.width })),
	];
	const strides = arrays.map(({ name }) => strideName(name));
	const pointwise = [...strides, "2"];
	const pieces = [
		...collected.map((s) => ({
			name: `${names.of(s.name)}_lanes`,
			length: lengthOf(s),
		})),
		...arrays.map(({ name }) => ({
			name,
			length: `block * ${strideName(name)}`,
		})),
		{ name: "scale", length: "2 * block" },
	];
	const place = (n: number) =>
		pieces
			.slice(0, n)
			.map((p) => ` + ${p.length}`)
			.join("");
	return {
		sums,
		strides: [
			...arrays.map(
				({ name, width }) =>
					`const int64_t ${strideName(name)} = ${width === "1" ? "1" : `odd(${width})`};`,
			),
			`const int64_t block = block_of(${pointwise.join(" + ")});`,
		],
		offset: earlier.map(lengthOf).join(" + ") || "0",
		total: pieces.map((p) => p.length).join(" + ") || "1",
		names: [
			"vec *const lanes = place;",
			...pieces.map((p, n) => `vec *const ${p.name} = place${place(n)};`),
		],
	};
}
