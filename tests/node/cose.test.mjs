// Passports and capsules of ours, verified by somebody else's code.
import { decode, Tag } from "cbor2";
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import {
  aadOf, bytesOf, open, project, read, run, same, sha256, spkiOf, structure, symbolText, undigit, verifies,
} from "./outside.mjs";

const GTIN = "09506000134352";
const SUB = `https://id.gs1.org/01/${GTIN}`;
const URL21 = `https://id.maker.example/01/${GTIN}/21/SN-0001`;
const makers = {};

const privateKey = (dir, sub) =>
  readdirSync(join(dir, sub)).find((n) => n.endsWith(".pem") && !n.endsWith(".pub.pem"));
const publicKey = (path) => path.replace(/\.pem$/, ".pub.pem");

before(() => {
  for (const alg of ["ESP256", "Ed25519"]) {
    const dir = project(alg);
    for (const use of ["passport", "capsule"])
      run(["keygen", "--issuer", "https://maker.example", "--subject",
        "https://id.gs1.org/01/09506000", "--use", use, "--out", `new-${use}`, "--alg", alg], dir);
    const key = (use) => join(dir, `new-${use}`, privateKey(dir, `new-${use}`));
    run(["sign", "product.json", "--key", key("passport"), "-o", "p.dpp"], dir);
    run(["label", "p.dpp", "--key", key("capsule"), "--url", URL21, "-o", "label.png"], dir);
    makers[alg] = {
      dir, passport: read(dir, "p.dpp"),
      passportPem: read(publicKey(key("passport"))), capsulePem: read(publicKey(key("capsule"))),
    };
  }
});

for (const [alg, number] of [["ESP256", -9], ["Ed25519", -19]]) {
  test(`${alg}: the passport has the headers of the profile and a right signature`, async () => {
    const { passport, passportPem } = makers[alg];
    const message = open(passport);
    assert.deepEqual([...message.header.keys()], [1, 3, 4, 15, 16, 170]);
    assert.equal(message.header.get(1), number);
    assert.equal(message.header.get(3), "application/vnd.carnet.passport+cbor");
    assert.equal(message.header.get(4).length, 8);
    assert.equal(message.header.get(15).get(1), "https://maker.example");
    assert.equal(message.header.get(15).get(2), SUB);
    assert.equal(message.header.get(16), "application/vnd.carnet+cose");
    assert.equal(message.header.get(170), -16);
    assert.ok(await verifies(message, passportPem));
    message.payload = message.payload.slice();
    message.payload[message.payload.length - 1] ^= 1;
    assert.ok(!(await verifies(message, passportPem)));
  });

  test(`${alg}: the key id is the start of the COSE Key Thumbprint`, async () => {
    const { passport, passportPem } = makers[alg];
    const spki = spkiOf(passportPem);
    const key = alg === "Ed25519"
      ? new Map([[1, 1], [-1, 6], [-2, spki.slice(-32)]])
      : new Map([[1, 2], [-1, 1], [-2, spki.slice(-64, -32)], [-3, spki.slice(-32)]]);
    const kid = open(passport).header.get(4);
    assert.ok(same(kid, (await sha256(bytesOf(key))).subarray(0, 8)));
  });

  test(`${alg}: what cbor2 writes is byte for byte what we wrote`, () => {
    const { passport } = makers[alg];
    const message = open(passport);
    assert.ok(same(bytesOf(decode(passport)), passport), "envelope");
    assert.ok(same(bytesOf(message.header), message.protectedBytes), "header");
    assert.ok(same(bytesOf(message.claims), message.payload), "payload");
  });

  test(`${alg}: the digest is that of the Sig_structure`, async () => {
    const { dir, passport } = makers[alg];
    const said = JSON.parse(run(["show", "p.dpp", "--format", "json"], dir));
    assert.equal((await sha256(structure(open(passport)))).toString("hex"), said.digest);
  });

  test(`${alg}: each sealed section is one that the payload promises`, async () => {
    const message = open(makers[alg].passport);
    const held = message.unprotected.get(17);
    const promised = message.claims.get(92);
    assert.equal(held.length, 2);
    assert.equal(promised.length, 2);
    for (const [i, disclosure] of held.entries()) {
      assert.ok(promised[i] instanceof Tag);
      assert.equal(Number(promised[i].tag), 60);
      assert.ok(same(promised[i].contents, await sha256(bytesOf(disclosure))));
      const [salt, section] = decode(disclosure);
      assert.equal(salt.length, 16);
      assert.equal(section.get(1), i + 1);
      assert.ok(section.get(2).size > 0);
      assert.ok(same(bytesOf(decode(disclosure)), disclosure));
    }
  });

  test(`${alg}: what is sealed does not stand in the payload`, () => {
    const message = open(makers[alg].passport);
    const policy = message.claims.get(90);
    for (const [i, disclosure] of message.unprotected.get(17).entries())
      for (const key of decode(disclosure)[1].get(2).keys()) {
        assert.ok(!message.claims.has(key), `field ${key}`);
        if (key !== 98) assert.equal(policy.get(key), i + 1, `field ${key}`);
      }
  });

  test(`${alg}: the label's capsule is signed for its URL and names this version`, async () => {
    const { dir, passport, capsulePem } = makers[alg];
    const text = symbolText(join(dir, "label.png"));
    const [url, digits] = text.split("#");
    assert.equal(url, URL21);
    const bytes = undigit(digits);
    const capsule = open(bytes);
    assert.deepEqual([...capsule.header.keys()], [1, 4]);
    assert.equal(capsule.unprotected.size ?? Object.keys(capsule.unprotected).length, 0);
    assert.ok(same(bytesOf(decode(bytes)), bytes));
    assert.ok(await verifies(capsule, capsulePem, aadOf(url)));
    assert.ok(!(await verifies(capsule, capsulePem, aadOf(url + "1"))), "another serial number");
    assert.ok(!(await verifies(capsule, capsulePem)), "without its URL");
    assert.deepEqual([...capsule.claims.keys()], [1, 2, 3, 4, 5, 6, 7]);
    assert.equal(capsule.claims.get(2), 1);
    assert.ok(same(capsule.claims.get(3), await sha256(structure(open(passport)))));
    // 2034-01 in the starter project
    assert.equal(capsule.claims.get(4), (2034 - 2000) * 12);
    assert.ok(bytes.length <= 160, `${bytes.length} bytes`);
  });
}

test("the next version names the one before", async () => {
  const { dir } = makers.ESP256;
  run(["sign", "product.json", "--key", join("new-passport", privateKey(dir, "new-passport")),
    "--after", "p.dpp", "-o", "p2.dpp"], dir);
  const next = open(read(dir, "p2.dpp"));
  assert.equal(next.claims.get(2).get(1), 2);
  assert.ok(same(next.claims.get(2).get(2), await sha256(structure(open(read(dir, "p.dpp"))))));
});

test("dropping sections keeps the signature", async () => {
  const { dir, passportPem } = makers.ESP256;
  run(["redact", "p.dpp", "--keep", "public", "-o", "bare.dpp"], dir);
  const bare = open(read(dir, "bare.dpp"));
  assert.ok(!bare.unprotected.get?.(17));
  assert.ok(await verifies(bare, passportPem));
  assert.ok(same(structure(bare), structure(open(read(dir, "p.dpp")))));
});
