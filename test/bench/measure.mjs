/** What measurements share: time that this process was computing, so that others on the machine do not count. */

export function processorMilliseconds() {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1000;
}

export function quantile(values, part) {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
}

/** The slope of log y over log x by least squares: the exponent of growth. */
export function exponent(points) {
	const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)]);
	const mean = (n) => logs.reduce((sum, p) => sum + p[n], 0) / logs.length;
	const [mx, my] = [mean(0), mean(1)];
	const along = logs.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0);
	return along / logs.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
}
