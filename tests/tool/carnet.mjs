// What the tests of the command line share: running carnet, scratch
// directories, pictures drawn by the test itself.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync }
  from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after } from "node:test";
import { deflateSync, crc32 as builtin } from "node:zlib";

export const program =
  resolve(process.env.CARNET_BUILD ?? "build/dev", "bin/carnet");
export const GTIN = "09506000134352";
export const SUB = `https://id.gs1.org/01/${GTIN}`;
export const URL21 = `https://id.maker.example/01/${GTIN}/21/SN-0001`;

const scratch = mkdtempSync(join(tmpdir(), "carnet-tool-"));
after(() => rmSync(scratch, { recursive: true, force: true }));
let count = 0;

/** A fresh directory; or the name of one that is not there yet. */
export const dir = () => mkdtempSync(join(scratch, "d-"));
export const noDir = () => join(scratch, `n-${++count}`);

/** Runs a program to its end. options: cwd, input, env, stdio. */
export function run(file, args, options = {}) {
  const { env, ...rest } = options;
  const r = spawnSync(file, args, {
    encoding: "utf8", timeout: 60_000, maxBuffer: 1 << 28,
    env: { PATH: process.env.PATH, HOME: scratch,
      LSAN_OPTIONS: process.env.LSAN_OPTIONS, ...env }, ...rest,
  });
  if (r.error && r.error.code !== "EPIPE") throw r.error;
  return r;
}

/** Runs carnet; by default in `cwd`, without a terminal. */
export const carnet = (args, options = {}) => run(program, args, options);

/** The same, and it must end with `status`. */
export function ends(status, args, options = {}) {
  const r = carnet(args, options);
  assert.equal(r.status, status,
    `carnet ${args.join(" ")}\n${r.stdout}\n${r.stderr}`);
  return r;
}
export const good = (args, options) => ends(0, args, options);
export const json = (args, options) =>
  JSON.parse(good([...args, "--format", "json"], options).stdout);

/** One sentence on standard error, in the one style. */
export function fails(status, args, pattern, options = {}) {
  const r = ends(status, args, options);
  assert.match(r.stderr, /^carnet: /m);
  assert.match(r.stderr, pattern);
  assert.doesNotMatch(r.stderr, /Assertion|Sanitizer|runtime error/);
  return r;
}

let starter;
/** A copy of one starter project: fast, and every test may spoil its own. */
export function project() {
  if (!starter) {
    starter = join(scratch, "starter");
    good(["new", starter]);
  }
  const copy = noDir();
  cpSync(starter, copy, { recursive: true });
  return copy;
}

/** A project with passport.dpp, version 1. */
let signed;
export function signedProject() {
  if (!signed) {
    signed = project();
    good(["sign", "product.json", "--key", "keys/maker.pem", "-o", "passport.dpp"],
      { cwd: signed });
  }
  const copy = noDir();
  cpSync(signed, copy, { recursive: true });
  return copy;
}

/** Changes product.json with a function. */
export function edit(cwd, change, name = "product.json") {
  const path = join(cwd, name);
  const value = JSON.parse(readFileSync(path, "utf8"));
  change(value);
  writeFileSync(path, JSON.stringify(value, null, 2));
  return value;
}

/** Names below a directory, sorted: nothing half-written may lie about. */
export const names = (cwd) => readdirSync(cwd, { recursive: true }).sort();

// ---- pictures ---------------------------------------------------------------

const table = new Uint32Array(256).map((_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n >>> 0;
});
const crc32 = builtin ?? ((bytes) => {
  let c = 0xffffffff;
  for (const b of bytes) c = table[(c ^ b) & 255] ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
});

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

/** A grey PNG; dark(x, y) says where ink is. */
export function png(width, height, dark) {
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      rows[y * (width + 1) + 1 + x] = dark(x, y) ? 0 : 255;
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 0, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), chunk("IHDR", head),
    chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]);
}

/** The bars of an EAN-13, drawn from its definition (ISO/IEC 15420). */
export function ean13(digits) {
  const L = ["0001101", "0011001", "0010011", "0111101", "0100011", "0110001",
    "0101111", "0111011", "0110111", "0001011"];
  const R = L.map((s) => [...s].map((b) => 1 - b).join(""));
  const G = R.map((s) => [...s].reverse().join(""));
  const parity = ["LLLLLL", "LLGLGG", "LLGGLG", "LLGGGL", "LGLLGG", "LGGLLG",
    "LGGGLL", "LGLGLG", "LGLGGL", "LGGLGL"][digits[0]];
  const left = [...digits.slice(1, 7)]
    .map((d, i) => (parity[i] === "L" ? L : G)[d]).join("");
  const right = [...digits.slice(7)].map((d) => R[d]).join("");
  const bars = `101${left}01010${right}101`;
  const module = 4, quiet = 12 * module;
  return png(bars.length * module + 2 * quiet, 200, (x, y) =>
    y >= 30 && y < 170 && x >= quiet &&
    bars[Math.floor((x - quiet) / module)] === "1");
}
