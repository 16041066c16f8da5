// carnet publish: which request is made, and what each answer means.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { SUB, edit, fails, good, json, program, signedProject }
  from "./carnet.mjs";

let server, base, answer, seen;

before(async () => {
  server = createServer((request, response) => {
    const parts = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => {
      seen.push({ method: request.method, url: request.url,
        type: request.headers["content-type"], body: Buffer.concat(parts) });
      const { status, body } = answer(seen.length);
      response.writeHead(status, { "Content-Type": "application/json" });
      response.end(body);
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${server.address().port}`;
});
after(() => server.close());

/** Runs without blocking, for our own server has to answer. */
const publish = (cwd, file, status, body = "{}", more = []) =>
  new Promise((resolve) => {
    seen = [];
    answer = () => ({ status, body });
    const child = spawn(program, ["publish", file, "--to", base, ...more], { cwd });
    let stdout = "", stderr = "";
    child.stdout.on("data", (part) => { stdout += part; });
    child.stderr.on("data", (part) => { stderr += part; });
    child.on("close", (code) => resolve({ status: code, stdout, stderr }));
  });

test("version 1 is posted, byte for byte", async () => {
  const cwd = signedProject();
  const r = await publish(cwd, "passport.dpp", 201);
  assert.equal(r.status, 0, r.stderr);
  assert.equal(seen.length, 1);
  assert.equal(seen[0].method, "POST");
  assert.equal(seen[0].url, "/v1/dpps");
  assert.equal(seen[0].type, "application/vnd.carnet+cose");
  assert.deepEqual(seen[0].body, readFileSync(join(cwd, "passport.dpp")));
  const { digest } = json(["show", "passport.dpp"], { cwd });
  assert.match(r.stdout, new RegExp(`^Published\n[^]*${digest}`));
});

test("a later version is patched at its own id", async () => {
  const cwd = signedProject();
  edit(cwd, (p) => { p.identity.software_versions[0].version = "1.0.1"; });
  good(["sign", "product.json", "--key", "keys/maker.pem", "--after",
    "passport.dpp", "-o", "two.dpp"], { cwd });
  const r = await publish(cwd, "two.dpp", 200);
  assert.equal(r.status, 0, r.stderr);
  assert.equal(seen[0].method, "PATCH");
  assert.equal(seen[0].url, `/v1/dpps/${encodeURIComponent(SUB)}`);
});

test("again is fine, and said so", async () => {
  const r = await publish(signedProject(), "passport.dpp", 200);
  assert.equal(r.status, 0, r.stderr);
  assert.match(r.stdout, /^There already/);
});

test("a resolver that stored something else is not believed", async () => {
  const cwd = signedProject();
  const { digest } = json(["show", "passport.dpp"], { cwd });
  const mine = await publish(cwd, "passport.dpp", 201, JSON.stringify({ digest }));
  assert.equal(mine.status, 0, mine.stderr);
  const other = await publish(cwd, "passport.dpp", 201,
    JSON.stringify({ digest: "0".repeat(64) }));
  assert.equal(other.status, 1);
  assert.match(other.stderr, /another version: 0{64}/);
});

test("as JSON", async () => {
  const cwd = signedProject();
  const r = await publish(cwd, "passport.dpp", 201, "{}", ["--format", "json"]);
  assert.deepEqual(JSON.parse(r.stdout), { subject: SUB, version: 1,
    digest: json(["show", "passport.dpp"], { cwd }).digest });
});

test("what each answer means", async () => {
  const cwd = signedProject();
  const body = JSON.stringify({ statusCode: "x",
    message: [{ messageType: "error", text: "said the resolver" }] });
  for (const [status, exit, pattern] of [
    [400, 1, /cannot read this passport/], [403, 1, /does not trust/],
    [404, 1, /no earlier version/], [405, 1, /does not take passports/],
    [409, 1, /does not follow/], [413, 1, /too large/], [415, 1, /media type/],
    [429, 4, /wait/], [500, 4, /failed/], [503, 4, /not ready/],
    [418, 1, /none of ours/], [302, 1, /./], [204, 1, /none of ours/]]) {
    const r = await publish(cwd, "passport.dpp", status, status === 204 ? "" : body);
    assert.ok(r.status === exit || (status === 302 && r.status > 0),
      `${status}: ${r.status} ${r.stderr}`);
    assert.match(r.stderr, pattern);
    assert.equal(r.stdout, "");
    if (status >= 400)
      assert.match(r.stderr, new RegExp(`status ${status}\\): said the resolver`));
  }
});

test("an answer that is no JSON, or hostile, does no harm", async () => {
  const cwd = signedProject();
  for (const body of ["<html>", "", "\x1b[2J", "[".repeat(60000),
    '{"message":[{"text":"a\\u001b[31m\\nb"}]}']) {
    const r = await publish(cwd, "passport.dpp", 403, body);
    assert.equal(r.status, 1, r.stderr);
    // eslint-disable-next-line no-control-regex
    assert.doesNotMatch(r.stderr, /[\x00-\x09\x0b-\x1f]/);
  }
});

test("only https, but for this machine", () => {
  const cwd = signedProject();
  for (const to of ["http://maker.example", "ftp://127.0.0.1", "maker.example",
    "http://127.0.0.1.evil.example", "https://"])
    fails(2, ["publish", "passport.dpp", "--to", to], /https/, { cwd });
  fails(2, ["publish", "passport.dpp"], /--to URL/, { cwd });
  fails(4, ["publish", "passport.dpp", "--to", "http://127.0.0.1:1"],
    /./, { cwd });
});
