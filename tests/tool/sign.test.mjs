// carnet sign, show, diff, redact: from product.json to versions.
import assert from "node:assert/strict";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { SUB, edit, ends, fails, good, json, names, project, program, run,
  signedProject } from "./carnet.mjs";

const sign = (...more) =>
  ["sign", "product.json", "--key", "keys/maker.pem", ...more];
const patch = (product) => {
  product.identity.software_versions[0].version = "1.0.1";
  product.support.security_updates = [{ version: "1.0.1", issued: "2026-01-15",
    fixes: ["CVE-2026-0001"], severity: "high", free: true }];
};

test("sign tells what it signed", () => {
  const cwd = project();
  const r = good(sign("-o", "a.dpp"), { cwd });
  assert.match(r.stdout, /^Signed a\.dpp\n/);
  const shown = json(["show", "a.dpp"], { cwd });
  assert.equal(shown.kind, "passport");
  assert.equal(shown.subject, SUB);
  assert.equal(shown.issuer, "https://maker.example");
  assert.equal(shown.version, 1);
  assert.match(shown.signed_at, /^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  assert.ok(r.stdout.includes(shown.digest));
  const told = json(sign("-o", "b.dpp"), { cwd });
  assert.equal(told.version, 1);
  assert.deepEqual(told.findings, []);
  assert.equal(told.digest, json(["show", "b.dpp"], { cwd }).digest);
});

test("the passport may go to standard output, the words elsewhere", () => {
  const cwd = project();
  const r = run(program, sign("-o", "-"), { cwd, encoding: "buffer" });
  assert.equal(r.status, 0);
  assert.equal(r.stdout[0], 0xd2);
  assert.match(r.stderr.toString(), /Signed to standard output/);
  writeFileSync(join(cwd, "a.dpp"), r.stdout);
  good(["verify", "a.dpp", "--trust", "trust.json"], { cwd });
  assert.equal(json(["show", "-"], { cwd, input: r.stdout }).version, 1);
});

test("every algorithm that may be written", () => {
  const cwd = project();
  good(sign("--alg", "ES256", "-o", "a.dpp"), { cwd });
  good(["verify", "a.dpp", "--trust", "trust.json"], { cwd });
  fails(2, sign("--alg", "Ed25519", "-o", "b.dpp"), /keys\/maker\.pem/, { cwd });
  assert.ok(!existsSync(join(cwd, "b.dpp")));
});

test("the next version names the one before and says what changed", () => {
  const cwd = signedProject();
  edit(cwd, patch);
  good(sign("--after", "passport.dpp", "-o", "next.dpp"), { cwd });
  const one = json(["show", "passport.dpp"], { cwd });
  const two = json(["show", "next.dpp"], { cwd });
  assert.equal(two.version, 2);
  const version = two.fields.identity.passport_version;
  assert.equal(version.supersedes, one.digest);
  assert.deepEqual(version.changes.map((c) => c.field).sort(),
    ["identity.software_versions", "support.security_updates"]);
  good(["verify", "next.dpp", "--trust", "trust.json"], { cwd });

  const diff = json(["diff", "passport.dpp", "next.dpp"], { cwd });
  assert.equal(diff.follows, true);
  assert.equal(diff.old.version, 1);
  assert.equal(diff.new.digest, two.digest);
  assert.deepEqual(diff.changes.map((c) => [c.name, c.what]).sort(),
    [["security_updates", "added"], ["software_versions", "changed"]]);
  assert.match(good(["diff", "passport.dpp", "next.dpp"], { cwd }).stdout,
    /^Version 2 follows version 1\.\n/);
  assert.match(good(["diff", "next.dpp", "passport.dpp"], { cwd }).stdout,
    /does not follow/);
  assert.match(good(["diff", "next.dpp", "next.dpp"], { cwd }).stdout,
    /same version[^]*Nothing differs/);
});

test("findings stop the signature and are told with their place", () => {
  const cwd = project();
  edit(cwd, (p) => { delete p.scope.intended_purpose; });
  const r = fails(1, sign("-o", "a.dpp"), /product\.json: not signed: 1 error/,
    { cwd });
  assert.match(r.stdout, /1 error\n {2}product\.json/);
  assert.match(r.stdout, /intended_purpose/);
  assert.ok(!existsSync(join(cwd, "a.dpp")));
  const document = JSON.parse(
    ends(1, [...sign("-o", "a.dpp"), "--format", "json"], { cwd }).stdout);
  assert.equal(document.findings[0].level, "error");
  assert.equal(document.findings[0].file, "product.json");
});

test("--force-findings signs, and the passport says so", () => {
  const cwd = project();
  edit(cwd, (p) => { delete p.scope.intended_purpose; });
  good(sign("--force-findings", "-o", "a.dpp"), { cwd });
  const shown = json(["show", "a.dpp"], { cwd });
  assert.equal(shown.fields.integrity.forced_findings.length, 1);
});

test("an input is never overwritten", () => {
  const cwd = signedProject();
  for (const victim of ["product.json", "keys/maker.pem", "passport.dpp"]) {
    const before = readFileSync(join(cwd, victim));
    fails(2, sign("--after", "passport.dpp", "-o", victim),
      /would overwrite an input/, { cwd });
    assert.deepEqual(readFileSync(join(cwd, victim)), before);
  }
  fails(2, ["redact", "passport.dpp", "--keep", "public", "-o", "passport.dpp"],
    /would overwrite an input/, { cwd });
});

test("a version after one of another product or maker is refused", () => {
  const cwd = signedProject();
  edit(cwd, (p) => {
    p.identity.unique_product_identifier =
      "https://id.maker.example/01/09506000134369";
    p.identity.gtin = ["09506000134369"];
  });
  fails(1, sign("--after", "passport.dpp", "-o", "b.dpp"), /product/, { cwd });
  const other = signedProject();
  edit(other, (p) => { p.issuer = "https://other.example"; });
  fails(1, sign("--after", "passport.dpp", "-o", "b.dpp"), /issuer|maker/,
    { cwd: other });
  assert.ok(!existsSync(join(other, "b.dpp")));
});

// ---- show and redact ---------------------------------------------------------

test("show counts sealed sections and discloses them when asked", () => {
  const cwd = signedProject();
  const shown = json(["show", "passport.dpp"], { cwd });
  assert.equal(shown.fields.operators.facility_ids, undefined);
  assert.equal(shown.fields.conformity.risk_assessment, undefined);
  const all = json(["show", "passport.dpp", "--disclose"], { cwd });
  assert.deepEqual(all.fields.operators.facility_ids, ["PLANT-1"]);
  assert.ok(all.fields.conformity.risk_assessment.ref);
  const text = good(["show", "passport.dpp"], { cwd }).stdout;
  assert.match(text, /sealed +2 sections, 2 in this file \(shown with --disclose\)/);
  assert.doesNotMatch(text, /PLANT-1/);
  assert.match(good(["show", "passport.dpp", "--disclose"], { cwd }).stdout,
    /PLANT-1/);
});

test("diagnostic notation keeps sealed sections closed too", () => {
  const cwd = signedProject();
  const closed = good(["show", "passport.dpp", "--format", "diag"], { cwd }).stdout;
  assert.match(closed, /2 sealed sections left out/);
  assert.match(closed, /18\(\[/);
  assert.match(closed, /<< \{/);
  assert.doesNotMatch(closed, /PLANT-1/);
  const open = good(["show", "passport.dpp", "--format", "diag", "--disclose"],
    { cwd }).stdout;
  assert.match(open, /PLANT-1/);
});

test("redact drops sections; digest and signature stay", () => {
  const cwd = signedProject();
  const before = json(["show", "passport.dpp"], { cwd });
  for (const [keep, facility, risk] of [[["public"], false, false],
    [["legitimate_interest"], true, false], [["authority"], false, true],
    [["legitimate_interest", "authority"], true, true]]) {
    good(["redact", "passport.dpp", "--keep", ...keep, "-o", "r.dpp"], { cwd });
    const after = json(["show", "r.dpp", "--disclose"], { cwd });
    assert.equal(after.digest, before.digest);
    assert.equal(after.fields.operators.facility_ids !== undefined, facility);
    assert.equal(after.fields.conformity.risk_assessment !== undefined, risk);
    good(["verify", "r.dpp", "--trust", "trust.json"], { cwd });
  }
  assert.ok(statSync(join(cwd, "r.dpp")).size > 0);
  fails(2, ["redact", "passport.dpp", "-o", "r.dpp"], /--keep/, { cwd });
  fails(2, ["redact", "passport.dpp", "--keep", "autority", "-o", "r.dpp"],
    /Did you mean authority\?/, { cwd });
});

test("after redacting, what is gone is not compared", () => {
  const cwd = signedProject();
  good(["redact", "passport.dpp", "--keep", "public", "-o", "r.dpp"], { cwd });
  const r = good(["diff", "passport.dpp", "r.dpp"], { cwd });
  assert.match(r.stdout, /Nothing differs[^]*not compared/);
});

test("schema prints three documents", () => {
  const schema = JSON.parse(good(["schema", "--format", "json-schema"]).stdout);
  assert.match(schema.$schema, /2020-12/);
  assert.match(good(["schema", "--format", "cddl"]).stdout, /=/);
  assert.match(good(["schema", "--format", "markdown"]).stdout, /^## Group `identity`$/m);
  fails(2, ["schema"], /--format FORMAT/);
});

test("only the named files are written", () => {
  const cwd = signedProject();
  good(["redact", "passport.dpp", "--keep", "public", "-o", "r.dpp"], { cwd });
  assert.deepEqual(names(cwd).filter((n) => !n.startsWith("keys")),
    ["passport.dpp", "product.json", "product.schema.json", "r.dpp",
      "sbom.cdx.json", "trust.json"]);
});
