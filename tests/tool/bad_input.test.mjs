// What bad input gets: a clear error with its place, the right exit status,
// nothing lost, nothing half-written.
import assert from "node:assert/strict";
import { closeSync, existsSync, ftruncateSync, openSync, readFileSync, writeFileSync }
  from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { carnet, dir, ean13, edit, ends, fails, good, names, png, project,
  program, run, signedProject } from "./carnet.mjs";

// Every command that reads a file, given `name` in its first place.
const readers = {
  check: (name) => ["check", name],
  sbom: (name) => ["sbom", name],
  sign: (name) => ["sign", name, "--key", "keys/maker.pem", "-o", "out.dpp"],
  show: (name) => ["show", name],
  diff: (name) => ["diff", name, "passport.dpp"],
  redact: (name) => ["redact", name, "--keep", "public", "-o", "out.dpp"],
  label: (name) => ["label", name, "--key", "keys/line.pem", "--url",
    "https://id.maker.example/01/09506000134352", "-o", "out.png"],
  publish: (name) => ["publish", name, "--to", "http://127.0.0.1:1"],
  scan: (name) => ["scan", name],
  verify: (name) => ["verify", name, "--trust", "trust.json"],
  trust: (name) => ["verify", "passport.dpp", "--trust", name],
  known: (name) => ["verify", "passport.dpp", "--trust", "trust.json",
    "--known", name],
  key: (name) => ["sign", "product.json", "--key", name, "-o", "out.dpp"],
  after: (name) => ["sign", "product.json", "--key", "keys/maker.pem", "--after",
    name, "-o", "out.dpp"],
  bill: (name) => ["sign", "product.json", "--key", "keys/maker.pem", "--sbom",
    name, "-o", "out.dpp"],
};

function each(status, name, pattern, { except = [], cwd = signedProject() } = {}) {
  const before = names(cwd);
  for (const [reader, args] of Object.entries(readers)) {
    if (except.includes(reader)) continue;
    const r = fails(status, args(name), pattern, { cwd, timeout: 20_000 });
    assert.ok(r.stderr.includes(name), `${reader}: ${r.stderr}`);
    assert.ok(r.stderr.split("\n").length <= 4, r.stderr);
  }
  assert.deepEqual(names(cwd), before);
  return cwd;
}

test("a file that is not there", () => {
  each(4, "missing", /No such file/, { except: ["known"] });
});

test("a directory", () => each(4, "keys", /this is a directory/));

test("a FIFO is refused without waiting for a writer", () => {
  const cwd = signedProject();
  assert.equal(run("mkfifo", ["pipe"], { cwd }).status, 0);
  each(4, "pipe", /this is a FIFO/, { cwd });
});

test("a device", () => each(4, "/dev/zero", /this is a device/));

test("a file that must not be read", { skip: process.getuid() === 0 }, () => {
  const cwd = signedProject();
  writeFileSync(join(cwd, "secret"), "x", { mode: 0 });
  each(4, "secret", /Permission denied/, { cwd });
});

test("an empty file", () => {
  const cwd = signedProject();
  writeFileSync(join(cwd, "empty"), "");
  each(3, "empty", /empty|end|not|cannot|no /i, { cwd });
});

test("a file of 100 MB is too large, and not read into memory", () => {
  const cwd = signedProject();
  const fd = openSync(join(cwd, "large"), "w");
  ftruncateSync(fd, 100 << 20);
  closeSync(fd);
  each(3, "large", /larger|limit|JSON|UTF|not|cannot/i, { cwd });
});

test("random bytes", () => {
  const cwd = signedProject();
  let x = 12345;
  const noise = Buffer.alloc(4096);
  for (let i = 0; i < noise.length; i++)
    noise[i] = (x = (x * 1103515245 + 12345) & 0x7fffffff) >> 16;
  writeFileSync(join(cwd, "noise"), noise);
  each(3, "noise", /./, { cwd });
});

test("a passport cut short anywhere, or with a byte behind it", () => {
  const cwd = signedProject();
  const whole = readFileSync(join(cwd, "passport.dpp"));
  for (const bytes of [whole.subarray(0, 1), whole.subarray(0, 100),
    whole.subarray(0, whole.length - 1), Buffer.concat([whole, Buffer.of(0)])]) {
    writeFileSync(join(cwd, "cut"), bytes);
    for (const reader of ["show", "redact", "publish", "verify", "after"])
      fails(3, readers[reader]("cut"), /cut/, { cwd });
  }
});

test("a changed byte in a passport never verifies", () => {
  const cwd = signedProject();
  const whole = readFileSync(join(cwd, "passport.dpp"));
  for (let at = 5; at < whole.length; at += 397) {
    const copy = Buffer.from(whole);
    copy[at] ^= 1;
    writeFileSync(join(cwd, "bad.dpp"), copy);
    const r = carnet(readers.verify("bad.dpp"), { cwd });
    assert.ok(r.status === 1 || r.status === 3, `${at}: ${r.status} ${r.stderr}`);
  }
});

// ---- product.json ---------------------------------------------------------------

function finding(change, pattern, pointer) {
  const cwd = project();
  edit(cwd, change);
  const r = ends(1, ["check", "product.json", "--format", "json"], { cwd });
  const errors = JSON.parse(r.stdout).findings.filter((f) => f.level === "error");
  const hit = errors.find((f) => pattern.test(f.message));
  assert.ok(hit, JSON.stringify(errors, null, 1));
  assert.equal(hit.file, "product.json");
  assert.ok(hit.line > 0);
  if (pointer !== undefined) assert.equal(hit.pointer, pointer);
  fails(1, ["sign", "product.json", "--key", "keys/maker.pem", "-o", "out.dpp"],
    /not signed/, { cwd });
  assert.ok(!existsSync(join(cwd, "out.dpp")));
}

test("an unknown field names the nearest", () => {
  finding((p) => { p.identity.model_typ = p.identity.model_type; },
    /model_type/, "/identity/model_typ");
  finding((p) => { p.suport = {}; }, /support/, "/suport");
});

test("wrong types", () => {
  finding((p) => { p.identity.model_type = 7; }, /./, "/identity/model_type");
  finding((p) => { p.identity.gtin = "09506000134352"; }, /./, "/identity/gtin");
  finding((p) => { p.support.update_mechanism.signed = "yes"; }, /./,
    "/support/update_mechanism/signed");
});

test("dates that do not exist", () => {
  finding((p) => { p.support.runs[0].placed_from = "2028-02-30"; }, /./,
    "/support/runs/0/placed_from");
  finding((p) => { p.support.runs[0].support_end = "2034-13"; }, /./,
    "/support/runs/0/support_end");
});

test("text that is too long", () => {
  finding((p) => { p.identity.model_type = "x".repeat(301); }, /./,
    "/identity/model_type");
});

test("a derived field that somebody typed", () => {
  finding((p) => { p.identity.passport_id = "https://id.gs1.org/01/1"; }, /./,
    "/identity/passport_id");
});

test("all errors of a file at once", () => {
  const cwd = project();
  edit(cwd, (p) => {
    p.identity.model_typ = 1;
    p.support.runs[0].support_end = "never";
    p.scope.cra_class.class = "defualt";
  });
  const r = ends(1, ["check", "product.json", "--format", "json"], { cwd });
  const found = JSON.parse(r.stdout).findings.map((f) => f.pointer);
  for (const pointer of ["/identity/model_typ", "/support/runs/0/support_end",
    "/scope/cra_class/class"])
    assert.ok(found.includes(pointer), pointer);
});

test("invalid UTF-8, a NUL, a duplicate member: the line is named", () => {
  const cwd = project();
  for (const [bad, name] of [["\xff", "utf8"], ["\\u0000", "nul"]]) {
    const text = readFileSync(join(cwd, "product.json"), "latin1")
      .replace("Room Sensor RS-1\",", `Room ${bad}",`);
    writeFileSync(join(cwd, name), Buffer.from(text, "latin1"));
    fails(3, ["check", name], /line \d+/, { cwd });
  }
  writeFileSync(join(cwd, "twice"), '{"issuer": "a",\n"issuer": "b"}');
  fails(3, ["check", "twice"], /line 2/, { cwd });
});

// ---- keys ------------------------------------------------------------------------

test("a certificate, a public key, an RSA key instead of a private key", () => {
  const cwd = signedProject();
  const made = run("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt",
    "ec_paramgen_curve:P-256", "-nodes", "-keyout", "ec.pem", "-out", "cert.pem",
    "-subj", "/CN=x", "-days", "1"], { cwd });
  assert.equal(made.status, 0, made.stderr);
  assert.equal(run("openssl", ["genpkey", "-algorithm", "RSA", "-pkeyopt",
    "rsa_keygen_bits:2048", "-out", "rsa.pem"], { cwd }).status, 0);
  assert.equal(run("openssl", ["genpkey", "-algorithm", "EC", "-pkeyopt",
    "ec_paramgen_curve:P-384", "-out", "p384.pem"], { cwd }).status, 0);
  assert.equal(run("openssl", ["ecparam", "-name", "prime256v1", "-genkey",
    "-noout", "-out", "sec1.pem"], { cwd }).status, 0);
  for (const [name, pattern] of [["cert.pem", /certificate/],
    ["keys/maker.pub.pem", /public key/], ["rsa.pem", /RSA|P-256|Ed25519/],
    ["p384.pem", /P-256|curve/],
    ["sec1.pem", /SEC 1[^]*pkcs8/], ["product.json", /key|PEM/]])
    fails(3, readers.key(name), pattern, { cwd });
  assert.ok(!existsSync(join(cwd, "out.dpp")));
  // In a trust list as well: a private key there is somebody's accident.
  for (const pem of ["cert.pem", "keys/maker.pem"]) {
    edit(cwd, (t) => { t.issuers[0].keys[0].pem = pem; }, "trust.json");
    fails(3, readers.verify("passport.dpp"), /trust\.json/, { cwd });
  }
});

// ---- pictures ---------------------------------------------------------------------

test("a picture without a symbol", () => {
  const cwd = signedProject();
  writeFileSync(join(cwd, "blank.png"), png(300, 300, () => false));
  for (const reader of ["scan", "verify", "show"])
    fails(3, readers[reader]("blank.png"), /no QR symbol/, { cwd });
});

test("a symbol of another kind is named", () => {
  const cwd = signedProject();
  writeFileSync(join(cwd, "bars.png"), ean13("9506000134352"));
  for (const reader of ["scan", "verify"])
    fails(3, readers[reader]("bars.png"), /EAN-?13/i, { cwd });
});

test("a picture that is broken", () => {
  const cwd = signedProject();
  const whole = png(100, 100, (x) => x % 2 === 0);
  writeFileSync(join(cwd, "cut.png"), whole.subarray(0, whole.length - 30));
  writeFileSync(join(cwd, "head.png"), whole.subarray(0, 20));
  for (const name of ["cut.png", "head.png"])
    fails(3, readers.scan(name), /./, { cwd });
});

test("scan goes on behind a bad picture, and the status says it", () => {
  const cwd = signedProject();
  writeFileSync(join(cwd, "blank.png"), png(300, 300, () => false));
  good(["label", "passport.dpp", "--key", "keys/line.pem", "--url",
    "https://id.maker.example/01/09506000134352", "-o", "l.png"], { cwd });
  const r = ends(3, ["scan", "blank.png", "l.png", "missing.png", "--format",
    "json"], { cwd });
  assert.equal(JSON.parse(r.stdout).length, 1);
  assert.match(r.stderr, /blank\.png/);
  assert.match(r.stderr, /missing\.png/);
});

// ---- writing ----------------------------------------------------------------------

test("a full device, a full disk: an error, and the old file stays", () => {
  const cwd = signedProject();
  for (const args of [readers.sign("product.json"), readers.redact("passport.dpp")]) {
    const to = (name) => args.map((a) => (a.startsWith("out.") ? name : a));
    fails(4, to("/dev/full"), /No space left/, { cwd });
    fails(4, to("keys"), /directory/i, { cwd });
    fails(4, to("no/where.dpp"), /No such file/, { cwd });
    writeFileSync(join(cwd, "old.dpp"), "old");
    const r = run("sh", ["-c", `trap '' XFSZ; ulimit -f 1; exec "$0" "$@"`,
      program, ...to("old.dpp")], { cwd });
    assert.equal(r.status, 4, r.stderr);
    assert.match(r.stderr, /File too large|No space/);
    assert.equal(readFileSync(join(cwd, "old.dpp"), "utf8"), "old");
    assert.deepEqual(names(cwd).filter((n) => n.includes(".tmp")), []);
  }
});

test("with --format json a failure is one document as well", () => {
  const cwd = signedProject();
  const r = ends(4, ["show", "missing", "--format", "json"], { cwd });
  const { error } = JSON.parse(r.stdout);
  assert.equal(error.code, "not_found");
  assert.equal(error.place, "missing");
  assert.match(r.stderr, /^carnet: missing: /);
});

test("a name cannot steer the terminal", () => {
  const cwd = dir();
  const r = fails(4, ["show", "a\x1b]0;x\x07\nb"], /No such file/, { cwd });
  // eslint-disable-next-line no-control-regex
  assert.doesNotMatch(r.stderr, /[\x00-\x09\x0b-\x1f]/);
});

test("a text cannot steer the terminal, also not from a document", () => {
  const cwd = dir();
  const name = "a\u009b31m\u202eb\u2066c\u2069";
  writeFileSync(join(cwd, "s.cdx.json"), JSON.stringify({
    bomFormat: "CycloneDX", specVersion: "1.6", version: 1,
    metadata: { component: { type: "device", name, version: "1" } } }));
  for (const format of ["text", "json"]) {
    const r = ends(0, ["sbom", "s.cdx.json", "--format", format], { cwd });
    assert.doesNotMatch(r.stdout, /[\u0080-\u009f\u202a-\u202e\u2066-\u2069]/);
    if (format === "json")
      assert.ok(JSON.stringify(JSON.parse(r.stdout)).includes(name));
  }
});
