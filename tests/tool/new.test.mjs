// carnet new and keygen: what a newcomer gets, and that nothing is lost.
import assert from "node:assert/strict";
import { existsSync, readFileSync, statSync, writeFileSync }
  from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { dir, edit, fails, good, json, names, noDir, project, run, program }
  from "./carnet.mjs";

const read = (...path) => readFileSync(join(...path), "utf8");
const mode = (...path) => statSync(join(...path)).mode & 0o777;

test("a new project checks clean and signs at once", () => {
  const cwd = noDir();
  const r = good(["new", cwd]);
  assert.match(r.stdout, /carnet check product\.json/);
  assert.deepEqual(names(cwd), ["keys", "keys/line.pem", "keys/line.pub.pem",
    "keys/maker.pem", "keys/maker.pub.pem", "product.json",
    "product.schema.json", "sbom.cdx.json", "trust.json"]);
  assert.deepEqual(json(["check", "product.json"], { cwd }).findings, []);
  good(["sign", "product.json", "--key", "keys/maker.pem", "-o", "a.dpp"],
    { cwd });
  assert.equal(json(["verify", "a.dpp", "--trust", "trust.json"], { cwd })
    .genuine, true);
});

test("it checks clean on the day on which the CRA applies as well", () => {
  const cwd = project();
  for (const day of ["2026-12-31", "2027-12-11", "2028-01-10", "2033-01-01"])
    assert.deepEqual(
      json(["check", "product.json", "--at", day], { cwd }).findings, [], day);
});

test("private keys are the owner's alone, fresh every time", () => {
  const a = project(), b = noDir();
  good(["new", b]);
  for (const key of ["maker", "line"]) {
    assert.equal(mode(a, `keys/${key}.pem`), 0o600);
    assert.match(read(a, `keys/${key}.pem`), /BEGIN PRIVATE KEY/);
    assert.match(read(a, `keys/${key}.pub.pem`), /BEGIN PUBLIC KEY/);
    assert.notEqual(read(a, `keys/${key}.pem`), read(b, `keys/${key}.pem`));
  }
});

test("trust.json gives each key its use", () => {
  const [issuer, ...more] = JSON.parse(read(project(), "trust.json")).issuers;
  assert.equal(more.length, 0);
  assert.equal(issuer.iss, "https://maker.example");
  assert.deepEqual(issuer.subjects, ["https://id.gs1.org/01/09506000"]);
  assert.deepEqual(issuer.keys.map((key) => [key.pem, key.use]),
    [["keys/maker.pub.pem", ["passport"]], ["keys/line.pub.pem", ["capsule"]]]);
  for (const key of issuer.keys) assert.ok(key.from < key.until);
});

test("the GTIN goes everywhere, in 14 digits", () => {
  for (const [gtin, full] of [["4012345000009", "04012345000009"],
    ["12345670", "00000012345670"]]) {
    const cwd = noDir();
    good(["new", cwd, "--gtin", gtin]);
    const product = JSON.parse(read(cwd, "product.json"));
    assert.equal(product.identity.unique_product_identifier,
      `https://id.maker.example/01/${full}`);
    assert.deepEqual(json(["check", "product.json"], { cwd }).findings, []);
    good(["sign", "product.json", "--key", "keys/maker.pem", "-o", "a.dpp"],
      { cwd });
    good(["verify", "a.dpp", "--trust", "trust.json"], { cwd });
  }
});

test("a GTIN that is none makes nothing", () => {
  for (const gtin of ["4012345000008", "123", "", "40123450000O9", "-1"]) {
    const cwd = noDir();
    fails(2, ["new", cwd, `--gtin=${gtin}`], /GTIN/);
    assert.ok(!existsSync(cwd));
  }
});

test("a directory that is not empty is left alone", () => {
  const cwd = dir();
  writeFileSync(join(cwd, "mine"), "mine");
  fails(4, ["new", cwd], /the directory is not empty/);
  assert.deepEqual(names(cwd), ["mine"]);
  fails(4, ["new", join(cwd, "mine")], /Not a directory/);
  assert.equal(read(cwd, "mine"), "mine");
});

test("an empty directory is used, even the one we stand in", () => {
  const cwd = dir();
  good(["new", "."], { cwd });
  assert.equal(names(cwd).length, 9);
  const other = dir();
  good(["new", `${other}//`]);
  assert.equal(names(other).length, 9);
});

test("without a place to write nothing is left", () => {
  const cwd = dir();
  fails(4, ["new", join(cwd, "a/b")], /No such file/);
  assert.deepEqual(names(cwd), []);
  // A limit on the size of files is a full disk to a program.
  const r = run("sh", ["-c",
    `trap '' XFSZ; ulimit -f 1; exec "$0" new project`, program], { cwd });
  assert.equal(r.status, 4, r.stderr);
  assert.match(r.stderr, /File too large|No space/);
  assert.deepEqual(names(cwd), []);
});

// ---- keygen ------------------------------------------------------------------

const issuer = ["--issuer", "https://maker.example"];
const subject = ["--subject", "https://id.gs1.org/01/09506000"];

test("keygen makes a pair and its entry", () => {
  const out = noDir();
  good(["keygen", ...issuer, ...subject, "--out", out]);
  const [secret, open, list] = names(out);
  assert.match(secret, /^passport-[0-9a-f]{16}\.pem$/);
  assert.equal(open, secret.replace(".pem", ".pub.pem"));
  assert.equal(list, "trust.json");
  assert.equal(mode(out, secret), 0o600);
  const trust = JSON.parse(read(out, "trust.json"));
  assert.equal(trust.issuers[0].keys[0].pem, open);
  assert.deepEqual(trust.issuers[0].keys[0].use, ["passport"]);
});

test("a key of keygen signs what its entry allows", () => {
  for (const alg of ["ESP256", "Ed25519"]) {
    const cwd = project(), out = noDir();
    good(["keygen", ...issuer, ...subject, "--out", out, "--alg", alg]);
    const key = join(out, names(out)[0]);
    good(["sign", "product.json", "--key", key, "-o", "a.dpp"], { cwd });
    good(["verify", "a.dpp", "--trust", join(out, "trust.json")], { cwd });
    fails(1, ["verify", "a.dpp", "--trust", "trust.json"], /not on the trust list/,
      { cwd });
  }
});

test("a second key is added; what stood there is kept", () => {
  const out = noDir();
  good(["keygen", ...issuer, ...subject, "--out", out]);
  const first = edit(out, (list) => { list.issuers[0].name = "Maker Ltd"; },
    "trust.json").issuers[0].keys[0];
  good(["keygen", ...issuer, "--subject", "https://id.gs1.org/01/0401234",
    "--use", "capsule", "--out", out]);
  good(["keygen", "--issuer", "https://other.example", ...subject, "--out", out]);
  const list = JSON.parse(read(out, "trust.json")).issuers;
  assert.equal(list.length, 2);
  assert.equal(list[0].name, "Maker Ltd");
  assert.deepEqual(list[0].keys[0], first);
  assert.deepEqual(list[0].keys[1].use, ["capsule"]);
  assert.equal(list[0].subjects.length, 2);
  assert.equal(list[1].iss, "https://other.example");
  assert.equal(names(out).length, 7);
});

test("a trust list that is none stops keygen; no key is left", () => {
  for (const text of ["", "{", "[]", '{"issuers": 1}', '{"issuers": [], "x": 1}']) {
    const out = dir();
    writeFileSync(join(out, "trust.json"), text);
    if (text === "") continue;
    fails(3, ["keygen", ...issuer, ...subject, "--out", out], /trust\.json/);
    assert.deepEqual(names(out), ["trust.json"]);
    assert.equal(read(out, "trust.json"), text);
  }
});

test("wrong usage of keygen makes nothing", () => {
  const out = noDir();
  fails(2, ["keygen", ...subject, "--out", out], /--issuer URL/);
  fails(2, ["keygen", "--issuer", "maker", ...subject, "--out", out], /https/);
  fails(2, ["keygen", ...issuer, "--out", out], /--subject PREFIX/);
  fails(2, ["keygen", ...issuer, ...subject, "--out", out, "--alg", "RSA"],
    /one of ESP256, Ed25519/);
  // A prefix without the slash behind the host would cover other hosts.
  fails(2, ["keygen", ...issuer, "--subject", "https://id.gs1.org", "--out", out],
    /slash/);
  assert.ok(!existsSync(out));
});
