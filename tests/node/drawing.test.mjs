// A drawn label, painted by librsvg and read by zbarimg: the symbol, and its
// size on paper.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { project, run, symbolText } from "./outside.mjs";

const missing = ["rsvg-convert", "zbarimg"].find(
  (program) => spawnSync(program, ["--version"]).error);
const url = "https://id.maker.example/01/09506000134352/21/SN-0001";

test("a drawing shows the symbol, at its true size",
  { skip: missing && `${missing} is not installed` }, () => {
    const dir = project("drawn");
    run(["sign", "product.json", "--key", "keys/maker.pem", "-o", "p.dpp"], dir);
    for (const more of [[], ["--level", "Q"], ["--no-capsule"], ["--dpi", "203"],
      ["--module", "0.8"]]) {
      const told = JSON.parse(run(["label", "p.dpp", "--key", "keys/line.pem",
        "--url", url, "-o", "l.svg", "--format", "json", ...more], dir));
      execFileSync("rsvg-convert", ["-d", `${told.dpi}`, "-p", `${told.dpi}`,
        "-o", "l.png", "l.svg"], { cwd: dir });
      assert.equal(symbolText(join(dir, "l.png")), told.text);
      const width = readFileSync(join(dir, "l.png")).readUInt32BE(16);
      assert.ok(Math.abs(width - told.side_mm / 25.4 * told.dpi) <= 1.5,
        `${width} pixels for ${told.side_mm} mm`);
    }
  });
