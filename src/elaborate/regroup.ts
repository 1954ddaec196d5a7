import { entry, index, mul, one } from "../expr/build.js";
import type { Model, Statement } from "../expr/context.js";
import type { Expr } from "../expr/tree.js";
import { freshName } from "../expr/walk.js";
import { nameOf } from "./lookup.js";
import { isPlainName } from "./names.js";
import type { RawStatement } from "./statement.js";

/**
 * The model with its Normal variables grouped as the family groups them: `q(w) = \prod_d N(w_d | m_d, s_d²)` over a vector
 * w ∼ N(0, α⁻¹ I) takes w by its coordinates, and `q(w) = N(w | m, S)` over numbers w_j ∼ N(0, α_j⁻¹) as one vector.
 */
export function regrouped(
	model: Model,
	family: readonly RawStatement[],
): Model {
	return {
		statements: model.statements.map((own) => {
			const raw = family.find((f) => nameOf(f.variable) === own.variable);
			const isNormal = own.distribution === "Normal";
			if (!raw || !isNormal || raw.distribution.name !== "Normal") return own;
			const plates = raw.variable.subscripts.filter(isPlainName).length;
			if (plates === own.plates.length + 1) return byCoordinates(own) ?? own;
			return plates === own.plates.length - 1 ? asVector(own) : own;
		}),
	};
}

/** A vector of independent coordinates as so many numbers; null where the covariance does not show them to be independent. */
function byCoordinates(own: Statement): Statement | null {
	const [size, ...more] = own.shape;
	const { mean, covariance } = own.parameters;
	if (size === undefined || more.length > 0 || !mean || !covariance)
		return null;
	const name = freshName("d");
	const variance = varianceAt(covariance, index(name));
	return (
		variance && {
			...own,
			plates: [...own.plates, { index: name, size }],
			shape: [],
			parameters: { mean: entry(mean, index(name)), covariance: variance },
		}
	);
}

/** An entry on the diagonal of `c I` or `diag(v)`; null for a full matrix. */
function varianceAt(covariance: Expr, at: Expr): Expr | null {
	if (covariance.kind === "identity") return one;
	if (covariance.kind === "diagonal") return entry(covariance.of, at);
	if (covariance.kind !== "mul") return null;
	const { factors } = covariance;
	const matrices = factors.filter((f) => varianceAt(f, at) !== null);
	const [matrix] = matrices;
	if (!matrix || matrices.length > 1) return null;
	const others = factors.filter((f) => f !== matrix);
	return mul(...others, varianceAt(matrix, at) as Expr);
}

/** Independent numbers as one vector with a diagonal covariance. */
function asVector(own: Statement): Statement {
	const last = own.plates.at(-1);
	const { mean, covariance } = own.parameters;
	if (!last || own.shape.length > 0 || !mean || !covariance) return own;
	const column = (body: Expr): Expr => ({
		kind: "tabulate",
		index: last.index,
		size: last.size,
		body,
	});
	return {
		...own,
		plates: own.plates.slice(0, -1),
		shape: [last.size],
		parameters: {
			mean: column(mean),
			covariance: { kind: "diagonal", of: column(covariance) },
		},
	};
}
