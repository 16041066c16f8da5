/*
 * Scanning: GS1-Conformant Resolver 1.2.1 as far as it is served now. The
 * cases of the shared data are replayed over HTTP, their records published as
 * signed passports first.
 */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import Ajv from "ajv";
import { ask, assertTrouble, GTIN, ISS, makeKey, mint, product, PUBLIC,
	publish, serve, SUB, writeTrust } from "./world.mjs";

const shared = process.env.CARNET_SHARED ?? "../shared";
const gs1 = (name) => `${shared}/data/gs1/${name}`;
const load = (name) => JSON.parse(readFileSync(gs1(name), "utf8"));

let key, trust, server;

before(async () => {
	key = makeKey();
	trust = writeTrust([{ iss: ISS, name: "Maker Ltd",
		subjects: ["https://id.gs1.org/01/09506"], keys: [{ key }] }]);
	server = await serve({ trust });
	await publish(server, mint({ key, product: product({ identity:
		{ links: [
			{ rel: "gs1:support", href: "https://t.example/help?a=1#top",
				title: "Help, and more" },
			{ rel: "instructions", href: "https://t.example/en",
				title: "Manual", type: "text/html",
				hreflang: ["en"] },
			{ rel: "instructions", href: "https://t.example/fr",
				title: "Notice", type: "text/html",
				hreflang: ["fr"] },
		] } }) }));
});
after(() => server.stop());

const scan = (path, headers = {}, method = "GET") =>
	ask(server, path, { headers, method });

describe("without a link type", () => {
	test("a scan ends at the passport's page, by 307", async () => {
		for (const [path, location] of [
			[`/01/${GTIN}`, `/dpp/01/${GTIN}`],
			[`/01/${GTIN}/`, `/dpp/01/${GTIN}/`],
			[`/01/${GTIN}/21/SN-0001`, `/dpp/01/${GTIN}/21/SN-0001`],
			[`/01/${GTIN}/10/A%2fB/21/x`,
				`/dpp/01/${GTIN}/10/A%2fB/21/x`],
			[`/01/${GTIN}?17=261231;3103=000189&flag`,
				`/dpp/01/${GTIN}?17=261231;3103=000189&flag`],
		]) {
			const answer = await scan(path);
			assert.equal(answer.status, 307, path);
			assert.equal(answer.headers.location, location);
			assert.equal(answer.body.length, 0);
			/* And there is the page. */
			const page = await scan(location, { Accept: "text/html" });
			assert.equal(page.status, 200, location);
			assert.match(page.headers["content-type"],
				/^text\/html/);
			assert.match(page.text, /Sensor S1/);
		}
	});

	test("HEAD is like GET, without a body", async () => {
		const get = await scan(`/01/${GTIN}`);
		const head = await scan(`/01/${GTIN}`, {}, "HEAD");
		delete get.headers.date;
		delete head.headers.date;
		assert.equal(head.status, 307);
		assert.deepEqual(head.headers, get.headers);
	});

	test("OPTIONS says what can be done", async () => {
		const answer = await scan(`/01/${GTIN}`, { Origin: "https://a.example",
			"Access-Control-Request-Method": "GET" }, "OPTIONS");
		assert.equal(answer.status, 204);
		assert.equal(answer.headers.allow, "GET, HEAD, OPTIONS");
		assert.equal(answer.headers["access-control-allow-origin"], "*");
		assert.equal(answer.headers["access-control-allow-methods"],
			"GET, HEAD, OPTIONS");
	});

	test("one Link line, the same on every answer of a scan", async () => {
		const redirect = await scan(`/01/${GTIN}/21/S1`);
		const linkset = await scan(`/01/${GTIN}/21/S1?linkType=linkset`);
		const lines = redirect.raw.filter((name) => name === "Link");
		assert.equal(lines.length, 1);
		assert.equal(redirect.headers.link, linkset.headers.link);
		assert.ok(redirect.headers.link.startsWith(
			`<${PUBLIC}/01/${GTIN}/21/S1?linkType=linkset>`));
		assert.match(redirect.headers.link,
			/rel="http:\/\/www.w3.org\/ns\/json-ld#context"/);
	});

	test("Host is not believed", async () => {
		const answer = await scan(`/01/${GTIN}`,
			{ Host: "evil.example" });
		assert.doesNotMatch(JSON.stringify(answer.headers), /evil/);
	});
});

describe("what is wrong", () => {
	test("is 400", async () => {
		for (const path of [`/01/${GTIN}/foo`, "/foo", "/01/",
			"/01/09506000134353", "/01/9506000134352",
			`/gtin/${GTIN}`, `/01/${GTIN}/21/S1/10/L1`,
			`/01/${GTIN}/21/`, `/01/${GTIN}/21/%00`,
			`/01/${GTIN}/21/a/21/b`, `/01/${GTIN}/21/${"x".repeat(21)}`,
			`/01/${GTIN}/21/%C3%A4`, `/01/${GTIN}/21/%zz`,
			"/01/09506000134352/../../etc/passwd",
			`/dpp/01/${GTIN}/foo`, "/v1/foo", "/01/0950600013435a"])
			assertTrouble(await scan(path), 400);
	});

	test("what is right but unknown is 404", async () => {
		assertTrouble(await scan("/01/09520123456788"), 404);
		assertTrouble(await scan("/dpp/01/09520123456788"), 404);
	});

	test("people get words, and nothing that was sent comes back as HTML",
		async () => {
			const answer = await scan(
				`/01/${GTIN}/21/<script>`,
				{ Accept: "text/html,*/*;q=0.8" });
			assert.equal(answer.status, 400);
			assert.match(answer.headers["content-type"],
				/^text\/html/);
			assert.doesNotMatch(answer.text, /<script>/);
		});

	test("other methods are 405", async () => {
		for (const method of ["POST", "PUT", "DELETE", "PATCH"]) {
			const answer = await ask(server, `/01/${GTIN}`,
				{ method, headers: { "Content-Length": 0 } });
			assert.equal(answer.status, 405, method);
			assert.equal(answer.headers.allow, "GET, HEAD, OPTIONS");
		}
	});

	test("odd headers harm nobody", async () => {
		for (const headers of [{ Accept: "undefined" }, { Accept: "" },
			{ "Accept-Language": "" }, { "Accept-Language": "*" },
			{ Accept: ",,;q=,/" }, { Accept: "*/*;q=zero" },
			{ "Accept-Language": "x".repeat(3000) }])
			assert.equal((await scan(`/01/${GTIN}`, headers)).status,
				307, JSON.stringify(headers));
	});
});

describe("with a link type", () => {
	test("the link, with the query before its fragment", async () => {
		const answer = await scan(`/01/${GTIN}/21/S1?linkType=gs1:support`);
		assert.equal(answer.status, 307);
		assert.equal(answer.headers.location,
			"https://t.example/help?a=1&linkType=gs1:support#top");
	});

	test("by language, or 300", async () => {
		const path = `/01/${GTIN}?linkType=gs1:instructions`;
		assert.match((await scan(path, { "Accept-Language": "fr-CH" }))
			.headers.location, /\/fr\?/);
		const open = await scan(path);
		assert.equal(open.status, 300);
		assert.deepEqual(open.json().choices.map(({ href }) => href),
			["https://t.example/en", "https://t.example/fr"]);
		const page = await scan(path, { Accept: "text/html" });
		assert.equal(page.status, 300);
		assert.match(page.text, /href="https:\/\/t.example\/fr"/);
	});

	test("404 for one that is not there", async () => {
		assertTrouble(await scan(`/01/${GTIN}?linkType=gs1:pip`), 404);
	});

	test("gs1:dpp is the passport", async () => {
		const answer = await scan(`/01/${GTIN}?linkType=gs1:dpp`);
		assert.equal(answer.headers.location,
			`/dpp/01/${GTIN}?linkType=gs1:dpp`);
		const data = await ask(server, answer.headers.location,
			{ headers: { Accept: "application/json" } });
		assert.equal(data.json().digitalProductPassportId, SUB);
	});
});

describe("the linkset", () => {
	test("by link type, by Accept, with context", async () => {
		for (const [query, Accept, type] of [
			["?linkType=linkset", "*/*", "application/linkset+json"],
			["?linkType=all", "*/*", "application/linkset+json"],
			["?linkType=linkset", "application/json", "application/json"],
			["?linkType=linkset", "application/ld+json",
				"application/ld+json"],
			["", "application/linkset+json",
				"application/linkset+json"],
			["", "application/ld+json", "application/ld+json"],
		]) {
			const answer = await scan(`/01/${GTIN}/21/S1${query}`,
				{ Accept });
			assert.equal(answer.status, 200, `${query} ${Accept}`);
			assert.equal(answer.headers["content-type"], type);
			const body = answer.json();
			assert.equal("@context" in body,
				type === "application/ld+json");
			assert.equal(body.linkset[0].anchor,
				`${PUBLIC}/01/${GTIN}`);
		}
		/* Where people are meant, a page. */
		assert.match((await scan(`/01/${GTIN}?linkType=linkset`,
			{ Accept: "text/html" })).headers["content-type"],
		/^text\/html/);
	});

	test("validates against GS1's schema", {
		skip: !existsSync(gs1("gs1-linkset-schema.json")) }, async () => {
		const schema = load("gs1-linkset-schema.json");
		delete schema["@id"];
		const ajv = new Ajv({ strict: false });
		const validate = ajv.compile(schema);
		const answer = await scan(`/01/${GTIN}?linkType=linkset`);
		assert.ok(validate(answer.json()),
			JSON.stringify(validate.errors));
	});
});

test("the description validates", {
	skip: !existsSync(gs1("description-file-schema.condensed.json")),
}, async () => {
	const schema = load("description-file-schema.condensed.json");
	const ajv = new Ajv({ strict: false, validateFormats: false });
	const answer = await scan("/.well-known/gs1resolver");
	assert.equal(answer.status, 200);
	assert.ok(ajv.validate(schema, answer.json()),
		JSON.stringify(ajv.errors));
	assert.equal(answer.json().resolverRoot, PUBLIC);
});

/* ---- the shared cases -------------------------------------------------------- */

const cases = existsSync(gs1("resolution_cases.json")) ?
	load("resolution_cases.json") : null;
/* Not served yet: the binary forms of EPCs. */
const later = /^\/e[hx]/;

describe("the cases of the shared data", { skip: !cases }, () => {
	let replay;

	before(async () => {
		replay = await serve({ trust });
		for (const [path, { itemDescription, links }] of
			Object.entries(cases?.records ?? {})) {
			const sub = `https://id.gs1.org${path}`;
			const list = Object.entries(links).flatMap(
				([rel, some]) => some.map((link) =>
					({ rel, ...link })));
			const answer = await publish(replay, mint({ key, sub,
				product: product({ identity: {
					model_type: itemDescription,
					links: list } }) }));
			assert.equal(answer.status, 201, answer.text);
		}
	});
	after(() => replay.stop());

	for (const one of cases?.cases ?? []) {
		test(one.id, { skip: later.test(one.target) }, async () => {
			const answer = await ask(replay, one.target,
				{ method: one.method, headers: {
					...(one.method === "POST" ?
						{ "Content-Length": 0 } : {}),
					...one.headers } });
			assert.equal(answer.status, one.status, answer.text);
			if (one.location)
				assert.equal(answer.headers.location,
					one.location);
			if (Array.isArray(one.expect)) {
				const anchors = answer.json().linkset.map(
					({ anchor }) => anchor);
				assert.deepEqual(anchors, one.expect.map(
					(tail) => `${PUBLIC}/01/${GTIN}${tail}`));
			}
		});
	}
});
