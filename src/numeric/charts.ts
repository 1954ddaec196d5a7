import type { Dim } from "../expr/tree.js";
import { big, ruleOf } from "./composition.js";
import { type Lowering, minusOne, one } from "./lowering.js";
import type {
	Binder,
	Composed,
	ComposedMatrix,
	Composition,
	Scalar,
} from "./scalar.js";
import { number, plus, times } from "./scalarBuild.js";

/**
 * How vectors of weights and positive definite matrices are made of numbers that range over intervals of their own, so that
 * integrals over them become integrals over these.
 */
export interface Chart {
	readonly compose: Composition;
	/** The logarithm of the volume that a cell of these numbers stands for. */
	logVolume(plates: readonly Scalar[]): Scalar;
}

const log = (argument: Scalar): Scalar => ({
	op: "apply",
	fn: "log",
	argument,
});

function reader(binder: Binder, plates: readonly Scalar[]) {
	return (...at: readonly Scalar[]) =>
		({
			op: "value",
			name: binder.variable,
			at: [...plates, ...at],
			binders: [binder],
		}) as const;
}

/**
 * Breaking a stick: x_k = v_k Π_{j<k} (1 − v_j) with v_j in (0, 1) and v_K = 1, where dx is Π_{j<K} (1 − v_j)^{K − 1 − j} dv.
 * Connor and Mosimann, J. Amer. Statist. Assoc. 64 (1969).
 */
export function simplexChart(to: Lowering, binder: Binder, dim: Dim): Chart {
	const sum = big(to, "sum");
	const size: Scalar = { op: "size", dim };
	const logRest = (plates: readonly Scalar[], at: Scalar) =>
		log({ op: "complement", of: reader(binder, plates)(at) });
	return {
		compose: (plates): Composed => ({
			entry: (k) => ({
				op: "density",
				labels: [],
				log: plus(
					log(reader(binder, plates)(k)),
					sum(one, plus(k, minusOne), (j) => logRest(plates, j)),
				),
			}),
		}),
		logVolume: (plates) =>
			sum(one, plus(size, minusOne), (j) =>
				times(plus(size, minusOne, times(minusOne, j)), logRest(plates, j)),
			),
	};
}

/**
 * Λ = C Cᵀ with C lower triangular and positive on the diagonal, where dΛ is 2^D Π_d C_dd^{D + 1 − d} dC. Muirhead (1982),
 * theorem 2.1.9.
 */
export function posdefChart(to: Lowering, binder: Binder, dim: Dim): Chart {
	const sum = big(to, "sum");
	const size: Scalar = { op: "size", dim };
	const logDiagonal = (
		plates: readonly Scalar[],
		weight: (d: Scalar) => Scalar,
	) =>
		sum(one, size, (d) => times(weight(d), log(reader(binder, plates)(d, d))));
	return {
		compose: (plates): ComposedMatrix => {
			const root = reader(binder, plates);
			const entry = (row: Scalar, column: Scalar) =>
				sum(one, row, (j) => times(root(row, j), root(column, j)));
			const inverse = (row: Scalar, column: Scalar): Scalar => ({
				op: "inverse",
				of: ruleOf(to, dim, entry),
				row,
				column,
			});
			const logDeterminant = () => logDiagonal(plates, () => number(2));
			return {
				entry,
				inverse,
				logDeterminant,
				determinant: (exponent) => ({
					op: "density",
					labels: [],
					log: times(exponent, logDeterminant()),
				}),
				root: (row, v) => sum(one, row, (j) => times(root(row, j), v(j))),
				inverseRoot: (row, v) =>
					sum(one, row, (column) =>
						times(
							{ op: "cholesky", of: ruleOf(to, dim, inverse), row, column },
							v(column),
						),
					),
			};
		},
		logVolume: (plates) =>
			plus(
				times(size, log(number(2))),
				logDiagonal(plates, (d) => plus(size, one, times(minusOne, d))),
			),
	};
}
