/** A slip: what was written for `left`, of which kind it is, and what is right, worked out by hand. */
export interface Slip {
	readonly left: string;
	readonly relation?: string;
	readonly wrong: string;
	/** Null where the relation is wrong and not the side. */
	readonly right: string | null;
	/** Null where no single edit repairs it. */
	readonly kind: string | null;
}

/** Model, family and symbols that every slip is read against. */
export const preamble = `---
title: Slips
symbols:
  a: real[N]
  b: real[N]
  r: positive[N]
  g: real[N,N]
  w: real[D]
  A: posdef[D,D]
  B: real[D,D]
  u: real
  v: real
  t: positive
---
::: model
$$
\\begin{aligned}
\\mu_k &\\sim \\mathcal N(0, \\sigma^2 I), & k &= 1,\\dots,K \\\\
c_i &\\sim \\mathrm{Cat}(1/K,\\dots,1/K), & i &= 1,\\dots,N \\\\
x_i \\mid c_i, \\mu &\\sim \\mathcal N(\\mu_{c_i}, \\lambda^2 I), & x_i &\\in \\mathbb R^D
\\end{aligned}
$$
:::

::: family
$$ q(\\mu, c) = \\prod_{k=1}^K \\mathcal N(\\mu_k \\mid m_k, s_k^2 I) \\prod_{i=1}^N \\mathrm{Cat}(c_i \\mid \\phi_i) $$
:::
`;

const tex = String.raw;

export const slips: readonly Slip[] = [
	{
		left: tex`(u - v)^2`,
		wrong: tex`u^2 + 2 u v + v^2`,
		right: tex`u^2 - 2 u v + v^2`,
		kind: "sign",
	},
	{
		left: tex`u^2 - 2 u v + v^2 - t`,
		wrong: tex`(u + v)^2 - t`,
		right: tex`(u - v)^2 - t`,
		kind: "sign",
	},
	{
		left: tex`(u + v)^2`,
		wrong: tex`u^2 + u v + v^2`,
		right: tex`u^2 + 2 u v + v^2`,
		kind: "factor 2",
	},
	{
		left: tex`\sum_{i=1}^N (a_i + u)`,
		wrong: tex`\sum_{i=1}^N a_i + u`,
		right: tex`\sum_{i=1}^N a_i + N u`,
		kind: "factor N",
	},
	{
		left: tex`\mathbb E_q[\mu_k^\top \mu_k]`,
		wrong: tex`m_k^\top m_k + s_k^2`,
		right: tex`m_k^\top m_k + D s_k^2`,
		kind: "the variance term is counted once; E[μᵀμ] = mᵀm + D s²",
	},
	{
		left: tex`\mathbb E_q[\mu_k^\top \mu_k]`,
		wrong: tex`m_k^\top m_k`,
		right: tex`m_k^\top m_k + D s_k^2`,
		kind: "E[x²] for E[x]²",
	},
	{
		left: tex`\mathbb E_q[\mu_k^\top \mu_k]`,
		wrong: tex`m_k^\top m_k + D s_k`,
		right: tex`m_k^\top m_k + D s_k^2`,
		kind: "s for s² (a square or a root)",
	},
	{
		left: tex`\sum_{i=1}^N (a_i - u)^2`,
		wrong: tex`\sum_{i=1}^N a_i^2 - 2 u \sum_{i=1}^N a_i + N u^2 + u`,
		right: tex`\sum_{i=1}^N a_i^2 - 2 u \sum_{i=1}^N a_i + N u^2`,
		kind: "term too many",
	},
	{
		left: tex`\sum_{i=1}^N a_i \sum_{j=1}^N b_j`,
		wrong: tex`\sum_{i=1}^N \sum_{j=1}^N a_i b_i`,
		right: tex`\sum_{i=1}^N \sum_{j=1}^N a_i b_j`,
		kind: "index",
	},
	{
		left: tex`\sum_{j=1}^N g_{ij} (a_j + u)`,
		wrong: tex`\sum_{j=1}^N g_{ji} a_j + u \sum_{j=1}^N g_{ij}`,
		right: tex`\sum_{j=1}^N g_{ij} a_j + u \sum_{j=1}^N g_{ij}`,
		kind: "index (subscripts swapped)",
	},
	{
		left: tex`a_i^2 + \sum_{j \ne i} a_j^2`,
		wrong: tex`\sum_{j=1}^{N-1} a_j^2`,
		right: tex`\sum_{j=1}^N a_j^2`,
		kind: "sum bound",
	},
	{
		left: tex`\sum_{j=1}^N a_j^2 - a_i^2 + u`,
		wrong: tex`\sum_{j=1}^N a_j^2 + u`,
		right: tex`\sum_{j \ne i} a_j^2 + u`,
		kind: "sum bound",
	},
	{
		left: tex`\sum_{i=1}^N a_i (b_i + u)`,
		wrong: tex`a_i b_i + u \sum_{i=1}^N a_i`,
		right: tex`\sum_{i=1}^N a_i b_i + u \sum_{i=1}^N a_i`,
		kind: "missing sum",
	},
	{
		left: tex`\sum_{i=1}^N r_i (a_i + u)`,
		wrong: tex`\sum_{i=1}^N a_i + u \sum_{i=1}^N r_i`,
		right: tex`\sum_{i=1}^N r_i a_i + u \sum_{i=1}^N r_i`,
		kind: "missing factor",
	},
	{
		left: tex`\left(\frac{1}{t} + \frac{1}{\sigma^2}\right)^{-1}`,
		wrong: tex`\frac{t + \sigma^2}{t \sigma^2}`,
		right: tex`\frac{t \sigma^2}{t + \sigma^2}`,
		kind: "precision for variance (inverse)",
	},
	{
		left: tex`\frac{u^2}{\sigma^2} + \frac{v^2}{\lambda^2}`,
		wrong: tex`\frac{u^2}{\lambda^2} + \frac{v^2}{\sigma^2}`,
		right: tex`\frac{u^2}{\sigma^2} + \frac{v^2}{\lambda^2}`,
		kind: "two symbols swapped",
	},
	{
		left: tex`\mathbb E_q[(x_i - \mu_k)^\top x_i]`,
		wrong: tex`x_i^\top x_i - x_i^\top x_i`,
		right: tex`x_i^\top x_i - m_k^\top x_i`,
		kind: "wrong symbol",
	},
	{
		left: tex`\mathbb E_q[\mu_k^\top \mu_k + u]`,
		wrong: tex`\mathbb E_q[\mu_k]^\top \mathbb E_q[\mu_k] + u`,
		right: tex`\mathbb E_q[\mu_k^\top \mu_k] + u`,
		kind: "E[x²] for E[x]²",
	},
	{
		left: tex`\mathbb E_q[\log q(c_i)]`,
		wrong: tex`\sum_{k=1}^K \phi_{ik}`,
		right: tex`\sum_{k=1}^K \phi_{ik} \log \phi_{ik}`,
		kind: "missing logarithm",
	},
	{
		left: tex`\frac{\partial}{\partial \phi_{ik}} \sum_{l=1}^K \phi_{il} \log \phi_{il}`,
		wrong: tex`\log \phi_{ik}`,
		right: tex`\log \phi_{ik} + 1`,
		kind: "missing +1 of d(φ log φ)",
	},
	{
		left: tex`\log \mathcal N(x_i \mid m_k, \lambda^2 I)`,
		wrong: tex`-\frac{1}{2\lambda^2} (x_i - m_k)^\top (x_i - m_k)`,
		right: tex`-\frac D2 \log(2\pi\lambda^2) - \frac{1}{2\lambda^2} (x_i - m_k)^\top (x_i - m_k)`,
		kind: "lost normaliser",
	},
	{
		left: tex`\log \mathcal N(x_i \mid m_k, \lambda^2 I)`,
		wrong: tex`-\frac 12 \log(2\pi\lambda^2) - \frac{1}{2\lambda^2} (x_i - m_k)^\top (x_i - m_k)`,
		right: tex`-\frac D2 \log(2\pi\lambda^2) - \frac{1}{2\lambda^2} (x_i - m_k)^\top (x_i - m_k)`,
		kind: "factor D",
	},
	{
		left: tex`\mathcal N(u \mid v, t)`,
		wrong: tex`\exp\left(-\frac{(u - v)^2}{2 t}\right)`,
		right: tex`(2\pi t)^{-1/2} \exp\left(-\frac{(u - v)^2}{2 t}\right)`,
		kind: "lost normaliser",
	},
	{
		left: tex`-\frac{1}{2\lambda^2} (x_i - m_k)^\top (x_i - m_k) - \frac D2 \log(2\pi\lambda^2)`,
		wrong: tex`\log \mathcal N(x_i \mid m_k, \lambda^{-2} I)`,
		right: tex`\log \mathcal N(x_i \mid m_k, \lambda^2 I)`,
		kind: "precision for variance",
	},
	{
		left: tex`-\frac{1}{2\lambda^2} (x_i - m_k)^\top (x_i - m_k) - \frac D2 \log(2\pi\lambda^2)`,
		wrong: tex`\log \mathcal N(x_i \mid m_k, \lambda I)`,
		right: tex`\log \mathcal N(x_i \mid m_k, \lambda^2 I)`,
		kind: "s for s² (a square or a root)",
	},
	{
		left: tex`w^\top B w + u`,
		wrong: tex`\operatorname{tr}(B w w^\top B) + u`,
		right: tex`\operatorname{tr}(B w w^\top) + u`,
		kind: "factor too many",
	},
	{
		left: tex`(A B)^\top w`,
		wrong: tex`A^\top B^\top w`,
		right: tex`B^\top A^\top w`,
		kind: "order of matrices",
	},
	{
		left: tex`\frac{\partial}{\partial m_k} \left(m_k^\top m_k - 2 w^\top m_k\right)`,
		wrong: tex`m_k - 2 w`,
		right: tex`2 m_k - 2 w`,
		kind: "factor 2",
	},
	{
		left: tex`\sum_{i=1}^N r_i (x_i - m_k)`,
		wrong: tex`\sum_{i=1}^N r_i x_i - N m_k`,
		right: tex`\sum_{i=1}^N r_i x_i - m_k \sum_{i=1}^N r_i`,
		kind: "count for a sum of weights",
	},
	{
		left: tex`(A + B) w`,
		wrong: tex`A w - B w`,
		right: tex`A w + B w`,
		kind: "sign",
	},
	{
		left: tex`\prod_{i=1}^N \sum_{k=1}^K 1`,
		wrong: tex`N^K`,
		right: tex`K^N`,
		kind: "wrong size",
	},
	{
		left: tex`\log \mathbb E_q[\exp(\mu_k^\top w)]`,
		relation: tex`\le`,
		wrong: tex`\mathbb E_q[\mu_k^\top w]`,
		right: null,
		kind: "Jensen's inequality reversed",
	},
	{
		left: tex`u^2 + v^2 + t`,
		relation: tex`\le`,
		wrong: tex`u^2 + v^2`,
		right: null,
		kind: "inequality reversed",
	},
	{
		left: tex`\log q(c_i)`,
		relation: "=",
		wrong: tex`\log \phi_{i c_i} - u`,
		right: tex`\log \phi_{i c_i}`,
		kind: "term too many",
	},
	{
		left: tex`\log q(\mu_k)`,
		wrong: tex`-\frac{1}{2 s_k^2} \mu_k^\top \mu_k + \frac{1}{s_k^2} \mu_k^\top m_k`,
		right: null,
		kind: "write + const",
	},
	{
		left: tex`q(\mu_k)`,
		wrong: tex`\exp\left(-\frac{1}{2 s_k^2} \mu_k^\top \mu_k + \frac{1}{s_k^2} \mu_k^\top m_k\right)`,
		right: null,
		kind: "write ∝",
	},
	{
		left: tex`q(\mu_k)`,
		relation: tex`\propto`,
		wrong: tex`\exp\left(-\frac{1}{2 s_k^2} \mu_k^\top \mu_k - \frac{1}{s_k^2} \mu_k^\top m_k\right)`,
		right: tex`\exp\left(-\frac{1}{2 s_k^2} \mu_k^\top \mu_k + \frac{1}{s_k^2} \mu_k^\top m_k\right)`,
		kind: "sign",
	},
];
