/*
 * The buyer's way in a real browser: a label is scanned, the page proves itself,
 * the product gets a patch, and whatever is tampered with is told.
 */
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { ITEM, missing, proofOf, shots, World } from "./world.mjs";

let world, digits;

before(async () => {
	if (missing)
		return;
	world = await World.open();
	await world.publish();
	digits = await world.printLabel();
	mkdirSync(shots, { recursive: true });
});

after(() => world?.close());

/* On a telephone and on a desk, by day and by night. */
async function picture(name, fragment, options = {}) {
	for (const width of [360, 1280]) {
		for (const colorScheme of ["light", "dark"]) {
			const page = await world.scan(fragment, { colorScheme,
				viewport: { width, height: 800 }, ...options });
			const wide = await page.evaluate(() =>
				document.documentElement.scrollWidth > innerWidth);
			assert.ok(!wide, `${name}: wider than ${width} pixels`);
			await page.screenshot({ fullPage: true,
				path: join(shots, `${name}-${width}-${colorScheme}.png`) });
			await page.context().close();
		}
	}
}

async function expectProof(page, state, ...words) {
	const proof = await proofOf(page);
	assert.equal(proof.state, state, proof.text);
	for (const word of words)
		assert.match(proof.text, word);
	return proof;
}

/* Changes one bit in the answers that hold signed bytes; at: 0 to 1. */
const flipBit = (where, at = 1) => async (route) => {
	const { accept } = route.request().headers();
	if (!route.request().url().includes(where) ||
		accept !== "application/vnd.carnet+cose")
		return route.continue();
	const answer = await route.fetch();
	const body = await answer.body();
	body[Math.floor(at * (body.length - 1))] ^= 1;
	return route.fulfill({ response: answer, body });
};

describe("a fresh label", { skip: missing }, () => {
	test("the camera's address leads to a page that proves itself",
		async () => {
		const page = await world.scan(digits);
		assert.equal(new URL(page.url()).pathname, "/dpp" + ITEM);
		assert.equal(new URL(page.url()).hash, "#" + digits);
		assert.match(await page.innerText("h1"), /Room Sensor RS-1/);
		assert.match(await page.innerText(".state h2"),
			/^Security updates until January 2034$/);
		assert.match(await page.innerText(".cover"),
			/Serial number SN-0001/);
		await expectProof(page, "good", /Passport and label checked/,
			/version 1 was signed on .* by .*, as named by this site/,
			/signed on .* for exactly this address/,
			/names version 1 of this passport, the one shown here/,
			/What the label says is what the passport says today/,
			/A label can be copied/);
		assert.deepEqual(page.faults, []);
		await page.context().close();
	});

	test("without a script the page is complete and says: not checked",
		async () => {
		const page = await world.scan(digits,
			{ javaScriptEnabled: false });
		assert.match(await page.innerText("#proof"), /^Not checked/);
		assert.match(await page.innerText(".state h2"),
			/Security updates until/);
		for (const title of ["Last security update", "Conformity",
			"Artificial intelligence", "Found a security flaw?"])
			assert.ok(await page.isVisible(`text=${title}`), title);
		await page.click("summary >> text=Security and support");
		assert.ok(await page.isVisible("text=https://maker.example/" +
			"security/policy"));
		await page.context().close();
	});

	test("without a label nothing is claimed about one", async () => {
		const page = await world.scan("");
		const { text } = await expectProof(page, "good",
			/anybody can type an address/);
		assert.doesNotMatch(text, /label checked/);
		await page.context().close();
	});

	test("what is not public is nowhere", async () => {
		const page = await world.scan(digits);
		const html = await page.content();
		for (const sealed of ["PLANT-1", "docs.maker.example",
			"Comparable sensors"])
			assert.ok(!html.includes(sealed), sealed);
		await page.context().close();
	});

	test("pictures", () => picture("first", digits));
});

describe("after a patch", { skip: missing }, () => {
	before(() => world.publish((product) => {
		product.identity.software_versions[0].version = "1.0.1";
		product.support.runs[0].support_end = "2035-06";
		(product.support.security_updates ??= []).push({
			version: "1.0.1", issued: "2026-11-20",
			fixes: ["CVE-2026-0001 (the password could be guessed)"],
			severity: "high" });
	}));

	test("the old label shows the new version and names the difference",
		async () => {
		const page = await world.scan(digits);
		await expectProof(page, "good", /version 2 was signed/,
			/names version 1 .* in its history.* now at version 2/,
			new RegExp("Security updates until: the label says " +
				"“January 2034”, the passport now says “June 2035”"));
		assert.match(await page.innerText(".facts"),
			/Version 1\.0\.1[\s\S]*CVE-2026-0001/);
		const history = await page.innerText(".versions");
		assert.match(history, /Version 2[\s\S]*Version 1/);
		assert.match(history, /1\.0\.1/);
		assert.deepEqual(page.faults, []);
		await page.context().close();
	});

	test("pictures", () => picture("patched", digits));
});

describe("tampering", { skip: missing }, () => {
	test("one bit of the signed bytes", async () => {
		for (const at of [0, 0.1, 0.3, 0.5, 0.7, 0.9]) {
			const page = await world.scan(digits,
				{ tamper: flipBit("/dpp/", at) });
			const { text } = await expectProof(page, "bad",
				/do not rely on this page/);
			assert.doesNotMatch(text, /checked the signature/);
			await page.context().close();
		}
	});

	test("one bit of the signature", async () => {
		const page = await world.scan(digits, { tamper: flipBit("/dpp/") });
		await expectProof(page, "bad", /The signature does not match/);
		await page.context().close();
	});

	test("one bit of the version that the label names", async () => {
		const page = await world.scan(digits,
			{ tamper: flipBit("/versions/") });
		await expectProof(page, "bad", /do not rely on this page/);
		await page.context().close();
	});

	test("a label moved to another serial number", async () => {
		const page = await world.scan(digits,
			{ path: ITEM.replace("SN-0001", "SN-0002") });
		await expectProof(page, "bad", /printed for another address/);
		await page.context().close();
	});

	test("a label with a digit changed", async () => {
		const other = (Number(digits[40]) + 1) % 10;
		const page = await world.scan(digits.slice(0, 40) + other +
			digits.slice(41));
		await expectProof(page, "bad", /label/);
		await page.context().close();
	});

	test("keys that cannot be fetched", async () => {
		const page = await world.scan(digits, { tamper: (route) =>
			route.request().url().endsWith("/v1/issuers") ?
				route.abort() : route.continue() });
		await expectProof(page, "open", /^Not checked/);
		await page.context().close();
	});

	test("a script that cannot be fetched", async () => {
		const page = await world.scan(digits, { checks: false,
			tamper: (route) =>
				route.request().url().includes("/assets/proof.") ?
					route.abort() : route.continue() });
		const { state, text } = await proofOf(page);
		assert.equal(state, null);
		assert.match(text, /^Not checked/);
		await page.context().close();
	});

	test("a script that is not the one that the page names", async () => {
		const page = await world.scan(digits, { checks: false,
			tamper: async (route) => {
				if (!route.request().url().includes("/assets/proof."))
					return route.continue();
				const answer = await route.fetch();
				return route.fulfill({ response: answer,
					body: await answer.text() + "\n" });
			} });
		assert.equal((await proofOf(page)).state, null);
		await page.context().close();
	});

	test("pictures", () => picture("tampered", digits,
		{ tamper: flipBit("/dpp/") }));
});

describe("a batch with a passport of its own", { skip: missing }, () => {
	test("the page merges the levels and checks each", async () => {
		await world.publishBatch("L7", { markets: { safety_warnings:
			[{ en: "Lot L7: keep it dry." }] } });
		const path = ITEM.replace("/21/", "/10/L7/21/");
		const label = await world.printLabel(path);
		let page = await world.scan(label, { path });
		assert.match(await page.innerText("h1"), /Room Sensor RS-1/);
		assert.match(await page.innerText(".cover"), /Lot L7/);
		assert.match(await page.innerText(".todo"), /keep it dry/);
		await expectProof(page, "good",
			/version 1 was signed[\s\S]*version 2 was signed/,
			/names version 2 of this passport, the one shown here/);
		/* The label's version is looked for in the batch's history first. */
		assert.deepEqual(page.faults.filter((fault) =>
			!fault.includes("status of 404")), []);
		await page.context().close();
		page = await world.scan(digits);
		assert.doesNotMatch(await page.content(), /keep it dry/);
		await page.context().close();
	});
});

describe("recall and end", { skip: missing }, () => {
	test("a recall that names lots asks to look, one that names the unit " +
		"tells it", async () => {
		await world.publish((product) => {
			product.identity.passport_status = "recalled";
			product.markets = { ...product.markets, recalls: [{
				date: "2026-11-21", remedy: { en: "Unplug the sensor." },
				lots: ["L7"] }] };
		});
		let page = await world.scan(digits);
		assert.match(await page.innerText(".state h2"),
			/look at the lot number/);
		await page.context().close();
		await world.publish((product) => {
			product.markets.recalls[0].serials =
				[{ from: "SN-0001", to: "SN-0100" }];
		});
		page = await world.scan(digits);
		assert.match(await page.innerText(".state h2"),
			/your unit is concerned/);
		assert.match(await page.innerText(".todo"), /Unplug the sensor/);
		await expectProof(page, "good", /now at version 4/);
		await page.context().close();
		page = await world.scan("", { path: ITEM.replace("SN-0001", "SN-0500") });
		assert.doesNotMatch(await page.innerText(".state h2"),
			/your unit is concerned/);
		await page.context().close();
	});

	test("pictures", () => picture("recalled", digits));
});
