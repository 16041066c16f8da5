// The project's own SBOM, read by somebody else's JSON reader and held against
// what the build really links.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const build = process.env.CARNET_BUILD;
const source = join(dirname(fileURLToPath(import.meta.url)), "../..");
const bom = JSON.parse(readFileSync(join(build, "carnet.cdx.json"), "utf8"));
const refs = new Map(bom.components.map((c) => [c["bom-ref"], c]));
const sha256 = (path) =>
  createHash("sha256").update(readFileSync(path)).digest("hex");

test("it is a CycloneDX 1.6 document about this project", () => {
  assert.equal(bom.bomFormat, "CycloneDX");
  assert.equal(bom.specVersion, "1.6");
  assert.match(bom.serialNumber, /^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  assert.equal(bom.version, 1);
  assert.equal(bom.metadata.component.name, "carnet");
  const cmake = readFileSync(join(source, "CMakeLists.txt"), "utf8");
  const [, version] = /project\(carnet VERSION ([0-9.]+)/.exec(cmake);
  assert.equal(bom.metadata.component.version, version);
});

test("every component has what a reader asks for", () => {
  for (const c of bom.components) {
    assert.match(c.version, /^[0-9]+(\.[0-9]+)+$/, c.name);
    assert.match(c.purl, /^pkg:(deb|generic)\//, c.name);
    assert.equal(c.licenses.length, 1, c.name);
    assert.deepEqual(c.hashes.map((h) => h.alg), ["SHA-256", "SHA-512"]);
  }
  assert.equal(refs.size, bom.components.length, "a bom-ref stands twice");
});

test("every dependency leads to a component", () => {
  const known = new Set([...refs.keys(), "carnet"]);
  const seen = new Set();
  for (const { ref, dependsOn } of bom.dependencies) {
    assert.ok(known.has(ref), ref);
    seen.add(ref);
    for (const on of dependsOn) assert.ok(refs.has(on), `${ref} → ${on}`);
  }
  assert.deepEqual([...seen].sort(), [...known].sort());
  const top = bom.dependencies.find((d) => d.ref === "carnet");
  assert.deepEqual(top.dependsOn, ["carnet-tool", "carnet-resolver", "libcarnet"]);
});

test("the programs link what it says, and nothing else", () => {
  const file = (ref) =>
    refs.get(ref).properties.find((p) => p.name === "bsi:component:filename").value;
  const needed = (path) =>
    [...execFileSync("objdump", ["-p", path], { encoding: "utf8" })
      .matchAll(/NEEDED +(\S+)/g)].map((m) => m[1])
      // Parts of the C library and of the compiler's run time.
      .filter((n) => !/^(lib(m|pthread|dl|gcc_s|asan|ubsan|tsan)\.so|ld-)/.test(n));
  const stem = (name) => name.replace(/\.so.*/, "");
  const programs = { "carnet-tool": "bin/carnet", "carnet-resolver": "bin/carnet-resolver" };
  for (const [ref, path] of Object.entries(programs)) {
    const said = new Set([ref, "libcarnet"].flatMap((r) =>
      bom.dependencies.find((d) => d.ref === r).dependsOn)
      .filter((r) => r !== "libcarnet").map((r) => stem(file(r))));
    for (const name of needed(join(build, path)))
      assert.ok(said.has(stem(name)), `${path} needs ${name}`);
  }
});

test("the digests are those of the files", () => {
  const sum = (c) => c.hashes.find((h) => h.alg === "SHA-256").content;
  assert.equal(sum(refs.get("carnet-tool")), sha256(join(build, "bin/carnet")));
  assert.equal(sum(refs.get("carnet-resolver")), sha256(join(build, "bin/carnet-resolver")));
  let files = 0;
  for (const ref of ["libcarnet", "carnet-tool", "carnet-resolver"])
    for (const c of refs.get(ref).components) {
      assert.equal(c.type, "file");
      assert.equal(sum(c), sha256(join(source, c.name)), c.name);
      files++;
    }
  assert.ok(files > 40, `only ${files} sources`);
});

test("the project's digest is that of its list of sources, which is right", () => {
  const list = join(build, "carnet.sources");
  assert.equal(bom.metadata.component.hashes[0].content, sha256(list));
  const lines = readFileSync(list, "utf8").trim().split("\n");
  for (const line of lines) {
    const [digest, name] = line.split("  ");
    assert.equal(sha256(join(source, name)), digest, name);
  }
  assert.ok(lines.length > 40);
});

test("every C file of the programs is in it", () => {
  const listed = new Set([...refs.values()].flatMap((c) => c.components ?? [])
    .map((c) => c.name));
  const walk = (dir) => readdirSync(join(source, dir)).flatMap((name) => {
    const path = `${dir}/${name}`;
    return statSync(join(source, path)).isDirectory() ? walk(path) : [path];
  });
  for (const path of [...walk("passport"), ...walk("resolver")])
    if (path.endsWith(".c")) assert.ok(listed.has(path), path);
});

test("the same input gives the same bytes", () => {
  const again = join(build, "again");
  mkdirSync(again, { recursive: true });
  execFileSync("cmake", [`-DINPUT=${build}/sbom-input.cmake`,
    `-DOUTPUT=${again}/carnet.cdx.json`, `-DMANIFEST=${again}/carnet.sources`,
    "-P", join(source, "cmake/WriteSbom.cmake")]);
  for (const name of ["carnet.cdx.json", "carnet.sources"])
    assert.equal(sha256(join(again, name)), sha256(join(build, name)));
});
