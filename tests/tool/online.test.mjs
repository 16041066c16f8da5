// carnet verify with a network: what a resolver hands out against the label. The
// resolver is a puppet here, so that it can lie as well.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { GTIN, SUB, URL21, edit, good, json, noDir, program, signedProject }
  from "./carnet.mjs";

let server, base, answer, asked;

before(async () => {
  server = createServer((request, response) => {
    asked.push(request.url);
    const found = answer(request.url, request);
    const { status = 200, headers = {}, body = "" } =
      found === undefined ? { status: 404 } : Buffer.isBuffer(found)
        ? { body: found } : found;
    response.writeHead(status,
      { "Content-Type": "application/vnd.carnet+cose", ...headers });
    response.end(body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${server.address().port}`;
});
after(() => server.close());

/** carnet verify WHAT with the puppet as mirror; the document and the status. */
function verify(cwd, what, puppet, more = []) {
  asked = [];
  answer = puppet;
  return new Promise((resolve) => {
    const child = spawn(program, ["verify", what, "--trust", "trust.json",
      "--format", "json", ...more], { cwd });
    let stdout = "", stderr = "";
    child.stdout.on("data", (part) => { stdout += part; });
    child.stderr.on("data", (part) => { stderr += part; });
    child.on("close", (status) =>
      resolve({ status, stderr, ...JSON.parse(stdout) }));
  });
}
const mirrored = (cwd, what, puppet, more = []) =>
  verify(cwd, what, puppet, ["--mirror", base, ...more]);

/** Serves a version as current, and others by digest. */
function honest(cwd, current, ...history) {
  const bytes = (name) => readFileSync(join(cwd, name));
  const versions = new Map([current, ...history].map((name) =>
    [json(["show", name], { cwd }).digest, bytes(name)]));
  return (url) => {
    const version = /\/versions\/([0-9a-f]{64})$/.exec(url);
    if (version) return versions.get(version[1]);
    return url.startsWith(`/01/${GTIN}`) || url.startsWith(`/dpp/01/${GTIN}`)
      ? bytes(current) : undefined;
  };
}

const sign = (cwd, out, ...more) => good(
  ["sign", "product.json", "--key", "keys/maker.pem", "-o", out, ...more], { cwd });
const label = (cwd, passport, out) => json(["label", passport, "--key",
  "keys/line.pem", "--url", URL21, "-o", out], { cwd }).text;

/** Versions 1 to 3, a fork of 2, and labels for versions 1 and 2. */
function history() {
  const cwd = signedProject();
  const next = (version, from, to) => {
    edit(cwd, (p) => { p.identity.software_versions[0].version = version; });
    sign(cwd, to, "--after", from);
  };
  next("1.0.1", "passport.dpp", "two.dpp");
  next("1.0.2", "two.dpp", "three.dpp");
  next("6.6.6", "passport.dpp", "fork.dpp");
  label(cwd, "passport.dpp", "one.png");
  label(cwd, "two.dpp", "two.png");
  return cwd;
}

test("the label's version is the current one", async () => {
  const cwd = history();
  const r = await mirrored(cwd, "one.png", honest(cwd, "passport.dpp"));
  assert.equal(r.status, 0, r.stderr);
  assert.equal(r.genuine, true);
  assert.equal(r.current, true);
  assert.equal(r.consistent, true);
  assert.deepEqual(r.changes, []);
  assert.equal(r.passport.genuine, true);
  assert.equal(r.capsule.genuine, true);
});

test("newer versions are normal, and their changes are listed", async () => {
  const cwd = history();
  const r = await mirrored(cwd, "one.png",
    honest(cwd, "three.dpp", "two.dpp", "passport.dpp"));
  assert.equal(r.status, 0, r.stderr);
  assert.equal(r.consistent, true);
  assert.equal(r.passport.version, 3);
  assert.ok(r.changes.length >= 1);
  assert.ok(JSON.stringify(r.changes).includes("1.0.2"));
});

test("a bare address leads to the passport", async () => {
  const cwd = history();
  const r = await verify(cwd, `${base}/01/${GTIN}`, honest(cwd, "two.dpp"));
  assert.equal(r.status, 0, r.stderr);
  assert.equal(r.genuine, true);
  assert.equal(r.version, 2);
  assert.equal(r.subject, SUB);
});

test("a redirect is followed, within limits", async () => {
  const cwd = history();
  const serve = honest(cwd, "passport.dpp");
  const once = await mirrored(cwd, "one.png", (url) =>
    url.startsWith("/01/") ? { status: 307, headers: { Location: `/dpp${url}` } }
      : serve(url));
  assert.equal(once.status, 0, once.stderr);
  const forever = await mirrored(cwd, "one.png", (url) =>
    ({ status: 307, headers: { Location: url } }));
  assert.equal(forever.status, 4);
  assert.ok(asked.length < 12);
});

test("the network fails: the label stays genuine, the passport is unknown", async () => {
  const cwd = history();
  const endless = { status: 200, body: Buffer.alloc(2 << 20) };
  for (const [puppet, status, code] of [[() => undefined, 4, "network"],
    [() => ({ status: 500 }), 4, "network"], [() => endless, 3, "too_large"]]) {
    const r = await mirrored(cwd, "one.png", puppet);
    assert.equal(r.status, status, r.stderr);
    assert.equal(r.genuine, true);
    assert.equal(r.passport, null);
    assert.equal(r.consistent, null);
    assert.equal(r.error.code, code);
  }
});

test("an old version is served for a newer label", async () => {
  const cwd = history();
  const r = await mirrored(cwd, "two.png", honest(cwd, "passport.dpp"));
  assert.equal(r.status, 5, r.stderr);
  assert.equal(r.current, false);
  assert.equal(r.consistent, false);
  assert.equal(r.error.code, "rolled_back");
});

test("a forked version is served", async () => {
  const cwd = history();
  const r = await mirrored(cwd, "two.png",
    honest(cwd, "fork.dpp", "passport.dpp"));
  assert.equal(r.status, 1, r.stderr);
  assert.equal(r.consistent, false);
  assert.equal(r.error.code, "inconsistent");
});

test("a history that does not hold", async () => {
  const cwd = history();
  const serve = honest(cwd, "three.dpp", "two.dpp", "passport.dpp");
  const lie = readFileSync(join(cwd, "fork.dpp"));
  const r = await mirrored(cwd, "one.png", (url) =>
    url.includes("/versions/") ? lie : serve(url));
  assert.equal(r.status, 1, r.stderr);
  assert.equal(r.consistent, false);
});

test("the passport of another product", async () => {
  const cwd = history();
  edit(cwd, (p) => {
    p.identity.unique_product_identifier =
      "https://id.maker.example/01/09506000134369";
    p.identity.gtin = ["09506000134369"];
  });
  sign(cwd, "other.dpp");
  const other = readFileSync(join(cwd, "other.dpp"));
  for (const what of ["one.png", `${base}/01/${GTIN}`]) {
    const r = what.startsWith("http") ? await verify(cwd, what, () => other)
      : await mirrored(cwd, what, () => other);
    assert.equal(r.status, 1, r.stderr);
    assert.equal(r.error.code, "wrong_subject");
    assert.equal(r.genuine, false);
  }
});

test("a genuine passport of another maker for this label", async () => {
  const cwd = history();
  good(["keygen", "--issuer", "https://other.example", "--subject",
    "https://id.gs1.org/01/", "--out", "."], { cwd });
  edit(cwd, (p) => { p.issuer = "https://other.example"; });
  const list = JSON.parse(readFileSync(join(cwd, "trust.json")));
  const key = list.issuers[1].keys[0].pem.replace(".pub.pem", ".pem");
  good(["sign", "product.json", "--key", key, "-o", "other.dpp"], { cwd });
  const other = readFileSync(join(cwd, "other.dpp"));
  assert.equal((await verify(cwd, "other.dpp", () => undefined)).genuine, true);
  const r = await mirrored(cwd, "one.png", () => other);
  assert.equal(r.status, 1, r.stderr);
  assert.equal(r.error.code, "wrong_issuer");
  assert.equal(r.passport.genuine, false);
});

test("a byte changed on the way", async () => {
  const cwd = history();
  const whole = readFileSync(join(cwd, "passport.dpp"));
  for (const at of [3, 300, whole.length - 5]) {
    const bytes = Buffer.from(whole);
    bytes[at] ^= 4;
    const r = await mirrored(cwd, "one.png", () => bytes);
    assert.ok([1, 3].includes(r.status), `${r.status} ${r.stderr}`);
    assert.equal(r.genuine, false);
  }
});

test("a forged label never makes a request", async () => {
  const cwd = history();
  good(["label", "passport.dpp", "--key", "keys/maker.pem", "--url", URL21, "-o",
    "forged.png"], { cwd });
  const r = await mirrored(cwd, "forged.png", honest(cwd, "passport.dpp"));
  assert.equal(r.status, 1);
  assert.deepEqual(asked, []);
});

test("the capsule is never sent to the server", async () => {
  const cwd = history();
  await mirrored(cwd, "one.png", honest(cwd, "passport.dpp"));
  assert.ok(asked.length > 0);
  for (const url of asked) assert.doesNotMatch(url, /#|\d{40}/);
});

test("a memory notices a rollback that the label cannot", async () => {
  const cwd = history();
  const seen = ["--known", "seen.json"];
  const serve = honest(cwd, "two.dpp", "passport.dpp");
  assert.equal((await mirrored(cwd, "one.png", serve, seen)).status, 0);
  const r = await mirrored(cwd, "one.png", honest(cwd, "passport.dpp"), seen);
  assert.equal(r.status, 5, r.stderr);
  assert.equal(r.current, false);
  assert.equal(r.error.code, "rolled_back");
});

test("the passport of a lot speaks for its units", async () => {
  const cwd = noDir();
  good(["new", cwd]);
  sign(cwd, "model.dpp");
  edit(cwd, (p) => {
    p.identity.unique_product_identifier += "/10/LOT7";
  });
  sign(cwd, "lot.dpp");
  const text = json(["label", "lot.dpp", "--key", "keys/line.pem", "--url",
    `https://id.maker.example/01/${GTIN}/10/LOT7/21/SN-1`, "-o", "l.png"],
  { cwd }).text;
  const lot = readFileSync(join(cwd, "lot.dpp"));
  const r = await mirrored(cwd, text, () => lot);
  assert.equal(r.status, 0, r.stderr);
  assert.equal(r.consistent, true);
  assert.equal(r.passport.subject, `${SUB}/10/LOT7`);
});

/** The lot's passport for its units, a model's version above it. */
function lotted(cwd, model, ...older) {
  const lot = readFileSync(join(cwd, "lot.dpp"));
  const above = honest(cwd, model, ...older);
  return (url) => url.includes("/10/LOT7") ? lot : above(url);
}

test("a rollback of the model is noticed behind its lot's passport", async () => {
  const cwd = history();
  edit(cwd, (p) => { p.identity.unique_product_identifier += "/10/LOT7"; });
  sign(cwd, "lot.dpp");
  const text = json(["label", "passport.dpp", "--key", "keys/line.pem", "--url",
    `https://id.maker.example/01/${GTIN}/10/LOT7/21/SN-1`, "-o", "l.png"],
  { cwd }).text;
  const seen = ["--known", "seen.json"];
  const first = await mirrored(cwd, text, lotted(cwd, "two.dpp", "passport.dpp"),
    seen);
  assert.equal(first.status, 0, first.stderr);
  assert.equal(first.consistent, true);
  const r = await mirrored(cwd, text, lotted(cwd, "passport.dpp"), seen);
  assert.equal(r.status, 5, r.stderr);
  assert.equal(r.current, false);
  assert.equal(r.error.code, "rolled_back");
});

test("a model's history that cannot be fetched is not inconsistent", async () => {
  const cwd = history();
  edit(cwd, (p) => { p.identity.unique_product_identifier += "/10/LOT7"; });
  sign(cwd, "lot.dpp");
  const text = json(["label", "passport.dpp", "--key", "keys/line.pem", "--url",
    `https://id.maker.example/01/${GTIN}/10/LOT7/21/SN-1`, "-o", "l.png"],
  { cwd }).text;
  const r = await mirrored(cwd, text, lotted(cwd, "two.dpp"));
  assert.equal(r.status, 4, r.stderr);
  assert.equal(r.genuine, true);
  assert.equal(r.consistent, null);
  assert.equal(r.error.code, "network");
});
