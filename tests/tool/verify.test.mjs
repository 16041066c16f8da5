// carnet verify: trust, memory, support.
import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { SUB, edit, ends, fails, good, json, noDir, project, signedProject }
  from "./carnet.mjs";

const verify = (what, ...more) => ["verify", what, "--trust", "trust.json", ...more];
const sign = (cwd, out, ...more) => good(
  ["sign", "product.json", "--key", "keys/maker.pem", "-o", out, ...more], { cwd });

/** A trust list of somebody else, with keys of their own. */
function foreign() {
  const cwd = noDir();
  good(["new", cwd]);
  return join(cwd, "trust.json");
}

/** Versions 1 and 2, and 2 once more with other content: a fork. */
function versions() {
  const cwd = signedProject();
  edit(cwd, (p) => { p.identity.software_versions[0].version = "1.0.1"; });
  sign(cwd, "two.dpp", "--after", "passport.dpp");
  edit(cwd, (p) => { p.identity.software_versions[0].version = "6.6.6"; });
  sign(cwd, "fork.dpp", "--after", "passport.dpp");
  return cwd;
}

test("a genuine passport: words and members", () => {
  const cwd = signedProject();
  const r = json(verify("passport.dpp"), { cwd });
  const shown = json(["show", "passport.dpp"], { cwd });
  assert.equal(r.genuine, true);
  assert.equal(r.subject, SUB);
  assert.equal(r.issuer, "https://maker.example");
  assert.equal(r.version, 1);
  assert.equal(r.digest, shown.digest);
  assert.equal(r.signed_at, shown.signed_at);
  assert.equal(r.support_end, "2034-01");
  assert.equal(r.current, null);
  assert.equal(r.error, null);
  const text = good(verify("passport.dpp"), { cwd }).stdout;
  assert.match(text, /^Genuine\n/);
  assert.match(text, /Maker Ltd \(https:\/\/maker\.example\)/);
  assert.match(text, /security updates until 2034-01 \(\d+ years?/);
});

test("the trust list is asked for, and must be one", () => {
  const cwd = signedProject();
  fails(2, ["verify", "passport.dpp"], /--trust T/, { cwd });
  writeFileSync(join(cwd, "t.json"), '{"issuers": [{}]}');
  fails(3, ["verify", "passport.dpp", "--trust", "t.json"], /t\.json: line 1/,
    { cwd });
});

test("somebody else's key, product, name", () => {
  const cwd = signedProject();
  const code = (args) =>
    JSON.parse(ends(1, [...args, "--format", "json"], { cwd }).stdout).error.code;
  assert.equal(code(["verify", "passport.dpp", "--trust", foreign()]), "not_trusted");
  edit(cwd, (t) => { t.issuers[0].subjects = ["https://id.gs1.org/01/0401234"]; },
    "trust.json");
  assert.equal(code(verify("passport.dpp")), "wrong_subject");
  edit(cwd, (t) => {
    t.issuers[0].subjects = ["https://id.gs1.org/01/"];
    t.issuers[0].iss = "https://other.example";
  }, "trust.json");
  assert.equal(code(verify("passport.dpp")), "wrong_issuer");
});

test("a key outside its period, a revoked key", () => {
  const cwd = signedProject();
  edit(cwd, (t) => {
    t.issuers[0].keys[0].from = "2020-01-01";
    t.issuers[0].keys[0].until = "2021-01-01";
  }, "trust.json");
  fails(1, verify("passport.dpp"), /valid until 2021-01-01/, { cwd });
  edit(cwd, (t) => {
    t.issuers[0].keys[0].until = "2090-01-01";
    t.issuers[0].keys[0].revoked = { at: "2026-01-01T00:00:00Z", reason: "stolen" };
  }, "trust.json");
  const r = ends(5, [...verify("passport.dpp"), "--format", "json"], { cwd });
  const document = JSON.parse(r.stdout);
  assert.equal(document.genuine, false);
  assert.equal(document.error.code, "revoked");
});

test("what was accepted before a revocation stays accepted", () => {
  const cwd = signedProject();
  good(verify("passport.dpp", "--known", "seen.json"), { cwd });
  edit(cwd, (t) => {
    t.issuers[0].keys[0].revoked = { at: "2080-01-01T00:00:00Z", reason: "stolen" };
  }, "trust.json");
  good(verify("passport.dpp", "--known", "seen.json"), { cwd });
  fails(5, verify("passport.dpp"), /revoked/, { cwd });
});

test("a step back is noticed by whoever remembers", () => {
  const cwd = versions();
  good(verify("two.dpp", "--known", "seen.json"), { cwd });
  const before = readFileSync(join(cwd, "seen.json"));
  const r = fails(5, verify("passport.dpp", "--known", "seen.json"),
    /higher version|version 2/, { cwd });
  assert.match(r.stdout, /^Genuine, but not good/);
  const document = JSON.parse(ends(5,
    [...verify("passport.dpp", "--known", "seen.json"), "--format", "json"],
    { cwd }).stdout);
  assert.equal(document.genuine, true);
  assert.equal(document.current, false);
  assert.equal(document.error.code, "rolled_back");
  assert.deepEqual(readFileSync(join(cwd, "seen.json")), before);
  good(verify("two.dpp", "--known", "seen.json"), { cwd });
});

test("a fork is noticed by whoever remembers", () => {
  const cwd = versions();
  good(verify("two.dpp", "--known", "seen.json"), { cwd });
  const before = readFileSync(join(cwd, "seen.json"));
  fails(1, verify("fork.dpp", "--known", "seen.json"), /./, { cwd });
  assert.deepEqual(readFileSync(join(cwd, "seen.json")), before);
});

test("nothing that is not genuine is remembered", () => {
  const cwd = signedProject();
  ends(1, ["verify", "passport.dpp", "--trust", foreign(), "--known", "seen.json"],
    { cwd });
  assert.ok(!existsSync(join(cwd, "seen.json")));
});

test("a broken memory is an error, not an empty one", () => {
  const cwd = signedProject();
  for (const text of ["", "{", "[]", '{"subjects": 1}']) {
    writeFileSync(join(cwd, "seen.json"), text);
    fails(3, verify("passport.dpp", "--known", "seen.json"), /seen\.json/, { cwd });
    assert.equal(readFileSync(join(cwd, "seen.json"), "utf8"), text);
  }
});

test("the end of support, where it is asked for", () => {
  const cwd = project();
  edit(cwd, (p) => {
    p.support.runs[0] = { id: "old", placed_from: "2015-01-01",
      placed_until: "2015-12-31", support_end: "2021-01" };
  });
  sign(cwd, "old.dpp", "--force-findings");
  assert.match(good(verify("old.dpp"), { cwd }).stdout, /ended with 2021-01/);
  const r = fails(5, verify("old.dpp", "--require-support"), /ended/, { cwd });
  assert.match(r.stdout, /^Genuine, but not good/);
});

test("wrong usage", () => {
  const cwd = signedProject();
  fails(2, verify(`https://id.maker.example/01/09506000134352`, "--offline"),
    /offline/, { cwd });
  fails(2, verify("passport.dpp", "--offline", "--mirror", "https://m.example"),
    /exclude/, { cwd });
  fails(2, verify("passport.dpp", "--mirror", "http://m.example"), /https/,
    { cwd });
});
