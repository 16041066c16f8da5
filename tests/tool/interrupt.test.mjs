// Killed in the middle: what was there before is whole, or the new file is.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { dir, edit, json, names, program, signedProject } from "./carnet.mjs";

const killed = (args, cwd, ms) => new Promise((resolve) => {
  const child = spawn(program, args, { cwd, stdio: "ignore" });
  const timer = setTimeout(() => child.kill("SIGKILL"), ms);
  child.on("close", (code, signal) => {
    clearTimeout(timer);
    resolve(signal);
  });
});

test("SIGKILL while signing over an old version", async () => {
  const cwd = signedProject();
  const old = readFileSync(join(cwd, "passport.dpp"));
  writeFileSync(join(cwd, "out.dpp"), old);
  let kills = 0, wholes = 0;
  for (let i = 0; i < 60; i++) {
    const signal = await killed(["sign", "product.json", "--key",
      "keys/maker.pem", "-o", "out.dpp"], cwd, 2 + (i % 30) * 2);
    if (signal) kills++;
    else wholes++;
    const shown = json(["show", "out.dpp"], { cwd });
    assert.equal(shown.version, 1);
    assert.equal(json(["verify", "out.dpp", "--trust", "trust.json"], { cwd })
      .genuine, true);
  }
  assert.ok(kills > 0, "no run was killed in time");
  assert.ok(wholes >= 0);
});

test("SIGKILL while a trust list is written", async () => {
  const cwd = signedProject();
  for (let i = 0; i < 30; i++) {
    await killed(["keygen", "--issuer", "https://maker.example", "--subject",
      "https://id.gs1.org/01/09506000", "--out", "."], cwd, 1 + i);
    const list = JSON.parse(readFileSync(join(cwd, "trust.json"), "utf8"));
    assert.ok(list.issuers[0].keys.length >= 2);
    assert.equal(json(["verify", "passport.dpp", "--trust", "trust.json"], { cwd })
      .genuine, true);
  }
});

test("SIGKILL while a project is made: all of it or none", async () => {
  const cwd = dir();
  for (let i = 0; i < 30; i++) {
    await killed(["new", `p${i}`], cwd, 1 + i);
    const made = names(cwd).filter((n) => n.startsWith(`p${i}/`));
    assert.ok(made.length === 0 || made.length === 9, made.join(" "));
  }
});

test("a version that was read cannot change under the reader", () => {
  const cwd = signedProject();
  const before = json(["show", "passport.dpp"], { cwd }).digest;
  edit(cwd, (p) => { p.identity.model_type = "Other"; });
  assert.equal(json(["show", "passport.dpp"], { cwd }).digest, before);
});
