// carnet label, scan, verify of labels: without a network.
import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { GTIN, SUB, URL21, carnet, edit, ends, fails, good, json, names, project,
  run, signedProject } from "./carnet.mjs";

const label = (...more) =>
  ["label", "passport.dpp", "--key", "keys/line.pem", "--url", URL21, ...more];
const offline = (what) => ["verify", what, "--trust", "trust.json", "--offline"];

/** A project with label.png for URL21, and the text of its symbol. */
function labelled() {
  const cwd = signedProject();
  const told = json(label("-o", "label.png"), { cwd });
  return { cwd, text: told.text, told };
}

test("a label is read back, and verifies without a network", () => {
  const { cwd, text, told } = labelled();
  assert.match(text, /^https:\/\/id\.maker\.example\/01\/09506000134352\/21\/SN-0001#\d{300,}$/);
  assert.equal(told.capsule, true);
  assert.ok(told.symbol_version <= 11);
  assert.equal(told.dpi, 300);
  assert.equal(told.dots, 5);
  const passport = json(["show", "passport.dpp"], { cwd });
  for (const what of ["label.png", text]) {
    const r = json(offline(what), { cwd });
    assert.equal(r.genuine, true);
    assert.equal(r.passport, null);
    assert.equal(r.consistent, null);
    assert.equal(r.error, null);
    assert.equal(r.capsule.genuine, true);
    assert.equal(r.capsule.version, 1);
    assert.equal(r.capsule.passport_digest, passport.digest);
  }
  writeFileSync(join(cwd, "text"), `${text}\n`);
  good(offline("text"), { cwd });
});

test("another reader sees the same text, at the true size", () => {
  const { cwd, text, told } = labelled();
  const zbar = run("zbarimg", ["-q", "--raw", "label.png"], { cwd });
  assert.equal(zbar.stdout.trim(), text);
  const bytes = readFileSync(join(cwd, "label.png"));
  const at = bytes.indexOf("pHYs");
  assert.ok(at > 0);
  assert.equal(bytes.readUInt32BE(at + 4), Math.round(300 / 0.0254));
  assert.equal(bytes[at + 12], 1);
  const head = bytes.indexOf("IHDR");
  assert.equal(bytes[head + 12], 1, "one bit a pixel");
  const side = bytes.readUInt32BE(head + 4);
  assert.ok(Math.abs(side * 25.4 / 300 - told.side_mm) < 0.02);
});

test("a drawing, other levels, other printers", () => {
  const cwd = signedProject();
  good(label("-o", "a.svg", "--level", "Q"), { cwd });
  assert.match(readFileSync(join(cwd, "a.svg"), "utf8"), /<svg[^]*mm[^]*<path/);
  assert.equal(json(label("-o", "b.png", "--dpi", "203"), { cwd }).dots, 4);
  assert.equal(json(label("-o", "c.png", "--module", "0.6"), { cwd }).dots, 8);
  const l = json(label("-o", "d.png", "--level=L"), { cwd });
  const q = json(label("-o", "e.png", "--level=Q"), { cwd });
  assert.ok(l.symbol_version < q.symbol_version);
});

test("a label on standard output is a PNG, and words go elsewhere", () => {
  const cwd = signedProject();
  const done = good(label("-o", "-"), { cwd, encoding: "latin1" });
  assert.ok(done.stdout.startsWith("\x89PNG\r\n"));
  assert.ok(!done.stdout.includes("Printed"));
  assert.match(done.stderr, /Printed/);
});

test("too small a module is refused, unless forced", () => {
  const cwd = signedProject();
  fails(2, label("-o", "a.png", "--module", "0.2"), /0\.396|small/, { cwd });
  assert.ok(!existsSync(join(cwd, "a.png")));
  good(label("-o", "a.png", "--module", "0.2", "--force"), { cwd });
});

test("a bare link proves nothing offline", () => {
  const cwd = signedProject();
  good(["label", "passport.dpp", "--no-capsule", "--url", URL21, "-o", "a.png"],
    { cwd });
  assert.match(good(["scan", "a.png"], { cwd }).stdout, /capsule +none/);
  fails(2, offline("a.png"), /offline/, { cwd });
  fails(2, offline(URL21), /offline/, { cwd });
});

test("what is no label, and what cannot be printed yet", () => {
  const cwd = signedProject();
  fails(2, label("-o", "a.pdf"), /carnet labels/, { cwd });
  fails(2, label("-o", "a.zpl"), /carnet labels/, { cwd });
  fails(2, label("-o", "a.gif"), /\.png or \.svg/, { cwd });
  fails(2, label("-o", "a.png", "--template", "shelf"), /bare/, { cwd });
  fails(2, label("-o", "a.png", "--dpi", "0"), /--dpi/, { cwd });
  fails(2, label("-o", "a.png", "--dpi", "3e2"), /--dpi/, { cwd });
  for (const module of ["big", "0x1", "-1", "nan", "1e3", ""])
    fails(2, label("-o", "a.png", `--module=${module}`), /--module/, { cwd });
  fails(2, ["label", "passport.dpp", "--url", URL21, "-o", "a.png"], /--key/,
    { cwd });
  assert.ok(!names(cwd).some((n) => n.startsWith("a.")));
});

test("the URL must carry the product's key, and be printable", () => {
  const cwd = signedProject();
  const at = (url) => ["label", "passport.dpp", "--key", "keys/line.pem", "--url",
    url, "-o", "a.png"];
  fails(1, at("https://id.maker.example/01/09506000134369"), /the passport of/,
    { cwd });
  fails(1, at("https://id.maker.example/01/09506000134353"), /check digit/,
    { cwd });
  fails(1, at(`https://id.maker.example/01/${GTIN}/10/..`), /./, { cwd });
  assert.ok(carnet(at(`https://id.maker.example/01/${GTIN}#1`), { cwd }).status > 0);
  assert.ok(!existsSync(join(cwd, "a.png")));
  // Any host will do.
  good(at(`https://shop.example/01/${GTIN}/10/LOT7`), { cwd });
});

test("several runs: one must be named", () => {
  const cwd = project();
  edit(cwd, (p) => {
    p.support.runs.push({ ...p.support.runs[0], id: "2029-1",
      placed_from: "2029-01-01", placed_until: "2029-12-31",
      support_end: "2035-01" });
  });
  good(["sign", "product.json", "--key", "keys/maker.pem", "-o", "passport.dpp"],
    { cwd });
  fails(2, label("-o", "a.png"), /--run|run/, { cwd });
  fails(2, label("-o", "a.png", "--run", "2030-1"), /2030-1/, { cwd });
  good(label("-o", "a.png", "--run", "2029-1"), { cwd });
  assert.equal(json(offline("a.png"), { cwd }).support_end, "2035-01");
  good(label("-o", "b.png", "--run", "2028-1"), { cwd });
  assert.equal(json(offline("b.png"), { cwd }).support_end, "2034-01");
});

// ---- what must not verify --------------------------------------------------------

test("a capsule moved to another URL", () => {
  const { cwd, text } = labelled();
  const [, digits] = text.split("#");
  for (const url of [URL21.replace("SN-0001", "SN-0002"),
    URL21.replace("id.maker", "evil"), `https://id.maker.example/01/${GTIN}`]) {
    const r = fails(1, offline(`${url}#${digits}`), /./, { cwd });
    assert.match(r.stdout, /^Not genuine/);
    const document = JSON.parse(
      ends(1, [...offline(`${url}#${digits}`), "--format", "json"], { cwd }).stdout);
    assert.equal(document.genuine, false);
    assert.equal(document.error.code, "bad_signature");
  }
});

test("a changed digit, a digit too many, no digits at all", () => {
  const { cwd, text } = labelled();
  const at = text.indexOf("#") + 100;
  const other = text[at] === "1" ? "2" : "1";
  const r = carnet(offline(text.slice(0, at) + other + text.slice(at + 1)), { cwd });
  assert.ok([1, 3].includes(r.status), r.stderr);
  for (const bad of [`${text}0`, text.slice(0, -1), `${text}x`]) {
    const q = carnet(offline(bad), { cwd });
    assert.ok([1, 3].includes(q.status), `${q.status} ${q.stderr}`);
  }
});

test("a key that signs passports cannot sign labels, and the other way", () => {
  const { cwd } = labelled();
  good(["label", "passport.dpp", "--key", "keys/maker.pem", "--url", URL21, "-o",
    "a.png"], { cwd });
  const r = fails(1, offline("a.png"), /may not|use/, { cwd });
  assert.match(r.stderr, /"use"/);
  good(["sign", "product.json", "--key", "keys/line.pem", "-o", "line.dpp"],
    { cwd });
  const p = ends(1, ["verify", "line.dpp", "--trust", "trust.json", "--format",
    "json"], { cwd });
  assert.equal(JSON.parse(p.stdout).error.code, "wrong_use");
});

test("a label of another maker", () => {
  const { cwd, text } = labelled();
  const other = signedProject();
  edit(other, (t) => { t.issuers[0].iss = "https://other.example"; }, "trust.json");
  // Their list believes only their own key.
  const theirs = project();
  run("cp", ["-r", join(theirs, "keys"), other]);
  good(["keygen", "--issuer", "https://other.example", "--subject",
    "https://id.gs1.org/01/09506000", "--use", "capsule", "--out", "o"],
  { cwd: other });
  fails(1, ["verify", text, "--trust", "o/trust.json", "--offline"],
    /trust/, { cwd: other });
  assert.ok(cwd);
});

test("a revoked line key proves nothing any more", () => {
  const { cwd, text } = labelled();
  edit(cwd, (t) => {
    t.issuers[0].keys[1].revoked =
      { at: "2026-01-01T00:00:00Z", reason: "stolen" };
  }, "trust.json");
  const r = fails(5, offline(text), /revoked/, { cwd });
  assert.match(r.stdout, /^Not genuine/);
});

test("labels outlive the key of the line, but not its beginning", () => {
  const { cwd, text } = labelled();
  edit(cwd, (t) => { t.issuers[0].keys[1].until = "2026-01-02";
    t.issuers[0].keys[1].from = "2026-01-01"; }, "trust.json");
  fails(1, offline(text), /valid until 2026-01-02/, { cwd });
});

// ---- scan --------------------------------------------------------------------------

test("scan: text first, verdict with a trust list", () => {
  const { cwd, text } = labelled();
  const [symbol] = json(["scan", "label.png"], { cwd });
  assert.equal(symbol.text, text);
  assert.equal(symbol.capsule.genuine, null);
  assert.equal(symbol.capsule.version, 1);
  const [judged] = json(["scan", "label.png", "--trust", "trust.json"], { cwd });
  assert.equal(judged.verdict.capsule.genuine, true);
  assert.match(good(["scan", "label.png"], { cwd }).stdout, /not verified/);
  assert.match(good(["scan", "label.png", "--trust", "trust.json"], { cwd }).stdout,
    /Genuine/);
});

test("several pictures, one of them a forgery", () => {
  const { cwd } = labelled();
  good(["label", "passport.dpp", "--key", "keys/maker.pem", "--url", URL21, "-o",
    "forged.png"], { cwd });
  const r = ends(1, ["scan", "label.png", "forged.png", "--trust", "trust.json",
    "--format", "json"], { cwd });
  const list = JSON.parse(r.stdout);
  assert.deepEqual(list.map((s) => s.verdict.genuine), [true, false]);
});

test("show reads a label, and says that it verified nothing", () => {
  const { cwd, text } = labelled();
  const shown = json(["show", "label.png"], { cwd });
  assert.equal(shown.kind, "capsule");
  assert.equal(shown.subject, `${SUB}/21/SN-0001`);
  assert.equal(shown.fields.capsule.support_end, "2034-01");
  assert.equal(shown.fields.capsule.cra_class, "default");
  assert.equal(shown.fields.capsule.ai_status, "not_ai_system");
  assert.deepEqual(json(["show", text], { cwd }), shown);
  assert.match(good(["show", "label.png"], { cwd }).stdout, /not verified/);
  assert.match(good(["show", text, "--format", "diag"], { cwd }).stdout,
    /18\(\[/);
});

test("show tells a raw capsule from a passport", () => {
  const { cwd, text } = labelled();
  const digits = BigInt(text.split("#")[1]);
  const hex = digits.toString(16);
  writeFileSync(join(cwd, "raw"),
    Buffer.from(hex.length % 2 ? `0${hex}` : hex, "hex"));
  const shown = json(["show", "raw"], { cwd });
  assert.equal(shown.kind, "capsule");
  assert.equal(shown.subject, null);
  fails(3, offline("raw"), /bound to the URL/, { cwd });
});
