/*
 * Publishing: the signature is the permission, the chain of versions is never
 * broken, and what was accepted stays.
 */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { ask, assertTrouble, bytesOf, COSE, GTIN, idOf, ISS, makeKey, mint,
	product, publish, serve, SUB, writeTrust } from "./world.mjs";

const OTHER = "https://other.example";
const now = Math.floor(Date.now() / 1000);
let key, ed, line, stranger, old, revoked, trust, server;

const entries = (more = {}) => [
	{ iss: ISS, name: "Maker Ltd",
		subjects: ["https://id.gs1.org/01/09506",
			"https://maker.example/"],
		keys: [{ key }, { key: ed },
			{ key: line, use: ["capsule"] },
			{ key: old, until: "2021-01-01" },
			{ key: revoked, ...more.revoked }] },
	{ iss: OTHER, name: "Other Ltd",
		subjects: ["https://id.gs1.org/01/0950600013435"],
		keys: [{ key: stranger }] },
];

before(async () => {
	[key, line, stranger, old, revoked] = [makeKey(), makeKey("capsule"),
		makeKey(), makeKey(), makeKey()];
	ed = makeKey("passport", "Ed25519");
	trust = writeTrust(entries());
	server = await serve({ trust });
});
after(() => server.stop());

/* Each test has a product of its own. */
let serial = 0;
const fresh = () => `${SUB}/21/W${++serial}`;

describe("a first version", () => {
	test("is created, once", async () => {
		const sub = fresh(), file = mint({ key, sub });
		const first = await publish(server, file);
		assert.equal(first.status, 201);
		assert.equal(first.headers.location, `/v1/dpps/${idOf(sub)}`);
		assert.equal(first.headers["cache-control"], "no-store");
		const { digest, version, digitalProductPassportId } =
			first.json();
		assert.match(digest, /^[0-9a-f]{64}$/);
		assert.equal(version, 1);
		assert.equal(digitalProductPassportId, sub);
		const again = await publish(server, file);
		assert.equal(again.status, 200);
		assert.equal(again.json().digest, digest);
	});

	test("may be signed with Ed25519, and be no Digital Link", async () => {
		const sub = "https://maker.example/p/7";
		assert.equal((await publish(server,
			mint({ key: ed, sub }))).status, 201);
		const { digitalProductPassportId, granularity } =
			(await ask(server, `/v1/dpps/${idOf(sub)}`)).json();
		assert.equal(digitalProductPassportId, sub);
		assert.equal(granularity, "model");
	});

	test("is not forked", async () => {
		const sub = fresh();
		assert.equal((await publish(server, mint({ key, sub }))).status,
			201);
		const fork = mint({ key, sub, product: product({ identity:
			{ model_type: "Another" } }) });
		assertTrouble(await publish(server, fork), 409);
		assertTrouble(await publish(server, fork, { sub }), 409);
	});
});

describe("the next version", () => {
	test("follows, by PATCH", async () => {
		const sub = fresh(), one = mint({ key, sub });
		const two = mint({ key: ed, sub, after: one });
		const three = mint({ key, sub, after: two });
		assertTrouble(await publish(server, two, { sub }), 409);
		assert.equal((await publish(server, one)).status, 201);
		assertTrouble(await publish(server, three, { sub }), 409,
			/version/);
		const answer = await publish(server, two, { sub });
		assert.equal(answer.status, 200);
		assert.equal(answer.json().version, 2);
		assert.equal((await publish(server, three, { sub })).status,
			200);
		/* Old ones again: still there, nothing changed. */
		assert.equal((await publish(server, one)).status, 200);
		assert.equal((await publish(server, two, { sub })).status, 200);
		const { current } = (await ask(server,
			`/v1/dpps/${idOf(sub)}/versions`)).json();
		assert.equal(current, 3);
	});

	test("is not posted", async () => {
		const sub = fresh(), one = mint({ key, sub });
		const two = mint({ key, sub, after: one });
		await publish(server, one);
		assertTrouble(await publish(server, two), 409, /PATCH/);
	});

	test("is of the product that the address names", async () => {
		const sub = fresh(), one = mint({ key, sub });
		await publish(server, one);
		const two = mint({ key, sub, after: one });
		assertTrouble(await publish(server, two, { sub: fresh() }),
			400, /another product/);
	});

	test("is not signed before its predecessor", async () => {
		const sub = fresh(), one = mint({ key, sub });
		await publish(server, one);
		assertTrouble(await publish(server, mint({ key, sub, after: one,
			iat: now - 86400 }), { sub }), 409);
	});
});

describe("permission", () => {
	test("a stranger, a label key, a key that has run out", async () => {
		const sub = fresh();
		assertTrouble(await publish(server,
			mint({ key: makeKey(), sub })), 403);
		assertTrouble(await publish(server,
			mint({ key: line, sub })), 403);
		assertTrouble(await publish(server,
			mint({ key: old, sub })), 403);
		assertTrouble(await publish(server,
			mint({ key: old, sub, iat: 1600000000 })), 403);
		assert.equal((await ask(server,
			`/v1/dpps/${idOf(sub)}`)).status, 404);
	});

	test("a product outside of the issuer's", async () => {
		assertTrouble(await publish(server, mint({ key: stranger,
			iss: OTHER, sub: `https://id.gs1.org/01/09506000134369`,
		})), 403);
	});

	test("a signature of one issuer under the name of another", async () => {
		assertTrouble(await publish(server,
			mint({ key, iss: OTHER, sub: fresh() })), 403);
	});

	test("another issuer cannot go on, nor stand below", async () => {
		const model = `https://id.gs1.org/01/09506000134352/22/V1`;
		const one = mint({ key, sub: model });
		assert.equal((await publish(server, one)).status, 201);
		assertTrouble(await publish(server, mint({ key: stranger,
			iss: OTHER, sub: model, after: one }), { sub: model }),
		403);
		assertTrouble(await publish(server, mint({ key: stranger,
			iss: OTHER, sub: `${model}/10/L1` })), 403);
	});

	test("a signature in the future", async () => {
		assertTrouble(await publish(server, mint({ key, sub: fresh(),
			iat: now + 7 * 86400 })), 400);
	});

	test("a revoked key", async () => {
		const sub = fresh(), one = mint({ key: revoked, sub });
		const own = await serve({ trust: writeTrust(entries()) });
		assert.equal((await publish(own, one)).status, 201);
		await own.stop();
		/* Accepted before the revocation: it stays, and may be handed
		 * in again; nothing new. */
		const later = new Date(Date.now() + 5000).toISOString()
			.replace(/\.\d+/, "");
		const after = await serve({ store: own.store,
			trust: writeTrust(entries({ revoked: { revoked:
				{ at: later, reason: "stolen" } } })) });
		assert.equal((await publish(after, one)).status, 200);
		assertTrouble(await publish(after, mint({ key: revoked, sub,
			after: one }), { sub }), 403);
		assert.equal((await ask(after,
			`/v1/dpps/${idOf(sub)}`)).status, 200);
		await after.stop();
		/* Revoked since before it was accepted: it counts for nothing. */
		const nothing = await serve({ store: own.store,
			trust: writeTrust(entries({ revoked: { revoked:
				{ at: "2024-01-01T00:00:00Z",
					reason: "stolen" } } })) });
		assertTrouble(await publish(nothing, one), 403);
		assertTrouble(await ask(nothing, `/v1/dpps/${idOf(sub)}`), 404);
		await nothing.stop();
	});

	test("every single bit counts", async () => {
		const sub = fresh(), file = bytesOf(mint({ key, sub }));
		const step = 13;
		for (let bit = 0; bit < file.length * 8; bit += step) {
			const bad = Buffer.from(file);
			bad[bit >> 3] ^= 1 << (bit & 7);
			const { status, text } = await publish(server, bad);
			assert.ok(status === 400 || status === 403,
				`bit ${bit}: ${status} ${text}`);
		}
		assert.equal((await ask(server,
			`/v1/dpps/${idOf(sub)}`)).status, 404);
		assert.equal((await publish(server, file)).status, 201);
		/* And when it is here already. */
		for (let bit = 3; bit < file.length * 8; bit += step) {
			const bad = Buffer.from(file);
			bad[bit >> 3] ^= 1 << (bit & 7);
			const { status } = await publish(server, bad);
			assert.ok(status === 400 || status === 403, `bit ${bit}`);
		}
	});
});

describe("form", () => {
	test("what is no passport", async () => {
		for (const body of ["", "{}", "\xd2", "a".repeat(5000),
			Buffer.from("d28440a0404040", "hex")])
			assertTrouble(await publish(server, Buffer.from(body)),
				400);
	});

	test("other media types", async () => {
		const file = mint({ key, sub: fresh() });
		for (const type of ["application/merge-patch+json",
			"application/json", "text/plain",
			"application/cbor"]) {
			const answer = await publish(server, file, { type });
			assertTrouble(answer, 415, /signed/);
			assert.equal(answer.headers["accept-post"], COSE);
		}
		assertTrouble(await ask(server, `/v1/dpps/${idOf(SUB)}`,
			{ method: "PATCH", body: "{\"a\":1}", headers: {
				"Content-Type": "application/merge-patch+json",
			} }), 415, /signature/);
		const answer = await ask(server, "/v1/dpps",
			{ method: "POST", body: bytesOf(file) });
		assertTrouble(answer, 415);
		assert.equal((await publish(server, file, { type:
			`${COSE}; charset=binary` })).status, 201);
	});

	test("too large", async () => {
		const answer = await publish(server, Buffer.alloc(1100000, 1));
		assert.equal(answer.status, 413);
		const huge = await publish(server, Buffer.alloc(2200000, 1))
			.catch((error) => error);
		/* Refused before it was sent: the connection may just end. */
		assert.ok(huge.status === 413 || huge instanceof Error);
	});

	test("nothing is deleted", async () => {
		const answer = await ask(server, `/v1/dpps/${idOf(SUB)}`,
			{ method: "DELETE" });
		assertTrouble(answer, 405);
		assert.equal(answer.headers.allow,
			"GET, HEAD, OPTIONS, PATCH");
	});
});

describe("sealed sections", () => {
	const secret = product({ operators: { facility_ids:
		["SECRET-PLANT-7"] }, support: { support_period_rationale:
		"SECRET-REASON" } });

	test("never leave in a public answer", async () => {
		const sub = fresh(), file = mint({ key, sub, product: secret });
		assert.ok(bytesOf(file).includes("SECRET-PLANT-7"));
		assert.equal((await publish(server, file)).status, 201);
		const digest = (await ask(server, `/v1/dpps/${idOf(sub)}`))
			.json().digest;
		const path = sub.slice("https://id.gs1.org".length);
		const places = [`/v1/dpps/${idOf(sub)}`,
			`/v1/dpps/${idOf(sub)}?representation=full`,
			`/v1/dpps/${idOf(sub)}/versions`,
			`/v1/dpps/${idOf(sub)}/versions/${digest}`,
			`/v1/dppsByProductId/${idOf(sub)}`, `/dpp${path}`, path,
			`${path}?linkType=linkset`, "/changes", "/"];
		for (const place of places) {
			for (const Accept of ["text/html", "application/json",
				"application/ld+json", COSE,
				"application/cwt"]) {
				const answer = await ask(server, place,
					{ headers: { Accept } });
				assert.doesNotMatch(answer.text, /SECRET/,
					`${place} as ${Accept}`);
				assert.doesNotMatch(
					JSON.stringify(answer.headers),
					/SECRET/);
			}
		}
	});

	test("change nothing that everybody can see", async () => {
		const sub = fresh(), file = mint({ key, sub, product: secret });
		const look = async () => {
			const { headers, text } = await ask(server,
				`/v1/dpps/${idOf(sub)}`,
				{ headers: { Accept: COSE } });
			delete headers.date;
			return JSON.stringify([headers, text]);
		};
		/* The same version without its sections, as anybody can make
		 * it from the public bytes, comes first. */
		const other = await serve({ trust });
		await publish(other, file);
		const bare = (await ask(other, `/v1/dpps/${idOf(sub)}`,
			{ headers: { Accept: COSE } })).body;
		await other.stop();
		assert.ok(bare.length < bytesOf(file).length);
		assert.equal((await publish(server, bare)).status, 201);
		const before = await look();
		assert.equal((await publish(server, file)).status, 200);
		assert.equal(await look(), before);
	});

	test("that are not those of the passport are refused", async () => {
		const sub = fresh(), file = bytesOf(mint({ key, sub,
			product: secret }));
		const at = file.indexOf("SECRET-PLANT-7");
		const bad = Buffer.from(file);
		bad.write("PUBLIC-PLANT-7", at);
		assertTrouble(await publish(server, bad), 400);
	});
});

describe("many at once", () => {
	test("every one of them is there", async () => {
		const subs = Array.from({ length: 40 }, fresh);
		const files = subs.map((sub) => mint({ key, sub }));
		const answers = await Promise.all(files.map((file) =>
			publish(server, file)));
		for (const { status } of answers)
			assert.equal(status, 201);
		for (const sub of subs)
			assert.equal((await ask(server,
				`/v1/dpps/${idOf(sub)}`)).status, 200);
	});

	test("of two for one place, one", async () => {
		const sub = fresh(), one = mint({ key, sub });
		await publish(server, one);
		const rivals = Array.from({ length: 8 }, (_, n) => mint({ key,
			sub, after: one, product: product({ identity:
				{ model_type: `Rival ${n}` } }) }));
		const answers = await Promise.all(rivals.map((file) =>
			publish(server, file, { sub })));
		const statuses = answers.map(({ status }) => status).sort();
		assert.deepEqual(statuses, [200, ...Array(7).fill(409)]);
	});
});

test("what was accepted is there after a restart", async () => {
	const sub = fresh(), own = await serve({ trust });
	await publish(own, mint({ key, sub }));
	assert.deepEqual(await own.stop(), { code: 0, signal: null });
	const again = await serve({ trust, store: own.store });
	assert.equal((await ask(again, `/v1/dpps/${idOf(sub)}`)).status, 200);
	await again.stop("SIGINT");
});

test("the trust list is read anew on SIGHUP", async () => {
	const path = writeTrust(entries().slice(0, 1));
	const own = await serve({ trust: path });
	const sub = `https://id.gs1.org/01/${GTIN}/10/HUP`;
	const file = mint({ key: stranger, iss: OTHER, sub });
	assertTrouble(await publish(own, file), 403);
	/* A list that cannot be read leaves the old one in use. */
	writeFileSync(path, "{");
	own.child.kill("SIGHUP");
	for (let i = 0; i < 100 && !/JSON|line/.test(own.stderr()); i++)
		await new Promise((resolve) => setTimeout(resolve, 50));
	assert.match(own.stderr(), /carnet-resolver: .*line 1/);
	assert.equal((await publish(own, mint({ key, sub: fresh() }))).status,
		201);
	writeTrust(entries(), path);
	own.child.kill("SIGHUP");
	for (let i = 0; i < 100 && !/read the trust/.test(own.stderr()); i++)
		await new Promise((resolve) => setTimeout(resolve, 50));
	assert.equal((await publish(own, file)).status, 201);
	await own.stop();
});
