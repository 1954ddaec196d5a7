import {
	createServer,
	type IncomingMessage,
	type Server,
	type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { Problem } from "../problem.js";
import { differences, type Served } from "./memory.js";

/** Only programs of this machine reach it. */
const host = "127.0.0.1";
/** Where pages hear of changes. */
const eventsAddress = "live";
/** Milliseconds between signs of life, by which both sides notice that the other is gone. */
const pulse = 20_000;

/** Serves a site from memory, and tells the pages that are open what has changed. */
export class SiteServer {
	readonly #server: Server;
	readonly #listeners = new Set<ServerResponse>();
	readonly #pulse: NodeJS.Timeout;
	#files: ReadonlyMap<string, Served> = new Map();

	private constructor() {
		this.#server = createServer((request, response) =>
			this.#answer(request, response),
		);
		this.#pulse = setInterval(() => this.#send(": still here\n\n"), pulse);
	}

	/**
	 * Begins to listen. Port 0 is any that is free.
	 * @throws Problem if the port cannot be had
	 */
	static async start(port: number): Promise<SiteServer> {
		const site = new SiteServer();
		await new Promise<void>((resolve, reject) => {
			site.#server.once("error", (error: NodeJS.ErrnoException) => {
				clearInterval(site.#pulse);
				reject(asProblem(error, port));
			});
			site.#server.listen(port, host, resolve);
		});
		return site;
	}

	get address(): string {
		return `http://${host}:${this.#port}/`;
	}

	/** Shows these files from now on, and tells the pages which of them changed. */
	show(files: ReadonlyMap<string, Served>): void {
		const changed = differences(this.#files, files);
		this.#files = files;
		if (changed.length > 0) this.#tell("changed", changed);
	}

	/** Tells the pages what is being done. */
	say(text: string): void {
		this.#tell("doing", text);
	}

	/** Ends all connections. */
	async stop(): Promise<void> {
		clearInterval(this.#pulse);
		for (const listener of this.#listeners) listener.end();
		await new Promise<void>((resolve) => {
			this.#server.close(() => resolve());
			this.#server.closeAllConnections();
		});
	}

	get #port(): number {
		return (this.#server.address() as AddressInfo).port;
	}

	#answer(request: IncomingMessage, response: ServerResponse): void {
		for (const [name, value] of headers) response.setHeader(name, value);
		const name = nameOf(request.url ?? "");
		if (!this.#isMeant(request)) refuse(response, 403, "not this server");
		else if (request.method !== "GET" && request.method !== "HEAD")
			refuse(response, 405, "only GET and HEAD");
		else if (name === eventsAddress) this.#listen(response);
		else this.#deliver(name, request, response);
	}

	/** A page of another site may have its own name point to this machine; it is not to read what is served here. */
	#isMeant({ headers }: IncomingMessage): boolean {
		const own = [host, "localhost"].map((name) => `${name}:${this.#port}`);
		return own.includes(headers.host ?? "");
	}

	#listen(response: ServerResponse): void {
		response.writeHead(200, { "Content-Type": "text/event-stream" });
		response.write("retry: 1000\n\n");
		this.#listeners.add(response);
		response.on("close", () => this.#listeners.delete(response));
	}

	#deliver(
		name: string | null,
		request: IncomingMessage,
		response: ServerResponse,
	): void {
		const found = name === null ? undefined : this.#files.get(name);
		const file = found ?? this.#files.get("404.html");
		if (file === undefined) {
			refuse(response, 404, "not found");
			return;
		}
		const tag = `"${file.sum}"`;
		response.setHeader("ETag", tag);
		if (found && request.headers["if-none-match"] === tag) {
			response.writeHead(304).end();
			return;
		}
		response.writeHead(found ? 200 : 404, {
			"Content-Type": file.type,
			"Content-Length": file.content.length,
		});
		response.end(request.method === "HEAD" ? undefined : file.content);
	}

	#tell(event: string, data: unknown): void {
		this.#send(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
	}

	#send(text: string): void {
		for (const listener of this.#listeners) listener.write(text);
	}
}

/** Beside what each page forbids by itself. */
const headers: readonly (readonly [string, string])[] = [
	["Cache-Control", "no-cache"],
	["Content-Security-Policy", "frame-ancestors 'none'"],
	["Cross-Origin-Opener-Policy", "same-origin"],
	["Cross-Origin-Resource-Policy", "same-origin"],
	["Referrer-Policy", "no-referrer"],
	["X-Content-Type-Options", "nosniff"],
];

/** The name of the file that is asked for; null if it is none. */
function nameOf(url: string): string | null {
	try {
		const path = decodeURIComponent(url.replace(/[?#].*$/s, ""));
		if (!path.startsWith("/")) return null;
		return `${path.slice(1)}${path.endsWith("/") ? "index.html" : ""}`;
	} catch {
		return null;
	}
}

function refuse(response: ServerResponse, code: number, why: string): void {
	response.writeHead(code, { "Content-Type": "text/plain; charset=utf-8" });
	response.end(`${why}\n`);
}

function asProblem(error: NodeJS.ErrnoException, port: number): Problem {
	const expected = "another one by `--port`, or 0 for any that is free";
	if (error.code === "EADDRINUSE")
		return new Problem(`port ${port} is in use`, null, expected);
	const reason = error.code ?? error.message;
	return new Problem(`port ${port} cannot be used (${reason})`, null, expected);
}
