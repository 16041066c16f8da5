/* The proof in the page against bytes made by others. */
import assert from "node:assert/strict";
import { webcrypto } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { before, describe, test } from "node:test";
import { cbor, hex, makeCapsule, makeKey, makePassport, SUB, toDigits,
	URL_PRINTED } from "./make.mjs";

globalThis.crypto ??= webcrypto;
const page = new URL("../../templates/page/", import.meta.url);
const proof = await import(new URL("proof.mjs", page));
const { examine } = await import(new URL("examine.mjs", page));

const shared = (process.env.CARNET_SHARED ?? "../../../shared") + "/data/cose/";
const need = (path) => existsSync(shared + path) ? {} :
	{ skip: "no " + shared + path };
const load = (path) => JSON.parse(readFileSync(shared + path, "utf8"));
const bytes = (text) => new Uint8Array(Buffer.from(text, "hex"));
const malformed = { kind: "malformed" };

describe("CBOR", () => {
	test("deterministic items", need("cbor"), () => {
		const own = load("cbor/deterministic_own.json");
		for (const { hex: item, why } of own.bad)
			assert.throws(() => proof.decode(bytes(item)), malformed,
				`${item}: ${why}`);
		for (const item of own.good)
			proof.decode(bytes(item.hex ?? item));
	});

	test("what is not well-formed", need("cbor"), () => {
		const file = "cbor/rfc8949_appendix_f_not_well_formed_even.json";
		for (const { hex: item } of load(file).items)
			assert.throws(() => proof.decode(bytes(item)), malformed,
				item);
	});

	test("the examples of RFC 8949, deterministic ones alone",
		need("cbor"), () => {
		for (const { hex: item, roundtrip } of
			load("cbor/appendix_a_even.json")) {
			const read = () => proof.decode(bytes(item));
			if (roundtrip)
				read();
			else
				assert.throws(read, malformed, item);
		}
	});

	test("values are those of another decoder", () => {
		const value = new Map([[1, "ä"], [2, [0, 23, 24, 255, 256, 65535,
			65536, 4294967296, -1, -25, -4294967297]],
			[3, new Uint8Array([0, 255])], [4, new Map([["a", true],
			["b", false]])], [-1, 1.5], [-2, 3.4028234663852886e+38],
			[-3, 1.1]]);
		assert.deepEqual(proof.decode(cbor(value)), value);
		assert.equal(proof.decode(bytes("1bffffffffffffffff")),
			18446744073709551615n);
		assert.equal(proof.decode(bytes("3bffffffffffffffff")),
			-18446744073709551616n);
	});

	test("sixteen deep and no deeper", () => {
		proof.decode(bytes("81".repeat(16) + "00"));
		proof.decode(bytes("81".repeat(15) + "80"));
		assert.throws(() => proof.decode(bytes("81".repeat(16) + "80")),
			malformed);
	});

	test("hostile lengths cost nothing", () => {
		for (const item of ["9a10000000", "ba10000000", "5a7fffffff",
			"9bffffffffffffffff", "81".repeat(40) + "00",
			"bb7fffffffffffffff"])
			assert.throws(() => proof.decode(bytes(item)), malformed);
	});
});

describe("digits of a label", () => {
	test("vectors", need("text/base10.json"), () => {
		const { valid, ...others } = load("text/base10.json");
		for (const { bytes: item, digits } of valid)
			assert.equal(hex(proof.readDigits(digits)), item);
		for (const item of others.invalid)
			assert.throws(() => proof.readDigits(item.digits),
				malformed, JSON.stringify(item));
	});

	test("every length has its own count of digits", () => {
		for (let n = 1; n <= 512; n++) {
			const item = new Uint8Array(n).fill(255);
			assert.deepEqual(proof.readDigits(toDigits(item)), item);
			const digits = toDigits(item).length;
			if (Math.ceil(8 * (n + 1) * Math.log10(2)) !== digits + 1)
				assert.throws(() => proof.readDigits(
					"0".repeat(digits + 1)), malformed);
		}
	});

	test("other characters", () => {
		for (const text of ["", "12a", "１２３", " 255", "-55", "2.5",
			"0x0", "256", "999"])
			assert.throws(() => proof.readDigits(text), malformed);
	});
});

test("which passport speaks for which identifier", () => {
	const gtin = "/01/09506000134352", host = "https://id.gs1.org";
	const yes = [[gtin, gtin], [gtin, gtin + "/21/SN-1"],
		[gtin + "/10/L7", gtin + "/10/L7/21/SN-1"],
		[gtin + "/22/A/10/L7", gtin + "/22/A/10/L7/21/S"],
		[gtin + "/22/A", gtin + "/22/A/10/L7"],
		[gtin + "/21/S", gtin + "/10/L7/21/S"],
		[gtin + "/10/a%2Fb", gtin + "/10/a%2fb"],
		[gtin, gtin + "/"], [gtin + "/22/A/21/S", gtin + "/22/A/21/S"]];
	const no = [["/01/09506000134369", gtin], [gtin + "/21/SN-1", gtin],
		[gtin + "/10/L8", gtin + "/10/L7/21/S"],
		[gtin + "/22/A/21/S", gtin + "/22/A/10/L7/21/S"],
		[gtin + "/10/L7", gtin + "/21/L7"], ["", gtin], [gtin, "/"],
		[gtin + "/10/%", gtin + "/10/%"], [gtin.slice(0, -1), gtin]];
	for (const [sub, path] of yes)
		assert.ok(proof.speaksFor(host + sub, path), sub + " " + path);
	for (const [sub, path] of no)
		assert.ok(!proof.speaksFor(host + sub, path), sub + " " + path);
	assert.ok(!proof.speaksFor("https://evil.example" + gtin, gtin));
	assert.ok(!proof.speaksFor(host + ".evil.example" + gtin, gtin));
});

/* ---- whole ways -------------------------------------------------------------- */

let maker, line, thief, first, second, label, site;
const CHOICES = { cra_class: ["default", "important_class_I"],
	ai_status: ["not_ai_system", "prohibited", "high_risk_annex_i_a"],
	procedure: ["cra_art_32_1", "cra_art_32_2"] };

before(async () => {
	maker = await makeKey();
	line = await makeKey({ uses: ["capsule"] });
	thief = await makeKey({ iss: "https://thief.example", name: "Thief" });
	first = await makePassport(maker);
	second = await makePassport(maker, { version: 2,
		supersedes: first.digest, iat: 1790000000,
		fields: new Map([[21, new Map([[1, "important_class_I"]])],
			[94, [new Map([[1, "run-1"], [2, "2028-01-01"],
				[4, "2035-06"]]), new Map([[1, "run-2"],
				[2, "2029-01-01"], [4, "2033-12"]])]]]) });
	label = await makeCapsule(line, first);
	site = { keys: [maker, line, thief].map((key) => key.jwk),
		current: second, all: [first, second] };
});

const VERSIONS = "/v1/dpps/x/versions";

/* The site as the page's script meets it; `asked` holds what was fetched. */
function fetcher({ keys, current, all }, asked = []) {
	return async (url, options) => {
		asked.push(url);
		const found = url === "/dpp/x" ? current : all.find((one) =>
			url === `${VERSIONS}/${hex(one.digest)}`);
		if (url === "/v1/issuers")
			return Response.json({ keys });
		assert.equal(options.headers.Accept,
			"application/vnd.carnet+cose");
		return found ? new Response(found.bytes) :
			new Response("", { status: 404 });
	};
}

function look(change = {}) {
	const parts = { ...site, ...change };
	return examine({ publicUrl: "https://id.maker.example",
		path: "/01/09506000134352/21/SN-1", query: "",
		fragment: toDigits(label.bytes), issuers: "/v1/issuers",
		levels: [{ url: "/dpp/x", versions: VERSIONS, version: 2,
			digest: hex((change.current ?? second).digest) }],
		choices: CHOICES, now: 1800000000, fetch: fetcher(parts),
		...change.env });
}

const keysOf = (result) => result.lines.map((entry) => entry.key);
const saw = (result, state, key) => {
	assert.equal(result.state, state, JSON.stringify(result.lines));
	assert.ok(keysOf(result).includes(key), JSON.stringify(result.lines));
};

describe("good", () => {
	test("label of version 1, passport at version 2", async () => {
		const result = await look();
		saw(result, "good", "label_older");
		assert.deepEqual(keysOf(result), ["signed", "label_signed",
			"label_older"]);
		assert.equal(result.lines[0].values.issuer, "Maker Ltd");
		assert.deepEqual(result.beside, [
			{ what: "support_end", factory: "2033-12",
				now: "2035-06", same: false },
			{ what: "cra_class", factory: "default",
				now: "important_class_I", same: false },
			{ what: "ai_status", factory: "not_ai_system",
				now: "not_ai_system", same: true },
			{ what: "procedure", factory: null, now: null,
				same: true }]);
	});

	test("the procedure that the verdict names", async () => {
		const verdict = (value) => new Map([[39, new Map([[1, "1"],
			[2, "2026-11-22"], [3, [new Map([[1, "cra_class"],
				[2, ["default"]]]), new Map([
				[1, "cra_cybersecurity_procedure"], [2, value]])]]])]]);
		const one = await makePassport(maker,
			{ fields: verdict(["cra_art_32_1"]) });
		const capsule = await makeCapsule(line, one, { procedure: 1 });
		const { beside } = await look({ current: one, all: [one],
			env: { fragment: toDigits(capsule.bytes) } });
		assert.deepEqual(beside[3], { what: "procedure",
			factory: "cra_art_32_1", now: "cra_art_32_1", same: true });
	});

	test("levels: the label may name a version of any of them",
		async () => {
		const batch = await makePassport(maker, { sub: SUB + "/10/L7",
			iat: 1791000000 });
		const path = "/01/09506000134352/10/L7/21/SN-1";
		const capsule = await makeCapsule(line, first,
			{ url: "https://id.maker.example" + path });
		const result = await look({ all: [first, second, batch], env: {
			path, fragment: toDigits(capsule.bytes), levels: [
				{ url: `${VERSIONS}/${hex(batch.digest)}`,
					versions: "/v1/dpps/none/versions",
					digest: hex(batch.digest), version: 1 },
				{ url: "/dpp/x", versions: VERSIONS,
					digest: hex(second.digest), version: 2 }] } });
		saw(result, "good", "label_older");
		assert.deepEqual(keysOf(result), ["signed", "signed",
			"label_signed", "label_older"]);
		/* The batch states runs of its own, and it is nearer. */
		assert.equal(result.beside[0].now, "2033-12");
	});

	test("without a label nothing is said about one", async () => {
		saw(await look({ env: { fragment: "" } }), "good", "no_label");
		saw(await look({ env: { fragment: "x" } }), "good", "no_label");
	});

	test("a label of the current version", async () => {
		const capsule = await makeCapsule(line, second, { version: 2 });
		saw(await look({ env: { fragment: toDigits(capsule.bytes) } }),
			"good", "label_current");
	});

	test("Ed25519, where the platform has it", async () => {
		const ed = await makeKey({}, "Ed25519");
		const one = await makePassport(ed);
		saw(await look({ keys: [ed.jwk], current: one, all: [one],
			env: { fragment: "" } }), "good", "signed");
	});

	test("a query is part of the printed address", async () => {
		const capsule = await makeCapsule(line, first,
			{ url: URL_PRINTED + "?17=331231" });
		const env = { fragment: toDigits(capsule.bytes),
			query: "?17=331231" };
		saw(await look({ env }), "good", "label_signed");
		saw(await look({ env: { ...env, query: "" } }), "bad",
			"label_address");
	});
});

describe("bad", () => {
	test("every single bit of the signed bytes counts", async () => {
		const { bytes: good } = first;
		for (let bit = 0; bit < good.length * 8; bit++) {
			const flipped = Uint8Array.from(good);
			flipped[bit >> 3] ^= 1 << (bit & 7);
			const result = await look({ current: { ...first,
				bytes: flipped }, env: { fragment: "" } });
			assert.ok(["bad", "open"].includes(result.state), `bit ${bit}`);
			assert.ok(!keysOf(result).includes("signed"), `bit ${bit}`);
		}
	});

	test("every single bit of a label counts", async () => {
		for (let bit = 0; bit < label.bytes.length * 8; bit++) {
			const flipped = Uint8Array.from(label.bytes);
			flipped[bit >> 3] ^= 1 << (bit & 7);
			const result = await look({ env: {
				fragment: toDigits(flipped) } });
			assert.ok(["bad", "open"].includes(result.state), `bit ${bit}`);
			assert.ok(!keysOf(result).includes("label_signed"),
				`bit ${bit}`);
		}
	});

	test("another address, serial number or host", async () => {
		for (const env of [{ path: "/01/09506000134352/21/SN-2" },
			{ publicUrl: "https://id.other.example" },
			{ path: "/01/09506000134352" }])
			saw(await look({ env }), "bad", "label_address");
	});

	test("a passport of another product", async () => {
		const other = await makePassport(maker,
			{ sub: "https://id.gs1.org/01/09506000134369" });
		saw(await look({ current: other }), "bad", "other_product");
	});

	test("a product that the issuer may not speak for", async () => {
		const { x, y, ...rest } = maker.jwk;
		const narrow = { x, y, ...rest, subjects: [SUB + "/10/"] };
		saw(await look({ keys: [narrow, line.jwk] }), "bad", "outside");
	});

	test("a passport of another maker behind our label", async () => {
		const theirs = await makePassport(thief,
			{ iss: "https://thief.example" });
		saw(await look({ current: theirs, all: [theirs] }), "bad",
			"label_issuer");
	});

	test("an unknown key, a line key, a revoked key, a late key",
		async () => {
		const key = { ...maker.jwk };
		saw(await look({ keys: [line.jwk] }), "bad", "unknown_key");
		saw(await look({ keys: [{ ...key, uses: ["capsule"] }] }), "bad",
			"wrong_use");
		saw(await look({ keys: [{ ...key, revoked: "2027-01-01" }] }),
			"bad", "revoked");
		saw(await look({ keys: [{ ...key, until: "2026-01-02" }] }),
			"bad", "key_period");
		saw(await look({ keys: [maker.jwk] }), "bad", "label_key");
		saw(await look({ keys: [maker.jwk,
			{ ...line.jwk, uses: ["passport"] }] }), "bad", "wrong_use");
	});

	test("a passport key prints no label", async () => {
		const capsule = await makeCapsule(maker, first);
		saw(await look({ env: { fragment: toDigits(capsule.bytes) } }),
			"bad", "wrong_use");
	});

	test("signed in the future", async () => {
		saw(await look({ env: { now: 1700000000 } }), "bad", "future");
	});

	test("a label whose version stands in no history", async () => {
		saw(await look({ all: [second] }), "bad", "label_history");
		const capsule = await makeCapsule(line, first, { version: 3 });
		saw(await look({ env: { fragment: toDigits(capsule.bytes) } }),
			"bad", "label_history");
	});

	test("a site that shows an older version than the label", async () => {
		const capsule = await makeCapsule(line, second, { version: 2 });
		saw(await look({ current: first, env: {
			fragment: toDigits(capsule.bytes) } }), "bad", "rolled_back");
	});

	test("digits that are no label", async () => {
		saw(await look({ env: { fragment: "1".repeat(400) } }), "bad",
			"label_unreadable");
		saw(await look({ env: { fragment: "12x" } }), "bad",
			"label_unreadable");
	});

	test("headers and claims of something else", async () => {
		for (const headers of [new Map([[2, [1]]]), new Map([[5, 1]]),
			new Map([[3, "text/plain"]]), new Map([[170, -16]]),
			new Map([[15, new Map([[1, "https://maker.example"],
				[2, SUB], [6, 1780000000], [4, 1]])]])]) {
			const one = await makePassport(maker, { headers });
			saw(await look({ current: one }), "bad", "malformed");
		}
		const one = await makePassport(maker, { fields: new Map([[1,
			"https://id.gs1.org/01/09506000134369"]]) });
		saw(await look({ current: one }), "bad", "malformed");
	});
});

describe("not checked", () => {
	test("an algorithm that is not known", async () => {
		const one = await makePassport(maker,
			{ headers: new Map([[1, -35]]) });
		saw(await look({ current: one }), "open", "unsupported");
	});

	test("no network, no keys, errors of the server", async () => {
		const gone = async () => {
			throw new TypeError("network");
		};
		const broken = async () => new Response("", { status: 503 });
		const empty = async () => Response.json({});
		saw(await look({ env: { fetch: gone } }), "open", "no_network");
		saw(await look({ env: { fetch: broken } }), "open", "no_answer");
		saw(await look({ env: { fetch: empty } }), "open", "no_keys");
	});

	test("the page shows another version than the bytes", async () => {
		saw(await look({ env: { levels: [{ url: "/dpp/x", version: 1,
			versions: VERSIONS, digest: hex(first.digest) }] } }),
			"warn", "page_differs");
	});
});

test("the fragment is sent nowhere", async () => {
	const asked = [];
	await look({ env: { fetch: fetcher(site, asked) } });
	const digits = toDigits(label.bytes);
	assert.ok(asked.length >= 3);
	assert.ok(asked.every((url) => !url.includes(digits.slice(0, 12))));
});
