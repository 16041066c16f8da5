/*
 * Reading: forms, levels, history, caching.
 */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { ask, assertTrouble, bytesOf, COSE, GTIN, idOf, ISS, makeKey, mint,
	product, PUBLIC, publish, serve, SUB, writeTrust } from "./world.mjs";

const LOT = `${SUB}/10/LOT7`, UNIT = `${SUB}/21/SN-0001`;
let key, server, one, two, lot;

before(async () => {
	key = makeKey();
	const line = makeKey("capsule", "Ed25519");
	server = await serve({ trust: writeTrust([{ iss: ISS,
		name: "Maker Ltd", subjects: ["https://id.gs1.org/01/09506"],
		keys: [{ key }, { key: line, use: ["capsule"] }] }]) });
	one = mint({ key, product: product({ operators: { manufacturer: {
		name: "Maker Ltd", postal_address: "1 Road",
		email_or_digital_contact: "a@maker.example",
		unique_operator_id: "DE1234" } },
	scope: { applicable_acts: [
		{ act: "Regulation (EU) 2024/2847", in_scope: true },
		{ act: "Regulation (EU) 2023/1542", in_scope: false },
	] } }) });
	two = mint({ key, after: one, product: product({ operators: {
		manufacturer: { name: "Maker Ltd", postal_address: "1 Road",
			email_or_digital_contact: "a@maker.example",
			unique_operator_id: "DE1234" } },
	scope: { applicable_acts: [
		{ act: "Regulation (EU) 2024/2847", in_scope: true } ] },
	support: { security_updates: [{ version: "1.1",
		issued: "2026-01-01", available_until: "2031-01-01",
		fixes: ["CVE-2026-1"], severity: "high", free: true,
		advisory_url: "https://maker.example/a" }] } }) });
	lot = mint({ key, sub: LOT, product: product({ identity: {
		passport_status: "recalled", model_type: "Sensor S1 (lot)" } }) });
	for (const [file, sub] of [[one], [two, SUB], [lot]]) {
		const answer = await publish(server, file, { sub });
		assert.ok(answer.status < 300, answer.text);
	}
});
after(() => server.stop());

const get = (path, headers = {}, method = "GET") =>
	ask(server, path, { headers, method });
const json = async (path) => {
	const answer = await get(path, { Accept: "application/json" });
	assert.equal(answer.status, 200, answer.text);
	return answer.json();
};

describe("/dpp/", () => {
	test("by what is accepted", async () => {
		const path = `/dpp/01/${GTIN}/21/SN-0001`;
		for (const [Accept, type] of [
			["text/html", "text/html; charset=utf-8"],
			["*/*", "text/html; charset=utf-8"],
			["undefined", "text/html; charset=utf-8"],
			["", "text/html; charset=utf-8"],
			["application/json", "application/json"],
			["application/ld+json", "application/ld+json"],
			[COSE, COSE],
			["application/cose", "application/cose"],
			["application/cwt", "application/cwt"],
			["text/html;q=0.5, application/json", "application/json"],
			["text/html,application/xhtml+xml,*/*;q=0.8",
				"text/html; charset=utf-8"],
		]) {
			const answer = await get(path, { Accept });
			assert.equal(answer.status, 200, Accept);
			assert.equal(answer.headers["content-type"], type,
				Accept);
			assert.match(answer.headers.vary, /Accept/);
			assert.equal(answer.headers["x-content-type-options"],
				"nosniff");
		}
		assert.equal((await get(path)).headers["content-type"],
			"text/html; charset=utf-8");
		assertTrouble(await get(path, { Accept: "image/png" }), 406);
		assertTrouble(await get(path,
			{ Accept: "application/json;q=0" }), 406);
	});

	test("the signed bytes are those that were published", async () => {
		const { body } = await get(`/dpp/01/${GTIN}/21/SN-0001`,
			{ Accept: COSE });
		assert.deepEqual(body, bytesOf(two));
		/* Nearest level: the lot's own. */
		assert.deepEqual((await get(`/dpp/01/${GTIN}/10/LOT7/21/X`,
			{ Accept: COSE })).body, bytesOf(lot));
	});

	test("a page runs nothing that is not its own", async () => {
		const { headers, text } = await get(`/dpp/01/${GTIN}`,
			{ Accept: "text/html", "Accept-Language": "en" });
		assert.match(headers["content-security-policy"],
			/default-src 'none'/);
		assert.equal(headers["content-language"], "en");
		assert.equal(headers["referrer-policy"], "no-referrer");
		const assets = [...text.matchAll(/"(\/assets\/[^"]+)"/g)];
		assert.ok(assets.length > 0);
		for (const [, path] of assets) {
			const asset = await get(path);
			assert.equal(asset.status, 200, path);
			assert.match(asset.headers["cache-control"], /immutable/);
		}
		assert.equal((await get("/assets/nothing.css")).status, 404);
	});
});

describe("the JSON view", () => {
	test("has the envelope and the elements", async () => {
		const body = await json(`/v1/dpps/${idOf(SUB)}`);
		assert.equal(body.digitalProductPassportId, SUB);
		assert.equal(body.uniqueProductIdentifier,
			`${PUBLIC}/01/${GTIN}`);
		assert.equal(body.granularity, "model");
		assert.equal(body.dppStatus, "active");
		assert.equal(body.economicOperatorId, "DE1234");
		assert.deepEqual(body.contentSpecificationIds,
			["Regulation (EU) 2024/2847"]);
		assert.match(body.lastUpdated, /^\d{4}-.*Z$/);
		assert.equal(body.version, 2);
		assert.equal(body.issuer, ISS);
		assert.equal(body.elements.identity.model_type, "Sensor S1");
		assert.equal(body.elements.identity.passport_version.version, 2);
		assert.equal(body.levels.length, 1);
		assert.equal(body.supersedes,
			body.elements.identity.passport_version.supersedes);
	});

	test("compressed or full, and nothing else", async () => {
		const path = `/v1/dpps/${idOf(SUB)}`;
		assert.deepEqual(await json(`${path}?representation=compressed`),
			await json(path));
		const { elements } = await json(`${path}?representation=full`);
		const model = elements.find(({ elementId }) =>
			elementId === "identity.model_type");
		assert.deepEqual(model, { elementId: "identity.model_type",
			objectType: "SingleValuedDataElement",
			valueDataType: "xsd:string", value: "Sensor S1" });
		assertTrouble(await get(`${path}?representation=tiny`), 400);
	});

	test("as linked data it has a context", async () => {
		const answer = await get(`/v1/dpps/${idOf(SUB)}`,
			{ Accept: "application/ld+json" });
		const { "@context": context, ...rest } = answer.json();
		assert.ok(context["@vocab"]);
		assert.equal(rest.version, 2);
	});

	test("merges item over batch over model", async () => {
		const body = await json(
			`/dpp/01/${GTIN}/10/LOT7/21/SN-9`);
		assert.equal(body.granularity, "batch");
		assert.equal(body.elements.identity.model_type,
			"Sensor S1 (lot)");
		assert.equal(body.economicOperatorId, "DE1234");
		/* A notice never hides: the gravest status. */
		assert.equal(body.dppStatus, "recalled");
		assert.deepEqual(body.levels.map(({ granularity }) =>
			granularity), ["model", "batch"]);
	});

	test("by product id, walking up", async () => {
		for (const [id, sub] of [[UNIT, SUB], [SUB, SUB],
			[`${SUB}/10/LOT7/21/x`, LOT],
			[`${PUBLIC}/01/${GTIN}/21/SN-0001`, SUB],
			[`${PUBLIC}/01/${GTIN}?17=261231`, SUB]]) {
			const body = await json(
				`/v1/dppsByProductId/${idOf(id)}`);
			assert.equal(body.digitalProductPassportId, sub, id);
		}
		assertTrouble(await get(`/v1/dppsByProductId/${
			idOf("https://id.gs1.org/01/09520123456788")}`), 404);
		assertTrouble(await get("/v1/dppsByProductId/nonsense"), 400);
	});

	test("a passport's id is exact", async () => {
		assertTrouble(await get(`/v1/dpps/${idOf(UNIT)}`), 404);
		assertTrouble(await get(`/v1/dpps/${idOf(
			`${PUBLIC}/01/${GTIN}`)}`), 404);
	});
});

describe("the history", () => {
	test("names every version, and leads to its bytes", async () => {
		const body = await json(`/v1/dpps/${idOf(SUB)}/versions`);
		assert.equal(body.current, 2);
		assert.deepEqual(body.versions.map(({ version }) => version),
			[2, 1]);
		assert.equal(body.versions[0].supersedes,
			body.versions[1].digest);
		assert.equal(body.versions[1].supersedes, null);
		assert.ok(body.versions[0].changes.length > 0);
		for (const [n, file] of [[0, two], [1, one]]) {
			const href = body.versions[n].href;
			assert.ok(href.startsWith(`${PUBLIC}/v1/dpps/`));
			const answer = await get(href.slice(PUBLIC.length));
			assert.equal(answer.status, 200);
			assert.equal(answer.headers["content-type"], COSE);
			assert.match(answer.headers["cache-control"],
				/immutable/);
			assert.deepEqual(answer.body, bytesOf(file));
		}
		const page = await json(
			`/v1/dpps/${idOf(SUB)}/versions?limit=1`);
		assert.equal(page.versions.length, 1);
		assert.equal(page.below, 2);
		const rest = await json(`/v1/dpps/${idOf(SUB)}/versions?below=${
			page.below}`);
		assert.deepEqual(rest.versions.map(({ version }) => version),
			[1]);
		assert.equal("below" in rest, false);
	});

	test("an old version is still what it was", async () => {
		const { versions } = await json(
			`/v1/dpps/${idOf(SUB)}/versions`);
		const body = await json(`/v1/dpps/${idOf(SUB)}/versions/${
			versions[1].digest}`);
		assert.equal(body.version, 1);
		assert.equal(body.elements.support, undefined);
	});

	test("knows no other digests", async () => {
		assertTrouble(await get(`/v1/dpps/${idOf(SUB)}/versions/${
			"0".repeat(64)}`), 404);
		assertTrouble(await get(`/v1/dpps/${idOf(SUB)}/versions/12`),
			400);
		assertTrouble(await get(`/v1/dpps/${idOf(UNIT)}/versions`),
			404);
	});

	test("of all passports: /changes", async () => {
		const all = await json("/changes");
		assert.equal(all.last, 3);
		assert.deepEqual(all.changes.map(
			({ seq, digitalProductPassportId: id, version }) =>
				[seq, id, version]),
		[[1, SUB, 1], [2, SUB, 2], [3, LOT, 1]]);
		const some = await json("/changes?since=1&limit=1");
		assert.deepEqual(some.changes.map(({ seq }) => seq), [2]);
		assert.deepEqual((await json("/changes?since=3")).changes, []);
		assertTrouble(await get("/changes?since=x"), 400);
	});
});

describe("caching", () => {
	test("an entity tag answers 304, until something changes", async () => {
		const sub = `${SUB}/21/ETAG`, file = mint({ key, sub });
		await publish(server, file);
		const places = [`/v1/dpps/${idOf(sub)}`,
			`/v1/dpps/${idOf(sub)}/versions`,
			`/dpp/01/${GTIN}/21/ETAG`, "/changes"];
		const tags = [];
		for (const path of places) {
			const { headers } = await get(path);
			assert.match(headers.etag, /^"[0-9a-f]{32}"$/);
			const again = await get(path,
				{ "If-None-Match": `"x", W/${headers.etag}` });
			assert.equal(again.status, 304, path);
			assert.equal(again.body.length, 0);
			assert.equal(again.headers.etag, headers.etag);
			tags.push(headers.etag);
		}
		await publish(server, mint({ key, sub, after: file }), { sub });
		for (const [n, path] of places.entries()) {
			const answer = await get(path,
				{ "If-None-Match": tags[n] });
			assert.equal(answer.status, 200, path);
		}
	});

	test("each form and language has a tag of its own", async () => {
		const path = `/dpp/01/${GTIN}`;
		const tags = new Set();
		for (const Accept of ["text/html", "application/json",
			"application/ld+json", COSE])
			tags.add((await get(path, { Accept })).headers.etag);
		assert.equal(tags.size, 4);
	});
});

describe("the rest", () => {
	test("/healthz reads the store", async () => {
		const answer = await get("/healthz");
		assert.equal(answer.status, 200);
		assert.equal(answer.json().status, "ok");
		assert.equal(answer.headers["cache-control"], "no-store");
	});

	test("/v1/issuers names the keys and what they are for", async () => {
		const answer = await get("/v1/issuers");
		assert.equal(answer.headers["content-type"],
			"application/jwk-set+json");
		const { keys } = answer.json();
		assert.deepEqual(keys.map(({ kty, crv, uses }) =>
			[kty, crv, uses[0]]),
		[["EC", "P-256", "passport"], ["OKP", "Ed25519", "capsule"]]);
		for (const jwk of keys) {
			assert.equal(jwk.iss, ISS);
			assert.match(jwk.kid, /^[0-9a-f]{16}$/);
			/* What WebCrypto accepts. */
			await crypto.subtle.importKey("jwk",
				{ kty: jwk.kty, crv: jwk.crv, x: jwk.x, y: jwk.y },
				jwk.crv === "P-256" ?
					{ name: "ECDSA", namedCurve: "P-256" } :
					{ name: "Ed25519" }, false, ["verify"]);
		}
	});

	test("/ says what this is", async () => {
		const answer = await get("/");
		assert.equal(answer.status, 200);
		assert.match(answer.headers["content-type"], /^text\/html/);
		assert.match(answer.text, /Maker Ltd/);
	});

	test("everything public may be read from anywhere", async () => {
		for (const path of ["/", "/healthz", `/v1/dpps/${idOf(SUB)}`,
			`/01/${GTIN}`, "/v1/nothing"])
			assert.equal((await get(path)).headers[
				"access-control-allow-origin"], "*");
	});

	test("HEAD has the length of GET, and no body", async () => {
		for (const path of [`/v1/dpps/${idOf(SUB)}`, "/healthz",
			`/dpp/01/${GTIN}`, "/01/09520123456788"]) {
			const full = await get(path);
			const head = await get(path, {}, "HEAD");
			assert.equal(head.status, full.status);
			assert.equal(head.body.length, 0);
			assert.equal(head.headers["content-length"],
				full.headers["content-length"]);
		}
	});

	test("the digest is that of the signed structure", async () => {
		/* Sig_structure: ["Signature1", protected, h'', payload]. */
		const { body } = await get(`/v1/dpps/${idOf(LOT)}`,
			{ Accept: COSE });
		const { digest } = await json(`/v1/dpps/${idOf(LOT)}`);
		const item = (at) => {
			const info = body[at] & 31, wide = { 24: 1, 25: 2, 26: 4 };
			const size = wide[info] ?? 0;
			const length = size ? body.readUIntBE(at + 1, size) : info;
			return at + 1 + size + length;
		};
		const p = 2, u = item(p), l = u + 1;
		assert.equal(body[u], 0xa0);
		const tbs = Buffer.concat([Buffer.from("\x84\x6aSignature1",
			"latin1"), body.subarray(p, u), Buffer.from([0x40]),
		body.subarray(l, item(l))]);
		assert.equal(createHash("sha256").update(tbs).digest("hex"),
			digest);
	});
});
