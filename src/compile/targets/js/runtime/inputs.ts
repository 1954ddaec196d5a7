import type { Helper } from "../../helpers.js";

/** Reading what a caller hands in: shapes, sizes and values are checked here, so that the loops need not. */
export const inputs: readonly Helper[] = [
	{
		name: "InputError",
		source: `/** A mistake in what was handed in, in plain words. */
class InputError extends Error {
	name = "InputError";
}`,
	},
	{
		name: "readTensor",
		source: `/** A number, nested arrays, a typed array or { shape, data } as { shape, data }. */
function readTensor(name, value) {
	if (typeof value === "number") return { shape: [], data: Float64Array.of(value) };
	if (value instanceof Float64Array) return { shape: [value.length], data: value };
	if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return { shape: [value.length], data: Float64Array.from(value) };
	if (Array.isArray(value)) return readNested(name, value);
	if (!Array.isArray(value?.shape) || typeof value.data?.length !== "number")
		throw new InputError(\`\${name} must be a number, nested arrays or { shape, data }\`);
	const length = value.shape.reduce((a, b) => a * b, 1);
	if (value.data.length !== length)
		throw new InputError(\`\${name} has the shape [\${value.shape.join(", ")}], that is \${length} numbers, but \${value.data.length} were given\`);
	const data = value.data instanceof Float64Array ? value.data : Float64Array.from(value.data);
	return { shape: [...value.shape], data };
}`,
	},
	{
		name: "readNested",
		source: `function readNested(name, rows) {
	const shape = [];
	for (let level = rows; Array.isArray(level) || ArrayBuffer.isView(level); level = level[0]) shape.push(level.length);
	const data = new Float64Array(shape.reduce((a, b) => a * b, 1));
	let next = 0;
	const fill = (value, axis, path) => {
		if (axis === shape.length) {
			if (typeof value !== "number") throw new InputError(\`\${path} must be a number\`);
			data[next++] = value;
		} else {
			if (value?.length !== shape[axis])
				throw new InputError(\`\${path} must have \${shape[axis]} entries, as its neighbours have\`);
			for (let n = 0; n < shape[axis]; n++) fill(value[n], axis + 1, \`\${path}[\${n + 1}]\`);
		}
	};
	fill(rows, 0, name);
	return { shape, data };
}`,
	},
	{
		name: "readSize",
		source: `function readSize(name, value) {
	if (!Number.isInteger(value) || value < 1)
		throw new InputError(\`\${name} must be a whole number of at least 1, but is \${value}\`);
	return value;
}`,
	},
	{
		name: "bindSizes",
		source: `/** Takes the sizes that are not known yet from a shape, and holds the others against it. */
function bindSizes(spec, shape, sizes) {
	const wanted = \`[\${spec.dims.join(", ")}]\`;
	if (shape.length !== spec.dims.length)
		throw new InputError(
			\`\${spec.name} must \${spec.dims.length === 0 ? "be a number" : "have the shape " + wanted}, but \${shape.length === 0 ? "is a number" : \`has the shape [\${shape.join(", ")}]\`}\`,
		);
	spec.dims.forEach((dim, axis) => {
		if (shape[axis] < 1) throw new InputError(\`\${spec.name} is empty: its shape is [\${shape.join(", ")}]\`);
		const expected = typeof dim === "number" ? dim : sizes.get(dim);
		if (expected === undefined) sizes.set(dim, shape[axis]);
		else if (expected !== shape[axis])
			throw new InputError(\`\${spec.name} must have the shape \${wanted}, but has [\${shape.join(", ")}], and \${dim} is \${expected}\`);
	});
}`,
	},
	{
		name: "checkValues",
		source: `/** Refuses numbers that the declared type does not have; places count from 1. */
function checkValues(spec, { shape, data }, sizes) {
	const rule = spec.support ? { words: spec.support.words, test: () => true } : rules(spec, sizes);
	for (let n = 0; n < data.length; n++)
		if (!Number.isFinite(data[n]) || !rule.test(data[n]))
			throw new InputError(\`\${spec.name}\${place(shape, n)} must be \${rule.words}, but is \${data[n]}\`);
	if (spec.support || !["simplex", "onehot"].includes(spec.type)) return;
	const width = shape.at(-1);
	for (let row = 0; row < data.length; row += width) {
		let total = 0;
		for (let n = row; n < row + width; n++) total += data[n];
		if (Math.abs(total - 1) > 1e-6)
			throw new InputError(\`\${spec.name}\${place(shape.slice(0, -1), row / width)} must add up to 1, but adds up to \${total}\`);
	}
}`,
	},
	{
		name: "checkSupport",
		source: `/** Refuses observations that their law gives the probability 0. Its limits may differ from one data point to the next. */
function checkSupport(spec, { shape, data }, valuesOf) {
	const { words, whole, lower, upper, total } = spec.support;
	const limit = (at) => {
		const known = typeof at === "string" ? valuesOf(at) : at;
		return typeof known === "number" ? () => known : (n) => known[Math.floor((n * known.length) / data.length)];
	};
	const [low, high] = [lower, upper].map((end) => (end ? limit(end.at) : null));
	const named = (n) =>
		[lower, upper, { at: total }].flatMap((end) =>
			typeof end?.at === "string" ? [\` and \${end.at} is \${limit(end.at)(n)}\`] : [],
		).join("");
	for (let n = 0; n < data.length; n++) {
		const value = data[n];
		const isLow = low !== null && (lower.open ? value <= low(n) : value < low(n));
		const isHigh = high !== null && (upper.open ? value >= high(n) : value > high(n));
		if (isLow || isHigh || (whole && !Number.isInteger(value)))
			throw new InputError(\`\${spec.name}\${place(shape, n)} must be \${words}, but is \${value}\${named(n)}\`);
	}
	if (total === null) return;
	const width = shape.at(-1) ?? 1;
	for (let at = 0; at < data.length; at += width) {
		const sum = data.subarray(at, at + width).reduce((a, b) => a + b, 0);
		const wanted = limit(total)(at);
		if (Math.abs(sum - wanted) > 1e-6 * wanted)
			throw new InputError(\`\${spec.name}\${place(shape.slice(0, -1), at / width)} must add up to \${wanted}, but adds up to \${sum}\`);
	}
}`,
	},
	{
		name: "rules",
		source: `function rules(spec, sizes) {
	switch (spec.type) {
		case "positive":
			return { words: "positive", test: (v) => v > 0 };
		case "nonnegative":
			return { words: "at least 0", test: (v) => v >= 0 };
		case "probability":
		case "simplex":
			return { words: "between 0 and 1", test: (v) => v >= 0 && v <= 1 };
		case "integer":
			return { words: "a whole number", test: Number.isInteger };
		case "count":
			return { words: "a whole number of at least 0", test: (v) => Number.isInteger(v) && v >= 0 };
		case "onehot":
			return { words: "0 or 1", test: (v) => v === 0 || v === 1 };
		case "label": {
			const labels = typeof spec.labels === "number" ? spec.labels : sizes.get(spec.labels);
			return { words: \`a label from 1 to \${labels}\`, test: (v) => Number.isInteger(v) && v >= 1 && v <= labels };
		}
		default:
			return { words: "a finite number", test: () => true };
	}
}`,
	},
	{
		name: "place",
		source: `function place(shape, n) {
	const at = [];
	for (let axis = shape.length - 1; axis >= 0; axis--) {
		at.unshift((n % shape[axis]) + 1);
		n = Math.floor(n / shape[axis]);
	}
	return at.length === 0 ? "" : \`[\${at.join(", ")}]\`;
}`,
	},
	{
		name: "readState",
		source: `/** The state that inputs and given values describe: sizes, inputs, and for the parameters what was given. */
function readState(inputs, given) {
	const sizes = new Map();
	for (const name of SIZES) if (inputs[name] !== undefined) sizes.set(name, readSize(name, inputs[name]));
	const read = (spec, value) => {
		const tensor = readTensor(spec.name, value);
		bindSizes(spec, tensor.shape, sizes);
		return tensor;
	};
	const tensors = new Map();
	for (const spec of INPUTS) {
		if (inputs[spec.name] === undefined) throw new InputError(\`\${spec.name} is missing: give it among the inputs\`);
		tensors.set(spec, read(spec, inputs[spec.name]));
	}
	for (const spec of PARAMETERS) if (given[spec.name] !== undefined) tensors.set(spec, read(spec, given[spec.name]));
	for (const name of SIZES)
		if (!sizes.has(name)) throw new InputError(\`\${name} is not known: give it as a number among the inputs\`);
	const state = Object.fromEntries(SIZES.map((name) => [name, sizes.get(name)]));
	const valuesOf = (name) => sizes.get(name) ?? tensors.get(INPUTS.find((spec) => spec.name === name))?.data;
	for (const [spec, tensor] of tensors) {
		checkValues(spec, tensor, sizes);
		if (spec.support) checkSupport(spec, tensor, valuesOf);
		state[spec.key] = INPUTS.includes(spec) ? (spec.dims.length === 0 ? tensor.data[0] : tensor.data) : tensor.data.slice();
	}
	return state;
}`,
	},
	{
		name: "shapeOf",
		source: `function shapeOf(spec, state) {
	return spec.dims.map((dim) => (typeof dim === "number" ? dim : state[dim]));
}`,
	},
];
