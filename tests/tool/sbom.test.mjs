// carnet sbom and vex against files of others and what an independent reader
// found in them.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { fails, good, json, project } from "./carnet.mjs";

const data = resolve(process.env.CARNET_SHARED ?? "../shared", "data/sbom");
const skip = !existsSync(data) && "third-party data is not here";
const load = (name) => JSON.parse(readFileSync(join(data, name), "utf8"));

test("the facts of files of others", { skip }, () => {
  const truth = Object.entries(load("TRUTH.json"))
    .filter(([, t]) => t.facts && t.expect !== "reject");
  assert.ok(truth.length > 20);
  for (const [name, t] of truth) {
    const told = json(["sbom", join(data, name), "--all-digests"]);
    for (const [key, value] of Object.entries(t.facts))
      assert.deepEqual(told[key], value, `${name}: ${key}`);
    assert.equal(told.bytes, t.bytes, name);
    assert.equal(told.sha256, t.sha256, name);
    assert.equal(told.sha512, t.sha512, name);
  }
});

test("what must be refused is", { skip }, () => {
  for (const [name, t] of Object.entries(load("TRUTH.json")))
    if (t.expect === "reject") fails(3, ["sbom", join(data, name)], /\.json|\.xml/);
});

test("the status of vulnerabilities", { skip }, () => {
  for (const q of load("QUERIES.json").slice(0, 40)) {
    const told = json(["vex", join(data, q.file), "--vuln", q.vulnerability,
      "--product", q.product, ...(q.version ? ["--version", q.version] : [])]);
    assert.equal(told.status, q.status, JSON.stringify(q));
    assert.equal(told.conflict, q.conflict, JSON.stringify(q));
    assert.ok(told.because.length > 0);
  }
});

test("in words", () => {
  const cwd = project();
  const r = good(["sbom", "sbom.cdx.json"], { cwd });
  assert.match(r.stdout, /^format +CycloneDX\nspec_version +1\.6\n/);
  assert.match(r.stdout, /components_by_type +application 1, library 1/);
  assert.doesNotMatch(r.stdout, /warning|error/);
  const vex = good(["vex", "sbom.cdx.json", "--vuln", "CVE-2026-1", "--product",
    "tls"], { cwd });
  assert.match(vex.stdout, /^no_statement\n {2}because/);
  fails(2, ["vex", "sbom.cdx.json", "--product", "tls"], /--vuln ID/, { cwd });
});
