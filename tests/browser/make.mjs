/*
 * Passports, capsules and labels made without any of our own code: cbor2 writes
 * the bytes, the platform's WebCrypto signs them. What the format says is said
 * here a second time, so that a shared misunderstanding has no place to hide.
 */
import { webcrypto } from "node:crypto";
import { encode, Tag } from "cbor2";

const { subtle } = webcrypto;
const cde = { cde: true };

export const cbor = (value) => encode(value, cde);
export const hex = (bytes) => Buffer.from(bytes).toString("hex");

async function sha256(bytes) {
	return new Uint8Array(await subtle.digest("SHA-256", bytes));
}

/* RFC 9679: SHA-256 over the deterministic COSE_Key of the public part. */
export async function keyId(jwk) {
	const b64 = (text) => new Uint8Array(Buffer.from(text, "base64url"));
	const key = jwk.kty === "EC" ? new Map([[1, 2], [-1, 1],
		[-2, b64(jwk.x)], [-3, b64(jwk.y)]]) :
		new Map([[1, 1], [-1, 6], [-2, b64(jwk.x)]]);
	return (await sha256(cbor(key))).slice(0, 8);
}

/* A key pair with its entry in the key set of an issuer. */
export async function makeKey(entry, alg = "ESP256") {
	const name = alg === "ESP256" ?
		{ name: "ECDSA", namedCurve: "P-256" } : { name: "Ed25519" };
	const pair = await subtle.generateKey(name, true, ["sign", "verify"]);
	const { kty, crv, x, y } =
		await subtle.exportKey("jwk", pair.publicKey);
	const kid = await keyId({ kty, x, y });
	return { alg: alg === "ESP256" ? -9 : -19, kid, secret: pair.privateKey,
		jwk: { kty, crv, x, y, kid: hex(kid), iss: "https://maker.example",
			name: "Maker Ltd", subjects: ["https://id.gs1.org/01/09506000"],
			uses: ["passport"], from: "2026-01-01", until: "2029-01-01",
			...entry } };
}

async function sign1(key, protectedMap, payload, aad = new Uint8Array()) {
	const headers = cbor(protectedMap);
	const toSign = cbor(["Signature1", headers, aad, payload]);
	const signature = new Uint8Array(await subtle.sign(key.alg === -9 ?
		{ name: "ECDSA", hash: "SHA-256" } : { name: "Ed25519" },
		key.secret, toSign));
	return { bytes: cbor(new Tag(18, [headers, new Map(), payload,
		signature])), digest: await sha256(toSign) };
}

export const SUB = "https://id.gs1.org/01/09506000134352";

/* fields: a Map of payload keys that are added or replaced. */
export async function makePassport(key, { sub = SUB, version = 1,
	supersedes, iat = 1780000000, iss = "https://maker.example",
	fields = new Map(), headers = new Map() } = {}) {
	const about = new Map([[1, version]]);
	if (supersedes)
		about.set(2, supersedes);
	const payload = new Map([[1, sub], [2, about], [3, "active"],
		[6, "Lamp One"], [21, new Map([[1, "default"]])],
		[94, [new Map([[1, "run-1"], [2, "2028-01-01"],
			[3, "2028-12-31"], [4, "2033-12"]])]], ...fields]);
	const head = new Map([[1, key.alg],
		[3, "application/vnd.carnet.passport+cbor"], [4, key.kid],
		[15, new Map([[1, iss], [2, sub], [6, iat]])],
		[16, "application/vnd.carnet+cose"], ...headers]);
	return sign1(key, head, cbor(payload));
}

export const URL_PRINTED = "https://id.maker.example/01/09506000134352/21/SN-1";

export async function makeCapsule(key, passport, { url = URL_PRINTED,
	iat = 1780000100, version = 1, supportEnd = 33 * 12 + 11, craClass = 1,
	aiStatus = 1, procedure = 0 } = {}) {
	const payload = new Map([[1, iat], [2, version], [3, passport.digest],
		[4, supportEnd], [5, craClass], [6, aiStatus], [7, procedure]]);
	const aad = new TextEncoder().encode("carnet-capsule-v1\0" + url);
	return sign1(key, new Map([[1, key.alg], [4, key.kid]]), cbor(payload),
		aad);
}

/* The digits of a label: one big-endian integer in decimal, zero-padded. */
export function toDigits(bytes) {
	const length = Math.ceil(8 * bytes.length * Math.log10(2));
	return BigInt("0x" + hex(bytes)).toString().padStart(length, "0");
}
