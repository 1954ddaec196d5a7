import { all, type BigNumber, create, type FactoryFunctionMap } from "mathjs";
import { describe, expect, it } from "vitest";
import { helpers } from "../../../src/compile/targets/js/runtime/index.js";
import {
	type Code,
	call,
	type Encoded,
	FunctionBody,
	f64x2,
	fuseSource,
	moduleBytes,
} from "../../../src/compile/targets/wasm/encoder.js";
import {
	expBelow,
	expFunction,
	expLocals,
	logFunction,
	logLocals,
	logOverPower,
	raisedBy,
} from "../../../src/compile/targets/wasm/functions.js";

const { bignumber: big } = create(all as FactoryFunctionMap, { precision: 60 });

/** The types of TypeScript's library do not have WebAssembly without those of a browser. */
const instantiate = new Function(
	"bytes",
	`const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 });
	const module = new WebAssembly.Module(bytes);
	const { rows } = new WebAssembly.Instance(module, { env: { memory } }).exports;
	return { numbers: new Float64Array(memory.buffer), rows };`,
) as (bytes: Uint8Array) => {
	readonly numbers: Float64Array;
	rows(at: number): void;
};

const canFuse = new Function(
	`${helpers.find((h) => h.name === "canFuse")?.source}; return canFuse();`,
)() as boolean;
const fuse = new Function(`${fuseSource}; return fuse;`)() as (
	bytes: Uint8Array,
	fusible: Encoded["fusible"],
) => void;

/** The bytes, with products and sums in one instruction if wanted. */
function bytesOf({ bytes, fusible }: Encoded, fused: boolean): Uint8Array {
	if (fused) fuse(bytes, fusible);
	return bytes;
}

/** A function of the module, as a function of one of two lanes. */
function laneFunction(index: number, fused: boolean) {
	const body = new FunctionBody([["at", "i32"]], null);
	const at = body.get("at");
	const code = f64x2.store(at, call(index, f64x2.load(at)));
	const functions = [expFunction(), logFunction(), { body, code }];
	const { numbers, rows } = instantiate(
		bytesOf(moduleBytes([], functions), fused),
	);
	return (x: number, lane: number): number => {
		numbers.fill(1, 0, 2);
		numbers[lane] = x;
		rows(0);
		return numbers[lane] as number;
	};
}

/** Code over locals that stands in other functions, as a function of its own, in the first lane. */
function inFirstLane(
	fused: boolean,
	locals: readonly string[],
	write: (body: FunctionBody, x: Code) => Code,
): (x: number) => number {
	const body = new FunctionBody([["at", "i32"]], null);
	for (const name of locals) body.declare(name, "v128");
	const at = body.get("at");
	const code = f64x2.store(at, write(body, f64x2.load(at)));
	const { numbers, rows } = instantiate(
		bytesOf(moduleBytes([], [{ body, code }]), fused),
	);
	return (x) => {
		numbers[0] = x;
		rows(0);
		return numbers[0] as number;
	};
}

/** How many units in the last place a double is away from an exact value. */
function unitsApart(actual: number, exact: BigNumber): number {
	const size = Math.abs(exact.toNumber());
	const exponent = Math.max(Math.floor(Math.log2(size)), -1022);
	return exact
		.minus(actual)
		.abs()
		.div(2 ** (exponent - 52))
		.toNumber();
}

const kinds = canFuse ? [false, true] : [false];

it.skipIf(!canFuse)(
	"multiply and add in one instruction, rounding once at most (skipped without relaxed SIMD)",
	() => {
		const body = new FunctionBody([["at", "i32"]], null);
		const at = body.get("at");
		const code = f64x2.store(
			at,
			f64x2.fused(f64x2.load(at), f64x2.load(at, 16), f64x2.load(at, 32)),
		);
		const [apart, once] = [false, true].map((fused) => {
			const module = moduleBytes([], [{ body, code }]);
			const { numbers, rows } = instantiate(bytesOf(module, fused));
			// (1 + u)(1 − u) − 1 is −u², which rounding the product to 1 loses
			numbers.set([1 + 2 ** -30, 3, 1 - 2 ** -30, 5, -1, 7]);
			rows(0);
			return [numbers[0], numbers[1]];
		});
		expect(apart).toEqual([0, 22]);
		expect([0, -(2 ** -60)]).toContain(once?.[0]);
		expect(once?.[1]).toBe(22);
	},
);

describe.each(kinds)(
	"vectorised functions in WebAssembly, fused: %s",
	(fused) => {
		const [exp, log] = [
			laneFunction(0, fused),
			laneFunction(1, fused),
		] as const;

		it("have an exponential within 2 units in the last place", () => {
			// multiples of 1/64 have decimals that are the very doubles
			for (let n = -23_840; n <= 22_700; n += 23)
				expect(
					unitsApart(exp(n / 64, n & 1), big(n).div(64).exp()),
				).toBeLessThan(2);
			expect([0, -Infinity, Infinity, 710, -746].map((x) => exp(x, 0))).toEqual(
				[1, 0, Infinity, Infinity, 0],
			);
			expect(exp(Number.NaN, 1)).toBeNaN();
		});

		it("have the same for numbers that are not positive, raised by a power of 2", () => {
			const below = inFirstLane(fused, expLocals, expBelow);
			for (let n = 0; n >= -47_700; n -= 29) {
				const exact = big(n).div(64).exp().times(big(2).pow(raisedBy));
				expect(unitsApart(below(n / 64), exact)).toBeLessThan(2);
			}
			expect(below(0)).toBe(2 ** raisedBy);
			// scaled down again by a sum of at least 2^54, nothing is left of it
			expect([-746, -Infinity].map((x) => below(x) * 2 ** -raisedBy)).toEqual([
				0, 0,
			]);
			expect(below(Number.NaN)).toBeNaN();
		});

		it("have a logarithm of sums that are raised so", () => {
			const log = inFirstLane(fused, logLocals, (body, x) => [
				body.set("x", x),
				logOverPower(body, raisedBy),
			]);
			for (let n = 0; n < 2_000; n++) {
				const total = 1 + n / 64 + n ** 3;
				const raised = total * 2 ** raisedBy;
				if (n > 0)
					expect(unitsApart(log(raised), big(total).ln())).toBeLessThan(2);
			}
			expect(log(2 ** raisedBy)).toBe(0);
			expect([Number.NaN, Infinity].map(log)).toEqual([Number.NaN, Number.NaN]);
		});

		it("have a logarithm within 2 units in the last place", () => {
			for (let n = 0; n < 2_000; n++) {
				const m = 1 + ((n * 37) % 64) / 64;
				const power = n - 1_010;
				if (power > 1023 || (m === 1 && power === 0)) continue;
				const exact = big(m).times(big(2).pow(power)).ln();
				expect(unitsApart(log(m * 2 ** power, n & 1), exact)).toBeLessThan(2);
			}
			expect(log(2 ** -1074, 0)).toBeCloseTo(-1074 * Math.LN2, 12);
			expect([1, 0, Infinity].map((x) => log(x, 1))).toEqual([
				0,
				-Infinity,
				Infinity,
			]);
			expect([log(-1, 0), log(Number.NaN, 0)]).toEqual([
				Number.NaN,
				Number.NaN,
			]);
		});
	},
);
