// What the independent checks share: projects made with the tool, and an
// implementation of docs/format.md that knows nothing of ours: cbor2 for the
// bytes, WebCrypto for the signatures, BigInt for the digits, zbarimg for the
// symbol.
import { decode, encode, Tag } from "cbor2";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { webcrypto } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";

const { subtle } = webcrypto;
export const carnet = join(process.env.CARNET_BUILD, "bin/carnet");
export const scratch = mkdtempSync(join(tmpdir(), "carnet-outside-"));
after(() => rmSync(scratch, { recursive: true, force: true }));

export const run = (args, cwd) =>
  execFileSync(carnet, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
// cbor2 would write a Buffer as the object that its toJSON() makes.
const plain = (bytes) => new Uint8Array(bytes);
export const read = (...path) => plain(readFileSync(join(...path)));
export const text = (bytes) => Buffer.from(bytes).toString();
export const bytesOf = (value) => encode(value, { cde: true });
export const same = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)) === 0;
export const sha256 = async (bytes) => Buffer.from(await subtle.digest("SHA-256", bytes));

/** A starter project in a directory of its own. */
export function project(name) {
  const dir = join(scratch, name);
  run(["new", dir]);
  return dir;
}

/** The algorithms of the table in docs/format.md, as WebCrypto names them. */
const algorithms = new Map([
  [-9, { key: { name: "ECDSA", namedCurve: "P-256" }, sign: { name: "ECDSA", hash: "SHA-256" } }],
  [-7, { key: { name: "ECDSA", namedCurve: "P-256" }, sign: { name: "ECDSA", hash: "SHA-256" } }],
  [-19, { key: { name: "Ed25519" }, sign: { name: "Ed25519" } }],
  [-8, { key: { name: "Ed25519" }, sign: { name: "Ed25519" } }],
]);

/** COSE_Sign1, taken apart. */
export function open(bytes) {
  const envelope = decode(bytes);
  assert.ok(envelope instanceof Tag);
  assert.equal(Number(envelope.tag), 18);
  assert.equal(envelope.contents.length, 4);
  const [protectedBytes, unprotected, payload, signature] = envelope.contents;
  return {
    protectedBytes, unprotected, payload, signature,
    header: decode(protectedBytes), claims: decode(payload),
  };
}

export const structure = (message, aad = new Uint8Array()) =>
  bytesOf(["Signature1", message.protectedBytes, aad, message.payload]);

/** SubjectPublicKeyInfo in the text of a PEM file. */
export const spkiOf = (pem) =>
  plain(Buffer.from(text(pem).replace(/-----[^-]+-----|\s/g, ""), "base64"));

/** Is the signature right under the public key of a PEM file? */
export async function verifies(message, pem, aad) {
  const algorithm = algorithms.get(message.header.get(1));
  const key = await subtle.importKey("spki", spkiOf(pem), algorithm.key, false, ["verify"]);
  return subtle.verify(algorithm.sign, key, message.signature, structure(message, aad));
}

/** The capsule's bytes in the digits of a QR text. */
export function undigit(digits) {
  let n = 1;
  while (Math.ceil(8 * n * Math.log10(2)) < digits.length) n++;
  assert.equal(Math.ceil(8 * n * Math.log10(2)), digits.length);
  const hex = BigInt(digits).toString(16).padStart(2 * n, "0");
  assert.equal(hex.length, 2 * n);
  return plain(Buffer.from(hex, "hex"));
}

export const aadOf = (url) =>
  plain(Buffer.from(`carnet-capsule-v1\0${url}`));

/** The text of the symbol in a picture, read by zbarimg. */
export const symbolText = (picture) =>
  execFileSync("zbarimg", ["--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", picture],
    { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trimEnd();
