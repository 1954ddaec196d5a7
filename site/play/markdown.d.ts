/** Sheets come as texts; the bundler puts them in. */
declare module "*.md" {
	const text: string;
	export default text;
}
