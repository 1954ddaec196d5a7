import { defineConfig } from "vitest/config";

/** The command line is tested as it ships, compiled; only its own tests, and those of the engines that break sheets, wait for the compiler. */
export default defineConfig({
	test: {
		testTimeout: 30_000,
		projects: [
			{
				extends: true,
				test: {
					name: "parts",
					include: ["test/**/*.test.ts"],
					exclude: [
						"test/cli/**",
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
						"test/mutation/slice.test.ts",
						"test/repairs/*.test.ts",
					],
					globalSetup: ["test/cli/build.ts"],
				},
			},
		],
	},
});
