import chromium from "@sparticuz/chromium";
import { chromium as playwright } from "playwright-core";

/** Defaults of the package that switch protections off; with them a test of safety would prove nothing. */
const unwanted = ["--disable-web-security", "--single-process"];
const wanted = [
	"--no-sandbox",
	"--headless",
	"--disable-gpu",
	"--disable-quic",
	"--no-first-run",
	"--disable-background-networking",
];

/** Starts the browser that comes with the development dependencies. */
export async function launch() {
	const args = chromium.args.filter((flag) => !unwanted.includes(flag));
	return playwright.launch({
		executablePath: await chromium.executablePath(),
		args: [...args, ...wanted],
		headless: true,
	});
}
