// Help, wrong usage, and the one style of failures.
import assert from "node:assert/strict";
import { openSync } from "node:fs";
import { test } from "node:test";
import { carnet, ends, fails, good } from "./carnet.mjs";

const commands = good(["help"]).stdout.split("\nCommands\n")[1].split("\n\n")[0]
  .split("\n").map((line) => line.trim().split(/\s+/)[0]).filter(Boolean);

test("help goes to standard output and is good", () => {
  for (const args of [["help"], ["--help"], ["-h"]]) {
    const r = good(args);
    assert.match(r.stdout, /^carnet makes and verifies/);
    assert.equal(r.stderr, "");
  }
  assert.match(good(["--version"]).stdout, /^carnet \d+\.\d+\.\d+\n$/);
});

test("every command has help that starts with examples", () => {
  assert.ok(commands.length >= 2);
  for (const name of commands) {
    const a = good(["help", name]), b = good([name, "--help"]);
    assert.equal(a.stdout, b.stdout);
    const order = ["Examples", "Usage", "Exit status"]
      .map((heading) => a.stdout.indexOf(`\n${heading}\n`));
    assert.ok(order[0] > 0 && order[0] < order[1] && order[1] < order[2], name);
  }
});

test("help fits a terminal of 80 columns", () => {
  for (const name of commands) {
    const text = good(["help", name]).stdout;
    for (const line of text.split("\n"))
      assert.ok([...line].length <= 80, `${name}: ${line}`);
  }
});

test("no command, and one that does not exist", () => {
  assert.match(fails(2, [], /a command is missing/).stderr, /carnet help/);
  assert.match(fails(2, ["lnk"], /there is no command lnk/).stderr,
    /Did you mean carnet link\?/);
  fails(2, ["help", "sgin"], /there is no command sgin/);
});

test("an unknown option names the nearest and the help page", () => {
  const r = fails(2, ["link", "--fromat", "json", "x"], /no option --fromat/);
  assert.match(r.stderr, /Did you mean --format\?/);
  assert.equal(r.stdout, "");
  assert.match(fails(2, ["link", "a", "b"], /one argument too many/).stderr,
    /See: carnet help link/);
});

test("a value that is none of the choices", () => {
  fails(2, ["link", "x", "--format", "yaml"], /one of text, json/);
});

test("no colours without a terminal, and no control characters ever", () => {
  const r = ends(1, ["link", "https://x.example/\x1b[31m\u202e\u009b01"]);
  // eslint-disable-next-line no-control-regex
  assert.doesNotMatch(r.stdout + r.stderr, /[\x00-\x09\x0b-\x1f\u009b\u202e]/);
});

test("standard output that is full is a failure of the system", () => {
  const full = openSync("/dev/full", "w");
  const r = carnet(["help"], { stdio: ["ignore", full, "pipe"] });
  assert.equal(r.status, 4);
  assert.match(r.stderr, /^carnet: standard output: cannot write: No space/);
});
