import type { Moments } from "../../algebra/moment.js";
import { matrixProduct } from "../../algebra/randomMatrix.js";
import { scale } from "../../algebra/ring.js";
import { lawOf, wishartMoment } from "../wishart/moments.js";

/** Σ = Λ⁻¹ with Λ ∼ W(Ψ⁻¹, ν): entries, inverses and determinant are those of Λ the other way round. */
export const inverseWishartMoments: Moments = {
	moment(env, instance, factors) {
		const product = matrixProduct(instance, factors);
		if (!product) return null;
		const moment = wishartMoment(env, lawOf(env, instance, true), {
			entries: product.inverses,
			inverses: product.entries,
			power: product.power?.neg() ?? null,
			logs: product.logs,
		});
		return moment && scale(moment, product.logs % 2 === 1 ? -1 : 1);
	},
};
