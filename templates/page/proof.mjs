/*
 * The bytes of a proof: strict CBOR, COSE_Sign1, passport, capsule, the digits
 * of a label, and which passport speaks for which identifier. Pure functions
 * without dependencies, for browsers and for node; they throw Fault.
 *
 * What is strict here is strict in docs/format.md: a reader refuses what the
 * signer would never write.
 */

const PASSPORT_LIMIT = 1 << 20, CAPSULE_LIMIT = 512, DEPTH = 16;

/* kind: "malformed", "unsupported" or "bad_signature". */
export class Fault extends Error {
	constructor(kind, text) {
		super(text);
		this.kind = kind;
	}
}

const malformed = (text) => new Fault("malformed", text);

function demand(condition, text) {
	if (!condition)
		throw malformed(text);
}

const isBytes = (x) => x instanceof Uint8Array;

/* ---- bytes -------------------------------------------------------------- */

export const hex = (bytes) =>
	Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");

export const utf8 = (string) => new TextEncoder().encode(string);

export function join(...parts) {
	const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
	let at = 0;
	for (const part of parts) {
		out.set(part, at);
		at += part.length;
	}
	return out;
}

/* Bytewise order; the shorter first where one is a prefix of the other. */
function compare(a, b) {
	const n = Math.min(a.length, b.length);
	for (let i = 0; i < n; i++)
		if (a[i] !== b[i])
			return a[i] - b[i];
	return a.length - b.length;
}

async function sha256(bytes) {
	return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

/* ---- CBOR: RFC 8949 section 4.2.1, and nothing else --------------------- */

const SMALLEST = [0n, 24n, 256n, 65536n, 4294967296n];

export class Tag {
	constructor(number, value) {
		this.number = number;
		this.value = value;
	}
}

/* Is the number one that a half-precision float holds? */
function fitsHalf(x) {
	if (!Number.isFinite(x) || x === 0)
		return true;
	const size = Math.abs(x);
	if (size >= 65520)
		return false;
	const step = 2 ** Math.max(Math.floor(Math.log2(size)) - 10, -24);
	return size % step === 0;
}

class Reader {
	constructor(bytes) {
		this.bytes = bytes;
		this.view = new DataView(bytes.buffer, bytes.byteOffset,
			bytes.length);
		this.at = 0;
	}

	take(n) {
		demand(n <= this.bytes.length - this.at, "it ends too early");
		this.at += n;
		return this.bytes.subarray(this.at - n, this.at);
	}

	/* The argument of a head, in its shortest form. */
	argument(info) {
		if (info < 24)
			return info;
		demand(info < 28, "an indefinite or reserved length");
		let value = 0n;
		for (const byte of this.take(1 << (info - 24)))
			value = value << 8n | BigInt(byte);
		demand(value >= SMALLEST[info - 23], "a head that is too long");
		return value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
	}

	count(info, each) {
		const n = this.argument(info);
		demand(typeof n === "number" &&
			n * each <= this.bytes.length - this.at,
			"it ends too early");
		return n;
	}

	float(info) {
		const at = this.at, size = 1 << (info - 24);
		this.take(size);
		if (size === 2) {
			const bits = this.view.getUint16(at);
			const fraction = bits & 1023, power = bits >> 10 & 31;
			const sign = bits >> 15 ? -1 : 1;
			demand(power < 31 || fraction === 0 || bits === 0x7e00,
				"a NaN that is not the shortest");
			if (power === 31)
				return fraction ? NaN : sign * Infinity;
			return sign * (power ? (1024 + fraction) * 2 **
				(power - 25) : fraction * 2 ** -24);
		}
		const x = size === 4 ? this.view.getFloat32(at) :
			this.view.getFloat64(at);
		demand(!Number.isNaN(x) && !fitsHalf(x) &&
			(size === 4 || Math.fround(x) !== x),
			"a number that is too long");
		return x;
	}

	simple(info) {
		if (info >= 25 && info <= 27)
			return this.float(info);
		if (info === 24)
			demand(this.take(1)[0] >= 32, "a head that is too long");
		else
			demand(info < 24, "an indefinite or reserved length");
		return { 20: false, 21: true, 22: null }[info];
	}

	string(info) {
		const bytes = this.take(this.count(info, 1));
		try {
			demand(!bytes.includes(0), "text with NUL");
			return new TextDecoder("utf-8",
				{ fatal: true, ignoreBOM: true }).decode(bytes);
		} catch {
			throw malformed("text that is not UTF-8");
		}
	}

	map(info, depth) {
		const map = new Map();
		let before = null;
		for (let n = this.count(info, 2); n > 0; n--) {
			const start = this.at, key = this.item(depth);
			const encoded = this.bytes.subarray(start, this.at);
			demand(!before || compare(before, encoded) < 0,
				"keys out of order or twice");
			before = encoded;
			map.set(key, this.item(depth));
		}
		return map;
	}

	/* A bignum (tags 2 and 3) is one that no integer could hold. */
	tag(number, depth) {
		const value = this.item(depth);
		demand((number !== 2 && number !== 3) || (isBytes(value) &&
			value.length > 8 && value[0] !== 0),
			"a number that is too long");
		return new Tag(number, value);
	}

	item(depth) {
		const first = this.take(1)[0], info = first & 31;
		const major = first >> 5;
		demand(depth < DEPTH || major < 4 || major === 7,
			"nested too deeply");
		switch (major) {
		case 0:
			return this.argument(info);
		case 1: {
			const n = this.argument(info);
			return typeof n === "bigint" ? -1n - n : -1 - n;
		}
		case 2:
			return this.take(this.count(info, 1));
		case 3:
			return this.string(info);
		case 4:
			return Array.from({ length: this.count(info, 1) },
				() => this.item(depth + 1));
		case 5:
			return this.map(info, depth + 1);
		case 6:
			return this.tag(this.argument(info), depth + 1);
		default:
			return this.simple(info);
		}
	}
}

/* One item and nothing behind it. Maps become Map, byte strings Uint8Array. */
export function decode(bytes) {
	const reader = new Reader(bytes);
	const item = reader.item(0);
	demand(reader.at === bytes.length, "something stands behind it");
	return item;
}

/* A head with its shortest argument. */
function head(major, n) {
	if (n < 24)
		return Uint8Array.of(major << 5 | n);
	if (n < 256)
		return Uint8Array.of(major << 5 | 24, n);
	if (n < 65536)
		return Uint8Array.of(major << 5 | 25, n >> 8, n & 255);
	return Uint8Array.of(major << 5 | 26, n >>> 24, n >> 16 & 255,
		n >> 8 & 255, n & 255);
}

const byteString = (bytes) => join(head(2, bytes.length), bytes);

/* ---- COSE_Sign1: RFC 9052 ----------------------------------------------- */

const only = (map, keys) => map instanceof Map &&
	[...map.keys()].every((key) => keys.includes(key));

function sign1(bytes, limit) {
	demand(bytes.length <= limit, "it is too large");
	const tag = decode(bytes);
	demand(tag instanceof Tag && tag.number === 18 &&
		Array.isArray(tag.value) && tag.value.length === 4,
		"it is no COSE_Sign1");
	const [protected_, unprotected, payload, signature] = tag.value;
	demand(isBytes(protected_) && unprotected instanceof Map &&
		isBytes(payload) && isBytes(signature), "it is no COSE_Sign1");
	const headers = decode(protected_);
	demand(headers instanceof Map && isBytes(headers.get(4)) &&
		Number.isInteger(headers.get(1)), "headers are missing");
	if (![-7, -8, -9, -19].includes(headers.get(1)))
		throw new Fault("unsupported", "an algorithm that is not known");
	demand(signature.length === 64, "a signature of the wrong length");
	return { protected_, unprotected, payload, signature, headers,
		alg: headers.get(1), kid: hex(headers.get(4)) };
}

export function sigStructure(message, aad = new Uint8Array()) {
	return join(Uint8Array.of(0x84, 0x6a), utf8("Signature1"),
		byteString(message.protected_), byteString(aad),
		byteString(message.payload));
}

/*
 * Is the signature right with this public key (a JWK)? Algorithm and curve
 * belong together: -9 and -7 go with P-256, -19 and -8 with Ed25519.
 */
export async function verify(message, jwk, aad) {
	const p256 = message.alg === -9 || message.alg === -7;
	const name = p256 ? { name: "ECDSA", namedCurve: "P-256" } :
		{ name: "Ed25519" };
	if (jwk.crv !== (p256 ? "P-256" : "Ed25519"))
		return false;
	const { kty, crv, x, y } = jwk;
	let key;
	try {
		key = await crypto.subtle.importKey("jwk",
			p256 ? { kty, crv, x, y } : { kty, crv, x }, name,
			false, ["verify"]);
	} catch (error) {
		throw new Fault("unsupported", error.message);
	}
	return crypto.subtle.verify(p256 ? { name: "ECDSA", hash: "SHA-256" } :
		name, key, message.signature, sigStructure(message, aad));
}

/* ---- the passport ------------------------------------------------------- */

const SECTIONS = 92, SD_CLAIMS = 17, SD_ALG = 170;

/* Every section that travels along stands in the payload by its digest. */
async function checkSections(message, seals) {
	const held = message.unprotected.get(SD_CLAIMS);
	demand(message.unprotected.size === (held ? 1 : 0) &&
		(!held || (Array.isArray(held) && held.length > 0 &&
		held.every(isBytes))), "unknown headers");
	const digests = seals.map((seal) => {
		demand(seal instanceof Tag && seal.number === 60 &&
			isBytes(seal.value), "a section without a digest");
		return hex(seal.value);
	});
	for (const section of held ?? [])
		demand(digests.includes(hex(await sha256(byteString(section)))),
			"a section that the passport does not name");
}

/* Takes a passport apart; verifies no signature. */
export async function readPassport(bytes) {
	const message = sign1(bytes, PASSPORT_LIMIT), h = message.headers;
	const fields = decode(message.payload), claims = h.get(15);
	const about = fields instanceof Map && fields.get(2);
	demand(only(h, [1, 3, 4, 15, 16, SD_ALG]) &&
		h.get(3) === "application/vnd.carnet.passport+cbor" &&
		h.get(16) === "application/vnd.carnet+cose",
		"headers of something else");
	demand(only(claims, [1, 2, 6]) && typeof claims.get(1) === "string" &&
		typeof claims.get(2) === "string" &&
		Number.isInteger(claims.get(6)), "claims are missing");
	demand(about instanceof Map && Number.isInteger(about.get(1)) &&
		about.get(1) > 0 && fields.get(1) === claims.get(2),
		"version or identifier is missing");
	const seals = fields.get(SECTIONS) ?? [];
	demand(Array.isArray(seals) && h.get(SD_ALG) ===
		(fields.has(SECTIONS) ? -16 : undefined), "sections do not fit");
	await checkSections(message, seals);
	return { ...message, fields, iss: claims.get(1), sub: claims.get(2),
		iat: claims.get(6), version: about.get(1),
		digest: hex(await sha256(sigStructure(message))) };
}

/* ---- the capsule and its digits ------------------------------------------ */

const digitsOf = (n) => Math.ceil(8 * n * Math.log10(2));

/* The bytes behind the digits of a label: one number, zero-padded to just the
 * length that belongs to a count of bytes. */
export function readDigits(text) {
	demand(/^[0-9]+$/.test(text), "other characters than digits");
	const n = Math.floor(text.length / (8 * Math.log10(2)));
	demand(n > 0 && n <= CAPSULE_LIMIT && digitsOf(n) === text.length,
		"a number of digits that no label has");
	const number = BigInt(text).toString(16).padStart(2 * n, "0");
	demand(number.length === 2 * n, "a number that is too large");
	return Uint8Array.from({ length: n },
		(_, i) => parseInt(number.slice(2 * i, 2 * i + 2), 16));
}

/* Takes a capsule apart; verifies no signature. */
export function readCapsule(bytes) {
	const message = sign1(bytes, CAPSULE_LIMIT);
	demand(only(message.headers, [1, 4]) && message.unprotected.size === 0,
		"unknown headers");
	const map = decode(message.payload);
	const n = (key) => map.get(key);
	demand(map instanceof Map && map.size === 7 && isBytes(n(3)) &&
		n(3).length === 32 && [1, 2, 4, 5, 6, 7].every((key) =>
		Number.isInteger(n(key)) && n(key) >= 0) && n(2) > 0,
		"it is no capsule");
	return { ...message, iat: n(1), version: n(2), passport: hex(n(3)),
		supportEnd: n(4), craClass: n(5), aiStatus: n(6),
		procedure: n(7) };
}

/* The external_aad of a capsule: it holds for one printed URL only. */
export const capsuleAad = (url) => utf8("carnet-capsule-v1\0" + url);

/* Months since 2000-01 as "YYYY-MM". */
export const monthOf = (n) => `${2000 + Math.floor(n / 12)}-` +
	String(n % 12 + 1).padStart(2, "0");

/* ---- identifiers ---------------------------------------------------------- */

/* "/01/…/10/…" as [["01", "…"], ["10", "…"]]; null where it is no such path.
 * The server has parsed it strictly; here only sameness counts. */
function pairs(path) {
	const parts = path.replace(/\/$/, "").split("/").slice(1);
	if (parts.length < 2 || parts.length % 2)
		return null;
	try {
		return parts.map(decodeURIComponent).flatMap((part, i, all) =>
			i % 2 ? [] : [[part, all[i + 1]]]);
	} catch {
		return null;
	}
}

const UNION = ["", "10", "21", "22", "22,10"];

/* Does the passport of subject `sub` speak for what stands at `path`: is it
 * that identifier or one of its ancestors? */
export function speaksFor(sub, path) {
	const host = "https://id.gs1.org";
	const mine = sub.startsWith(host + "/") && pairs(sub.slice(host.length));
	const asked = pairs(path);
	if (!mine || !asked || String(mine[0]) !== String(asked[0]))
		return false;
	const rest = mine.slice(1);
	return (rest.length === asked.length - 1 ||
		UNION.includes(rest.map(([ai]) => ai).join())) &&
		rest.every((pair) => asked.some((other) =>
		String(pair) === String(other)));
}
