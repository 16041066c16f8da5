// carnet declaration: the paper that goes with a product.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { edit, fails, good, run, signedProject } from "./carnet.mjs";

const read = (cwd, name) => readFileSync(join(cwd, name), "utf8");
const have = (program) => !spawnSync(program, ["-v"]).error;
const sign = (cwd) => good(["sign", "product.json", "--key", "keys/maker.pem",
  "--force-findings", "-o", "p.dpp"], { cwd });

test("the whole declaration, every item that is asked for", () => {
  const cwd = signedProject();
  const r = good(["declaration", "passport.dpp", "-o", "d.txt"], { cwd });
  assert.equal(r.stderr, "");
  const text = read(cwd, "d.txt").replace(/\s+/g, " ");
  const product = JSON.parse(read(cwd, "product.json"));
  for (let i = 1; i <= 8; i++)
    assert.ok(text.includes(product.conformity.declaration[`cra_v_${i}`].en), `${i}`);
  assert.match(text, /EN IEC 63000:2018, for Directive 2011\/65\/EU, applied in full/);
  assert.match(text, /essential cybersecurity requirements set out in Annex I/);
  assert.match(text, /Directive 2014\/30\/EU/);
  assert.match(text, /Head of Product Compliance/);
  assert.doesNotMatch(text, /2024\/1689|is missing/);
});

test("what is missing is named, never invented", () => {
  const cwd = signedProject();
  edit(cwd, (p) => { delete p.conformity.declaration.cra_v_6; });
  sign(cwd);
  const r = good(["declaration", "p.dpp", "-o", "d.html"], { cwd });
  assert.match(r.stderr, /item CRA-V-6 is missing in the passport/);
  assert.match(read(cwd, "d.html"), /<p class="missing">item CRA-V-6 is missing/);
});

test("a PDF of A4 pages with Greek and Cyrillic as text", (t) => {
  if (!have("pdftotext")) return t.skip("pdftotext is not installed");
  const cwd = signedProject();
  edit(cwd, (p) => {
    p.identity.model_type = "Αισθητήρας Ω-1";
    for (const item of ["cra_v_6", "cra_v_7", "cra_v_8"])
      p.conformity.declaration[item] = { bg: "Без допълнения. ".repeat(140) };
  });
  sign(cwd);
  good(["declaration", "p.dpp", "--lang", "bg", "-o", "d.pdf"], { cwd });
  const text = run("pdftotext", ["d.pdf", "-"], { cwd }).stdout;
  assert.match(text, /Αισθητήρας Ω-1/);
  assert.match(text, /Без допълнения/);
  const info = run("pdfinfo", ["d.pdf"], { cwd }).stdout;
  assert.match(info, /A4/);
  assert.ok(Number(/^Pages: +(\d+)/m.exec(info)[1]) >= 2);
  // All of the text is there, though it runs over pages.
  assert.equal(text.match(/допълнения/g).length, 420);
});

test("the simplified declaration", () => {
  const cwd = signedProject();
  const own = JSON.parse(read(cwd, "product.json")).conformity.simplified_declaration;
  const flat = (s) => s.replace(/\s+/g, " ");
  assert.ok(flat(good(["declaration", "passport.dpp", "--simplified", "-o", "-"],
    { cwd }).stdout).includes(own));
  edit(cwd, (p) => { delete p.conformity.simplified_declaration; });
  sign(cwd);
  assert.match(flat(good(["declaration", "p.dpp", "--simplified", "-o", "-"],
    { cwd }).stdout), /Hereby, Maker Ltd declares that the product with digital elements type Room Sensor RS-1 is in compliance with Regulation \(EU\) 2024\/2847\. .*: https:\/\/maker\.example\/rs-1\/declaration/);
});

test("wrong usage writes nothing", () => {
  const cwd = signedProject();
  fails(2, ["declaration", "passport.dpp", "-o", "d.doc"], /does not say/, { cwd });
  fails(2, ["declaration", "passport.dpp", "--lang", "english!", "-o", "d.txt"],
    /no language tag/, { cwd });
  fails(2, ["declaration", "passport.dpp"], /--output|-o/, { cwd });
  fails(3, ["declaration", "product.json", "-o", "d.txt"], /./, { cwd });
  assert.ok(!existsSync(join(cwd, "d.doc")) && !existsSync(join(cwd, "d.txt")));
});
