/*
 * The program: options, configuration file, exit statuses, log, limits.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import net from "node:net";
import { before, describe, test } from "node:test";
import { ask, GTIN, ISS, makeKey, mint, publish, resolver, scratchFile, serve,
	talk, writeTrust } from "./world.mjs";

let key, trust;

before(() => {
	key = makeKey();
	trust = writeTrust([{ iss: ISS, name: "Maker Ltd",
		subjects: ["https://id.gs1.org/01/09506"], keys: [{ key }] }]);
});

function run(...args) {
	const { status, stdout, stderr } = spawnSync(resolver, args,
		{ encoding: "utf8", timeout: 20000 });
	return { status, stdout, stderr };
}
function config(text) {
	const path = scratchFile("resolver.ini");
	writeFileSync(path, text);
	return path;
}
const settings = (more = "") => `# a comment
[resolver]
listen = 127.0.0.1:0
store = sqlite:${scratchFile("c.db")}
trust = ${trust}
public-url = https://id.maker.example
; another
${more}`;

describe("options", () => {
	test("--help begins with examples, --version tells it", () => {
		const help = run("--help");
		assert.equal(help.status, 0);
		assert.match(help.stdout, /^Examples:\n {2}carnet-resolver /);
		assert.match(run("--version").stdout,
			/^carnet-resolver \d+\.\d+\.\d+\n$/);
	});

	test("wrong usage is 2, and says what is wrong", () => {
		const store = `sqlite:${scratchFile("u.db")}`;
		for (const [args, pattern] of [
			[[], /--store is missing/],
			[["--store", store], /--trust is missing/],
			[["--stroe", store], /did you mean "store"/],
			[["--store"], /needs a value/],
			[["nonsense"], /See --help/],
			[["--store", "p.db", "--trust", trust], /sqlite:FILE/],
			[["--store", store, "--trust", trust, "--listen", "8080"],
				/ADDRESS:PORT/],
			[["--store", store, "--trust", trust, "--listen",
				"999.1.1.1:0"], /address/],
			[["--store", store, "--trust", trust, "--threads", "0"],
				/threads is a number from 1/],
			[["--store", store, "--trust", trust, "--public-url",
				"id.maker.example"], /public-url/],
			[["--store", store, "--trust", trust, "--public-url",
				"https://id.maker.example/x"], /public-url/],
		]) {
			const { status, stderr, stdout } = run(...args);
			assert.equal(status, 2, `${args}: ${stderr}`);
			assert.match(stderr, pattern);
			assert.match(stderr, /^carnet-resolver: /);
			assert.equal(stdout, "");
		}
	});

	test("what cannot be read is 3 or 4", () => {
		const store = `sqlite:${scratchFile("r.db")}`;
		const bad = scratchFile("bad.json");
		writeFileSync(bad, "{\"issuers\": 7}");
		assert.equal(run("--store", store, "--trust", bad).status, 3);
		assert.equal(run("--store", store, "--trust",
			"/nonexistent/trust.json").status, 4);
		assert.equal(run("--store", "sqlite:/nonexistent/p.db",
			"--trust", trust, "--listen", "127.0.0.1:0").status, 4);
		const directory = scratchFile("d");
		mkdirSync(directory);
		assert.equal(run("--store", `sqlite:${directory}`,
			"--trust", trust).status, 4);
		/* Not a database, and left as it was. */
		const text = scratchFile("text");
		writeFileSync(text, "a text and no database ".repeat(20));
		const { status, stderr } = run("--store", `sqlite:${text}`,
			"--trust", trust);
		assert.equal(status, 4);
		assert.match(stderr, /not a database/);
	});

	test("a port that is taken is 4", async () => {
		const first = await serve({ trust });
		const { status, stderr } = run("--listen",
			`127.0.0.1:${first.port}`, "--trust", trust,
			"--store", `sqlite:${scratchFile("t.db")}`);
		assert.equal(status, 4);
		assert.match(stderr, /cannot listen/);
		await first.stop();
	});
});

describe("the configuration file", () => {
	test("is checked without serving", () => {
		const { status, stdout, stderr } = run("--config",
			config(settings()), "--check-config");
		assert.equal(status, 0, stderr);
		assert.equal(stdout, "");
	});

	test("faults name file and line", () => {
		for (const [line, pattern] of [
			["max-conections = 7", /line 8: .*"max-connections"/],
			["threads = many", /line 8: threads is a number/],
			["threads", /line 8: a line is "key = value"/],
			["limit-loopback = perhaps", /line 8: .* no or yes/],
			["log = all", /line 8: log is none or requests/],
			["[other]", /line 8: .*section/],
		]) {
			const { status, stderr } = run("--config",
				config(settings(line)), "--check-config");
			assert.equal(status, 2, line);
			assert.match(stderr, pattern);
		}
		assert.equal(run("--config", "/nonexistent.ini").status, 4);
	});

	test("serves, and options count more", async () => {
		const server = await serve({ trust, args: ["--config",
			config(settings("threads = 1\nlisten = 127.0.0.1:1"))] });
		assert.equal((await ask(server, "/healthz")).status, 200);
		assert.deepEqual(await server.stop("SIGINT"),
			{ code: 0, signal: null });
	});
});

describe("the log", () => {
	test("is silent by default, and never tells who asked for what",
		async () => {
			const quiet = await serve({ trust });
			await ask(quiet, `/01/${GTIN}/21/SN-SECRET`);
			await quiet.stop();
			assert.doesNotMatch(quiet.stderr(), /GET|SN-SECRET/);

			const server = await serve({ trust,
				args: ["--log=requests"] });
			await publish(server, mint({ key }));
			await ask(server, `/01/${GTIN}/21/SN-SECRET`);
			await ask(server, "/dpp/%0d%0aGET%20fake?x=SN-SECRET");
			await talk(server, "BREW /SN-SECRET HTTP/1.1\r\n" +
				"Host: x\r\nConnection: close\r\n\r\n");
			await server.stop();
			assert.match(server.stderr(),
				/^POST publish 201 \d+ \d+ ms$/m);
			assert.match(server.stderr(),
				/^GET scan 307 0 \d+ ms$/m);
			assert.match(server.stderr(), /^OTHER scan 400/m);
			assert.doesNotMatch(server.stderr(),
				/SECRET|fake|BREW|127\.0/);
			for (const line of server.stderr().trim().split("\n"))
				assert.match(line, /^([A-Z]+ \w+ \d{3} |carnet-)/);
		});
});

describe("limits", () => {
	const limits = (more) => ({ trust, args: ["--header-timeout", "1",
		"--request-timeout", "2", "--idle-timeout", "1", ...more] });

	/* Says a byte every 100 ms; how long does the server listen? */
	function drip(server, text) {
		return new Promise((resolve) => {
			const begun = Date.now(), socket = net.connect(
				server.port, "127.0.0.1");
			let at = 0, heard = "";
			const timer = setInterval(() => socket.write(
				text[at++ % text.length]), 100);
			socket.on("data", (data) => heard += data);
			socket.on("error", () => {});
			socket.on("close", () => {
				clearInterval(timer);
				resolve({ heard,
					seconds: (Date.now() - begun) / 1000 });
			});
		});
	}

	test("one byte now and then is cut off", async () => {
		const server = await serve(limits([]));
		const head = await drip(server, "GET / HTTP/1.1\r\nHost: " +
			"a".repeat(200));
		assert.match(head.heard, /^HTTP\/1.1 408 /);
		assert.ok(head.seconds < 4, `${head.seconds} s`);
		/* Meanwhile others are served. */
		const slow = drip(server, "GET /");
		assert.equal((await ask(server, "/healthz")).status, 200);
		await slow;
		await server.stop();
	});

	test("connections of one address are counted", async () => {
		const server = await serve(limits(["--max-per-address", "2",
			"--limit-loopback", "yes"]));
		const held = [0, 1].map(() => net.connect(server.port,
			"127.0.0.1"));
		await Promise.all(held.map((socket) => new Promise((done) =>
			socket.on("connect", done))));
		await new Promise((done) => setTimeout(done, 300));
		assert.match(await talk(server, "GET / HTTP/1.1\r\n" +
			"Host: x\r\n\r\n").catch((error) => error.message),
		/^HTTP\/1.1 429 |ECONNRESET|EPIPE/);
		for (const socket of held)
			socket.destroy();
		await server.stop();
	});

	test("a running request is answered before the end", async () => {
		const server = await serve({ trust });
		const file = mint({ key });
		const answer = publish(server, file);
		await new Promise((done) => setTimeout(done, 50));
		const ended = server.stop();
		assert.equal((await answer).status, 201);
		assert.deepEqual(await ended, { code: 0, signal: null });
	});
});
