import type { Edit } from "./edit.js";
import { brackets, scopeOfProduct, scopeOfSum } from "./edits/brackets.js";
import {
	conditioning,
	deviation,
	exchangedDensities,
	lostCondition,
	lostLogDensity,
	lostPrior,
	precision,
} from "./edits/densities.js";
import {
	digammaOfSum,
	functionOfMean,
	logarithmOfMean,
	squareOfMean,
	squareOfParameter,
} from "./edits/expectations.js";
import {
	count,
	lostComplement,
	lostFactor,
	lostFunction,
	sign,
	surplusFactor,
	two,
} from "./edits/factors.js";
import {
	lostExponential,
	lostFactorial,
	lostGamma,
	lostLogarithm,
	lostLogFactor,
	lostPower,
	surplusFunction,
} from "./edits/functions.js";
import {
	renamedThroughout,
	subscript,
	swappedSubscripts,
} from "./edits/indices.js";
import {
	innerForOuter,
	lostMatrix,
	notSymmetric,
	surplusMatrix,
	traceForDeterminant,
} from "./edits/matrices.js";
import {
	exponent,
	inverse,
	orderOfMatrices,
	rate,
	root,
	square,
	squareOfBracket,
	transposed,
} from "./edits/scales.js";
import {
	anotherIndexOfSum,
	countForWeights,
	lostSum,
	partOfRange,
	productForSum,
	productOfSums,
	surplusSum,
	wholeRange,
} from "./edits/sums.js";
import { anotherSize, anotherSymbol, exchanged } from "./edits/symbols.js";
import { complement, lostTerm, one, surplusTerm } from "./edits/terms.js";
import {
	determinantOfMultiple,
	exponentialOfSum,
	functionOfSum,
	inverseOfSum,
	logarithmOfInverse,
	logarithmOfProduct,
	logarithmOfSum,
	productForPlus,
	squareOfSum,
	traceOfProduct,
} from "./edits/termwise.js";
import {
	anotherSymbolThroughout,
	logarithmOfMeanThroughout,
} from "./edits/throughout.js";

/** Every slip that one edit of the tree undoes. A new one is a function in edits/ and a name here. */
export const edits: readonly Edit[] = [
	precision,
	deviation,
	wholeRange,
	sign,
	two,
	count,
	squareOfMean,
	logarithmOfMean,
	logarithmOfMeanThroughout,
	squareOfParameter,
	digammaOfSum,
	functionOfMean,
	logarithmOfProduct,
	logarithmOfSum,
	logarithmOfInverse,
	exponentialOfSum,
	functionOfSum,
	inverseOfSum,
	squareOfSum,
	productOfSums,
	determinantOfMultiple,
	traceForDeterminant,
	scopeOfSum,
	scopeOfProduct,
	brackets,
	productForPlus,
	traceOfProduct,
	subscript,
	swappedSubscripts,
	renamedThroughout,
	rate,
	inverse,
	square,
	root,
	squareOfBracket,
	exponent,
	orderOfMatrices,
	transposed,
	lostMatrix,
	surplusMatrix,
	notSymmetric,
	innerForOuter,
	anotherIndexOfSum,
	partOfRange,
	surplusSum,
	lostSum,
	countForWeights,
	productForSum,
	conditioning,
	lostCondition,
	lostPrior,
	lostLogDensity,
	exchangedDensities,
	surplusTerm,
	surplusFactor,
	lostComplement,
	lostFunction,
	lostFactor,
	surplusFunction,
	lostLogarithm,
	lostLogFactor,
	lostGamma,
	lostFactorial,
	lostExponential,
	lostPower,
	anotherSymbol,
	anotherSymbolThroughout,
	exchanged,
	anotherSize,
	complement,
	one,
	lostTerm,
];

/** Of these the residual tells whether they help wherever the side is linear in the place. */
export const toldByResidual: ReadonlySet<Edit> = new Set([
	sign,
	two,
	count,
	surplusTerm,
]);

/** Of these a slip is often made at every occurrence, as in both brackets of (x + m)ᵀ(x + m). */
export const repeatable: ReadonlySet<Edit> = new Set([
	sign,
	two,
	subscript,
	swappedSubscripts,
	inverse,
	square,
	root,
	transposed,
	anotherSymbol,
]);
