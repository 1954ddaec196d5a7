/**
 * `npm run bench:site`: the time from 100 sheets of 40 steps to a site, again with nothing changed, and with one sheet
 * changed. `--sheets N` takes another number of sheets. The program runs as it ships, in a process of its own.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(
	new URL("../../dist/cli/main.js", import.meta.url),
);
const count = Number(process.argv[process.argv.indexOf("--sheets") + 1]) || 100;

/** Prints the processor time of the whole process, all threads, when it ends. */
const watch = `data:text/javascript,
import { isMainThread } from "node:worker_threads";
if (isMainThread) process.on("exit", () => {
	const { user, system } = process.cpuUsage();
	console.error((user + system) / 1e6);
});`;

const head = String.raw`
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
`;

const tail = String.raw`
::: updates
$$ s^2 = \Big(\frac{1}{\sigma^2} + \frac{N}{\lambda^2}\Big)^{-1}, \qquad
m = s^2 \Big(\frac{1}{\sigma^2} a + \frac{1}{\lambda^2} \sum_{i=1}^N x_i\Big) $$
:::
`;

/** Rows of one chain each: moments, the bound and its gradients, the posterior, and algebra. `c` makes sheets differ. */
const chains = (c, lost) => [
	[
		String.raw`\mathbb E_q\left[${c} \lVert \mu - a \rVert^2\right] &= ${c} \mathbb E_q[\mu^\top \mu] - ${2 * c} a^\top \mathbb E_q[\mu] + ${c} a^\top a`,
		String.raw`&= ${c} m^\top m + ${c} ${lost ? "" : "D"} s^2 - ${2 * c} a^\top m + ${c} a^\top a`,
		String.raw`&= ${c} \lVert m - a \rVert^2 + ${c} ${lost ? "" : "D"} s^2`,
	],
	[
		String.raw`\log q^*(\mu) &= \log p(\mu) + \sum_{i=1}^N \log p(x_i \mid \mu) + \text{const}`,
		String.raw`&= -\frac{1}{2\sigma^2} \lVert \mu - a \rVert^2 - \frac{1}{2\lambda^2} \sum_{i=1}^N \lVert x_i - \mu \rVert^2 + \text{const}`,
		String.raw`&= -\frac12 \left(\frac{1}{\sigma^2} + \frac{N}{\lambda^2}\right) \mu^\top \mu + \mu^\top \left(\frac{1}{\sigma^2} a + \frac{1}{\lambda^2} \sum_{i=1}^N x_i\right) + \text{const}`,
	],
	[
		String.raw`\mathcal L &= \mathbb E_q[\log p(\mu)] + \sum_{i=1}^N \mathbb E_q[\log p(x_i \mid \mu)] - \mathbb E_q[\log q(\mu)]`,
		String.raw`&= -\frac D2 \log(2\pi\sigma^2) - \frac{1}{2\sigma^2} \left(\lVert m - a \rVert^2 + D s^2\right) - \frac{ND}{2} \log(2\pi\lambda^2) - \frac{1}{2\lambda^2} \sum_{i=1}^N \left(\lVert x_i - m \rVert^2 + D s^2\right) + \frac D2 \left(1 + \log(2\pi s^2)\right)`,
	],
	[
		String.raw`\frac{\partial \mathcal L}{\partial m} &= -\frac{1}{\sigma^2} (m - a) - \frac{1}{\lambda^2} \sum_{i=1}^N (m - x_i)`,
		"&= 0",
		String.raw`\implies m &= \frac{\lambda^2 a + \sigma^2 \sum_{i=1}^N x_i}{\lambda^2 + N\sigma^2}`,
	],
	[
		String.raw`\frac{\partial \mathcal L}{\partial s^2} &= -\frac{D}{2\sigma^2} - \frac{ND}{2\lambda^2} + \frac{D}{2 s^2}`,
		"&= 0",
		String.raw`\implies s^2 &= \frac{\sigma^2\lambda^2}{\lambda^2 + N\sigma^2}`,
	],
	[
		String.raw`\frac{N}{\lambda^2} (\sigma + ${c})^2 &= \frac{N}{\lambda^2} \left(\sigma^2 + ${2 * c} \sigma + ${c * c}\right)`,
		String.raw`&= \frac{N \sigma^2 + ${2 * c} N \sigma + ${c * c} N}{\lambda^2}`,
	],
	[
		String.raw`\sum_{i=1}^N \lVert x_i - m \rVert^2 &= \sum_{i=1}^N \left(x_i^\top x_i - 2 m^\top x_i + m^\top m\right)`,
		String.raw`&= \sum_{i=1}^N x_i^\top x_i - 2 m^\top \sum_{i=1}^N x_i + N m^\top m`,
	],
];

/** A sheet with 40 steps, given ones and updates included; every fifth has slips. */
function sheet(number, title) {
	const parts = [];
	let steps = 2;
	for (let c = 2 + (number % 7); steps < 40; c++)
		for (const rows of chains(c, number % 5 === 0 && c % 3 === 0)) {
			const taken = rows.slice(0, 40 - steps);
			steps += taken.length;
			if (taken.length > 0)
				parts.push(
					`$$\n\\begin{aligned}\n${taken.join(" \\\\\n")}\n\\end{aligned}\n$$\n`,
				);
		}
	return `# ${title} ${number}\n${head}\n${parts.join("\nThe next chain.\n\n")}\n${tail}`;
}

const folder = mkdtempSync(join(tmpdir(), "tightbound-bench-"));
try {
	const write = (n, title) =>
		writeFileSync(join(folder, `sheet-${n}.md`), sheet(n, title));
	for (let n = 0; n < count; n++) write(n, "Sheet");
	console.log("| run | seconds | of processor |\n| --- | ---: | ---: |");
	run(`${count} sheets, nothing kept`);
	run("again, nothing changed");
	write(0, "A changed sheet");
	run("again, one sheet changed");
} finally {
	rmSync(folder, { recursive: true, force: true });
}

function run(name) {
	const start = performance.now();
	const args = ["site", folder, "--out", join(folder, "site")];
	const cache = ["--cache", join(folder, "cache")];
	const done = spawnSync(
		process.execPath,
		["--import", watch, program, ...args, ...cache],
		{ encoding: "utf8" },
	);
	const seconds = (performance.now() - start) / 1000;
	if (done.status !== 0) throw new Error(done.stderr);
	const processor = Number(done.stderr.trim().split("\n").at(-1));
	console.log(`| ${name} | ${seconds.toFixed(1)} | ${processor.toFixed(1)} |`);
}
