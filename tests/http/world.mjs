/*
 * A real server on a free port, two makers with keys, and passports made by
 * mint. What the tests of the service share.
 */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync }
	from "node:fs";
import http from "node:http";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const build = process.env.CARNET_BUILD ??
	new URL("../../build/dev", import.meta.url).pathname;
export const resolver = join(build, "bin/carnet-resolver");
const carnet = join(build, "bin/carnet");
const mintProgram = join(build, "tests/http/mint");

export const GTIN = "09506000134352";
export const SUB = `https://id.gs1.org/01/${GTIN}`;
export const PUBLIC = "https://id.maker.example";
export const COSE = "application/vnd.carnet+cose";
export const ISS = "https://maker.example";
export const idOf = (sub) => encodeURIComponent(sub);

const scratch = mkdtempSync(join(tmpdir(), "carnet-http-"));
process.on("exit", () => rmSync(scratch, { recursive: true, force: true }));
let count = 0;
export const scratchFile = (name) => join(scratch, `${++count}-${name}`);

function run(program, args) {
	const { status, stderr } = spawnSync(program, args,
		{ encoding: "utf8" });
	assert.equal(status, 0, `${program} ${args.join(" ")}: ${stderr}`);
}

/* ---- keys and trust -------------------------------------------------------- */

/** A key pair: {key: path, pub: PEM text}. */
export function makeKey(use = "passport", alg = "ESP256") {
	const dir = mkdtempSync(join(scratch, "key-"));
	run(carnet, ["keygen", "--issuer", ISS, "--subject",
		"https://id.gs1.org/01/09506", "--use", use, "--alg", alg,
		"--out", dir]);
	const pub = readdirSync(dir).find((name) => name.endsWith(".pub.pem"));
	return { key: join(dir, pub.replace(".pub.pem", ".pem")),
		pub: readFileSync(join(dir, pub), "utf8") };
}

/** A trust list on disk. entries: [{iss, name, subjects, keys: [{key, …}]}] */
export function writeTrust(entries, path = scratchFile("trust.json")) {
	const issuers = entries.map(({ keys, ...issuer }) => ({ ...issuer,
		keys: keys.map(({ key, ...rest }) => {
			const name = scratchFile("k.pub.pem");
			writeFileSync(name, key.pub);
			return { pem: name.slice(scratch.length + 1),
				use: ["passport"], from: "2020-01-01",
				until: "2099-01-01", ...rest };
		}) }));
	writeFileSync(path, JSON.stringify({ issuers }));
	return path;
}

/* ---- passports ------------------------------------------------------------- */

/** What product.json says, beside what `change` adds: {group: {name: …}}. */
export function product(change = {}) {
	const base = {
		issuer: ISS,
		identity: {
			unique_product_identifier: `${PUBLIC}/01/${GTIN}`,
			passport_status: "active",
			model_type: "Sensor S1",
		},
	};
	for (const [group, fields] of Object.entries(change))
		base[group] = { ...base[group], ...fields };
	return base;
}

/**
 * A signed passport: the path of its file. with: {key, iss, sub, product,
 * after (path), iat, count}.
 */
export function mint({ key, iss = ISS, sub = SUB, product: what = product(),
	after, iat, count: versions }) {
	const input = scratchFile("product.json");
	const output = scratchFile("passport.dpp");
	writeFileSync(input, JSON.stringify(what));
	run(mintProgram, [key.key, iss, sub, input, output,
		...(after ? [`after=${after}`] : []),
		...(iat ? [`iat=${iat}`] : []),
		...(versions ? [`count=${versions}`] : [])]);
	return output;
}

export const bytesOf = (path) => readFileSync(path);

/* ---- the server ------------------------------------------------------------ */

/** Starts a server: {url, port, store, stop(signal), child, stderr()}. */
export async function serve({ trust, store = scratchFile("p.db"),
	args = [] }) {
	const child = spawn(resolver, ["--listen", "127.0.0.1:0",
		"--store", `sqlite:${store}`, "--trust", trust,
		"--public-url", PUBLIC, ...args],
		{ stdio: ["ignore", "pipe", "pipe"] });
	let out = "", err = "";
	child.stderr.on("data", (data) => err += data);
	const ended = new Promise((resolve) =>
		child.on("exit", (code, signal) => resolve({ code, signal })));
	const url = await new Promise((resolve, reject) => {
		child.stdout.on("data", (data) => {
			out += data;
			const line = /^listening on (http:\S+)\n/.exec(out);
			if (line)
				resolve(line[1]);
		});
		child.on("exit", () => reject(new Error(`no server: ${err}`)));
	});
	return { url, port: +new URL(url).port, store, child, ended,
		stderr: () => err,
		async stop(signal = "SIGTERM") {
			child.kill(signal);
			return ended;
		} };
}

/* One request exactly as given, redirects not followed: {status, headers, body,
 * text, json()}. */
export function ask(server, path, { method = "GET", headers = {}, body } = {}) {
	return new Promise((resolve, reject) => {
		const request = http.request({ host: "127.0.0.1",
			port: server.port, path, method, headers, agent: false },
		(answer) => {
			const parts = [];
			answer.on("data", (part) => parts.push(part));
			answer.on("end", () => {
				const body = Buffer.concat(parts);
				resolve({ status: answer.statusCode,
					headers: answer.headers,
					raw: answer.rawHeaders, body,
					text: body.toString("utf8"),
					json: () => JSON.parse(body) });
			});
		});
		request.on("error", reject);
		request.end(body);
	});
}

/** Publishes a passport's file; `sub` makes it a PATCH. */
export function publish(server, path, { sub, type = COSE } = {}) {
	return ask(server, sub ? `/v1/dpps/${idOf(sub)}` : "/v1/dpps",
		{ method: sub ? "PATCH" : "POST",
			headers: { "Content-Type": type },
			body: typeof path === "string" ? bytesOf(path) : path });
}

/** A raw connection: write bytes, read all until the end. */
export function talk(server, text) {
	return new Promise((resolve, reject) => {
		const socket = net.connect(server.port, "127.0.0.1");
		let all = "";
		socket.on("data", (data) => all += data);
		socket.on("close", () => resolve(all));
		socket.on("error", reject);
		socket.write(text);
	});
}

/** The error body of EN 18222. */
export function assertTrouble(answer, status, pattern) {
	assert.equal(answer.status, status, answer.text);
	assert.equal(answer.headers["content-type"], "application/json");
	const { statusCode, message } = answer.json();
	assert.match(statusCode, /^(Client|Server)/);
	assert.equal(message.length, 1);
	assert.equal(message[0].messageType, "Error");
	assert.equal(message[0].code, String(status));
	assert.match(message[0].correlationId, /^[0-9a-f]{32}$/);
	assert.match(message[0].timestamp, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
	if (pattern)
		assert.match(message[0].text, pattern);
}
