// The printed field table, read by other people's tools: the CDDL by a CDDL
// parser, the JSON Schema by a validator, and both held against a passport
// that was really made.
import Ajv from "ajv/dist/2020.js";
import { decode, Tag } from "cbor2";
import { parse } from "cddl";
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

const program = join(process.env.CARNET_BUILD, "bin/carnet");
const carnet = (...args) =>
  execFileSync(program, args, { encoding: "utf8", maxBuffer: 1 << 26 });

const scratch = mkdtempSync(join(tmpdir(), "carnet-schema-"));
after(() => rmSync(scratch, { recursive: true, force: true }));
const file = (name) => join(scratch, name);

writeFileSync(file("passport.cddl"), carnet("schema", "--format", "cddl"));
const rules = parse(file("passport.cddl"));
const schema = JSON.parse(carnet("schema", "--format", "json-schema"));
const markdown = carnet("schema", "--format", "markdown");
const validate = new Ajv({ strict: true, allErrors: true }).compile(schema);

carnet("new", file("p"));
const product = JSON.parse(readFileSync(file("p/product.json"), "utf8"));
carnet("sign", file("p/product.json"), "--key", file("p/keys/maker.pem"),
  "-o", file("p.dpp"));
const shown = JSON.parse(
  carnet("show", file("p.dpp"), "--format", "json", "--disclose"));

/** Key → "group.name" or "record-member", from rules such as `x = 5`. */
const keyRules = rules.filter((r) => r.Type === "variable" &&
  r.PropertyType.length === 1 && r.PropertyType[0].Type === "literal" &&
  typeof r.PropertyType[0].Value === "number");
const fieldOf = new Map(keyRules.filter((r) => /^[a-z]+\./.test(r.Name))
  .map((r) => [Number(r.PropertyType[0].Value), r.Name]));

test("the CDDL defines every name that it uses, once", () => {
  const prelude = new Set(["any", "bool", "bytes", "tstr", "uint"]);
  const names = rules.map((r) => r.Name);
  const known = new Set(names);
  const used = new Set();
  const walk = (node) => {
    if (Array.isArray(node)) return node.forEach(walk);
    if (node === null || typeof node !== "object") return;
    if (node.Type === "group" && typeof node.Value === "string")
      used.add(node.Value);
    // the key of a map entry is a name too
    if (node.Name && node.HasCut !== undefined && node.HasCut)
      used.add(node.Name);
    Object.values(node).forEach(walk);
  };
  rules.forEach((r) => walk({ ...r, Name: "" }));
  assert.equal(known.size, names.length, "a rule stands twice");
  const arrayEntries = ["salt", "section", "protected", "unprotected",
    "payload", "signature"]; // names of array entries are only labels
  const dangling = [...used].filter((n) => !known.has(n) &&
    !prelude.has(n) && !arrayEntries.includes(n));
  assert.deepEqual(dangling, []);
  assert.equal(names[0], "payload");
  assert.ok(used.size > 300);
});

test("CDDL, JSON Schema and Markdown tell of the same fields", () => {
  const inSchema = Object.keys(schema.$defs)
    .filter((n) => n.startsWith("shown."))
    .flatMap((n) => Object.keys(schema.$defs[n].properties)
      .map((p) => `${n.slice(6)}.${p}`)).sort();
  assert.deepEqual([...fieldOf.values()].sort(), inSchema);
  for (const [key, name] of fieldOf)
    assert.ok(markdown.includes(
      `\n| ${key} | \`${name.split(".")[1]}\` |`), name);
});

test("the keys of a real payload are those of the CDDL", () => {
  const envelope = decode(readFileSync(file("p.dpp")),
    { preferMap: true });
  assert.ok(envelope instanceof Tag);
  const payload = decode(envelope.contents[2], { preferMap: true });
  assert.ok(payload.size > 30);
  for (const key of payload.keys()) {
    const [group, name] = fieldOf.get(key).split(".");
    assert.ok(name in shown.fields[group], fieldOf.get(key));
  }
  const sealed = (envelope.contents[1].get(17) ?? []).map((d) =>
    decode(d, { preferMap: true })[1]);
  for (const section of sealed)
    for (const key of section.get(2).keys()) {
      const [group, name] = fieldOf.get(key).split(".");
      assert.ok(name in shown.fields[group], fieldOf.get(key));
    }
});

test("product.json and a shown passport validate", () => {
  assert.ok(validate(product), JSON.stringify(validate.errors));
  assert.ok(validate(shown), JSON.stringify(validate.errors));
});

/** Faults of product.json as carnet and as the schema see them. */
function both(change) {
  const copy = structuredClone(product);
  change(copy);
  const path = file("p/changed.json");
  writeFileSync(path, JSON.stringify(copy));
  const r = spawnSync(program, ["sign", path, "--key",
    file("p/keys/maker.pem"), "-o", file("no.dpp")], { encoding: "utf8" });
  return { carnet: r.status === 0, schema: validate(copy),
    errors: validate.errors ?? [] };
}

const faults = {
  "an unknown field": (d) => { d.identity.model_typ = "X"; },
  "an unknown member": (d) => { d.operators.manufacturer.nam = "X"; },
  "a derived field": (d) => { d.identity.passport_id = "https://a.example"; },
  "a wrong type": (d) => { d.identity.gtin = "09506000134352"; },
  "null": (d) => { d.identity.model_type = null; },
  "an empty text": (d) => { d.identity.model_type = ""; },
  "a control character": (d) => { d.identity.model_type = "a\u001bb"; },
  "an overlong text": (d) => { d.identity.model_type = "x".repeat(301); },
  "no such choice": (d) => { d.identity.passport_status = "gone"; },
  "a bad language": (d) => { d.scope.intended_purpose = { EN: "x" }; },
  "no language": (d) => { d.scope.intended_purpose = {}; },
  "too few items": (d) => { d.identity.software_versions = []; },
  "a missing member": (d) => { delete d.operators.manufacturer.name; },
  "month 13": (d) => { d.support.runs[0].support_end = "2033-13"; },
  "a bad digest": (d) => {
    d.conformity.risk_assessment.sha256 = "AB"; },
  "no issuer": (d) => { delete d.issuer; },
  "a plain http identifier": (d) => {
    d.identity.unique_product_identifier = "http://id.maker.example/01/1"; },
};
for (const [name, change] of Object.entries(faults))
  test(`both refuse ${name}`, () => {
    const r = both(change);
    assert.equal(r.schema, false);
    assert.equal(r.carnet, false);
    assert.ok(r.errors.length > 0);
  });

test("both accept what the vocabulary types as nullable", () => {
  const r = both((d) => {
    d.conformity.assessment.ai_art6_3_condition = null;
  });
  assert.ok(r.schema, JSON.stringify(r.errors));
  assert.ok(r.carnet);
});

test("a batch says only what differs", () => {
  assert.ok(validate({ issuer: product.issuer, identity: {
    unique_product_identifier: "https://id.maker.example/01/1/10/L1" } }));
  assert.equal(validate({ issuer: product.issuer, identity: {} }), false);
});

test("a document with a kind is held to what is shown", () => {
  const copy = structuredClone(shown);
  delete copy.digest;
  assert.equal(validate(copy), false);
  assert.ok(validate.errors.some(
    (e) => e.params.missingProperty === "digest"));
  copy.digest = shown.digest;
  copy.fields.identity.extra = 1;
  assert.equal(validate(copy), false);
});
