/*
 * The resolver is killed, 200 times, while four writers publish: whatever was
 * acknowledged is there afterwards, nothing is half there, and it goes on.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { ask, bytesOf, COSE, idOf, ISS, makeKey, mint, publish, scratchFile,
	serve, SUB, writeTrust } from "./world.mjs";

const ROUNDS = +(process.env.CARNET_ROUNDS ?? 200);
const WRITERS = 4, EACH = 4;

const key = makeKey();
const trust = writeTrust([{ iss: ISS, name: "Maker Ltd",
	subjects: ["https://id.gs1.org/01/09506"], keys: [{ key }] }]);
const store = scratchFile("k.db");

/* A writer has a product of its own, and a chain of versions ready. */
const writers = Array.from({ length: WRITERS }, (_, n) => {
	const sub = `${SUB}/21/K${n}`;
	const files = mint({ key, sub, count: ROUNDS * EACH + 1 });
	return { sub, file: (version) => `${files}.${version}`,
		acknowledged: 0, tried: 0 };
});

/* Publishes until the server is gone, or enough for this round. */
async function write(server, writer) {
	for (let n = 0; n < EACH; n++) {
		const version = writer.acknowledged + 1;
		writer.tried = Math.max(writer.tried, version);
		const answer = await publish(server, writer.file(version),
			version === 1 ? {} : { sub: writer.sub })
			.catch(() => null);
		if (!answer)
			return;
		assert.ok(answer.status === 200 || answer.status === 201,
			`version ${version}: ${answer.status} ${answer.text}`);
		writer.acknowledged = version;
	}
}

const newest = async (server, writer) => {
	const answer = await ask(server, `/v1/dpps/${idOf(writer.sub)}`,
		{ headers: { Accept: COSE } });
	return answer.status === 404 ? null : answer;
};

/* What a restarted server says must be what was published. */
async function inspect(server, writer) {
	const answer = await newest(server, writer);
	if (!answer)
		return assert.equal(writer.acknowledged, 0);
	const history = (await ask(server,
		`/v1/dpps/${idOf(writer.sub)}/versions?limit=2`)).json();
	assert.ok(history.current >= writer.acknowledged,
		`${writer.acknowledged} acknowledged, ${history.current} there`);
	assert.ok(history.current <= writer.tried);
	assert.deepEqual(answer.body, bytesOf(writer.file(history.current)));
}

/* The whole chain, byte for byte. */
async function inspectAll(server, writer) {
	let below = 0, expected = null, seen = 0;
	do {
		const page = (await ask(server, `/v1/dpps/${idOf(writer.sub)
		}/versions?limit=500${below ? `&below=${below}` : ""}`)).json();
		for (const { version, digest, supersedes, href } of
			page.versions) {
			if (expected)
				assert.equal(digest, expected);
			expected = supersedes;
			seen++;
			const answer = await ask(server,
				new URL(href).pathname);
			assert.deepEqual(answer.body,
				readFileSync(writer.file(version)));
		}
		below = page.below;
	} while (below);
	assert.equal(expected, null);
	assert.ok(seen >= writer.acknowledged);
	return seen;
}

test(`${ROUNDS} times killed`, async () => {
	for (let round = 0; round < ROUNDS; round++) {
		const server = await serve({ trust, store });
		await Promise.all(writers.map((one) => inspect(server, one)));
		const writing = Promise.all(writers.map((one) =>
			write(server, one)));
		await new Promise((done) =>
			setTimeout(done, Math.random() * 40));
		server.child.kill("SIGKILL");
		await writing;
		assert.equal((await server.ended).signal, "SIGKILL");
	}
	const server = await serve({ trust, store });
	let total = 0;
	for (const one of writers)
		total += await inspectAll(server, one);
	const { last } = (await ask(server, "/healthz")).json();
	assert.equal(total, last);
	assert.ok(total > ROUNDS, `only ${total} versions: killed too soon`);
	await server.stop();
});
