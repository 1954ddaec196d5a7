/** The sheet that the playground opens with: short, with one slip in its last row. */
export const starter = String.raw`---
title: A Gaussian mean
---

Each point is Normal around an unknown mean $\mu$, whose prior is Normal too.

::: model
$$
\begin{aligned}
\mu &\sim \mathcal N(a, \sigma^2 I) \\
x_i \mid \mu &\sim \mathcal N(\mu, \lambda^2 I), & i &= 1,\dots,N, & x_i &\in \mathbb R^D
\end{aligned}
$$
:::

::: family
$$ q(\mu) = \mathcal N(\mu \mid m, s^2 I) $$
:::

One row has a slip. Mend it, or let it be mended.

::: derivation
$$
\begin{aligned}
\mathbb E_q\left[\lVert \mu - a \rVert^2\right] &= \mathbb E_q[\mu^\top \mu] - 2 a^\top \mathbb E_q[\mu] + a^\top a \\
&= m^\top m + s^2 - 2 a^\top m + a^\top a
\end{aligned}
$$
:::

::: updates
$$
s^2 = \Big(\frac{1}{\sigma^2} + \frac{N}{\lambda^2}\Big)^{-1}, \qquad
m = s^2 \Big(\frac{1}{\sigma^2} a + \frac{1}{\lambda^2} \sum_{i=1}^N x_i\Big)
$$
:::
`;
