import { defineConfig } from "vitest/config";

/** Command line and playground are tested as they ship, built; only their tests, and those of the engines that break sheets, wait for the build. */
export default defineConfig({
	test: {
		// Time is no verdict of a test: this ends what hangs, and a busy machine may take long.
		testTimeout: 180_000,
		projects: [
			{
				extends: true,
				test: {
					name: "parts",
					include: ["test/**/*.test.ts"],
					exclude: [
						"test/cli/**",
						"test/browser/play*.test.ts",
						"test/mutation/slice.test.ts",
						"test/repairs/**",
					],
				},
			},
			{
				extends: true,
				test: {
					name: "cli",
					include: [
						"test/cli/**/*.test.ts",
						"test/browser/play*.test.ts",
						"test/mutation/slice.test.ts",
						"test/repairs/*.test.ts",
					],
					globalSetup: ["test/cli/build.ts"],
				},
			},
		],
	},
});
