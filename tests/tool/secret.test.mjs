// Pass phrases: from a descriptor, a credential, the terminal; never elsewhere.
import assert from "node:assert/strict";
import { mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { carnet, ends, fails, good, names, project, program, run }
  from "./carnet.mjs";

const PHRASE = "correct horse";
const keygen = ["keygen", "--issuer", "https://maker.example", "--subject",
  "https://id.gs1.org/01/09506000", "--out", "safe", "--encrypt"];

/** A project whose key in safe/ is encrypted. */
function guarded() {
  const cwd = project();
  writeFileSync(join(cwd, "phrase"), `${PHRASE}\n`);
  good([...keygen, "--passphrase-fd", "0"], { cwd, input: `${PHRASE}\n` });
  const [key] = names(join(cwd, "safe")).filter((n) => /^passport-\w+\.pem$/.test(n));
  return { cwd, sign: ["sign", "product.json", "--key", `safe/${key}`, "-o",
    "out.dpp"], key: join(cwd, "safe", key) };
}

test("from a descriptor", () => {
  const { cwd, sign, key } = guarded();
  assert.match(readFileSync(key, "utf8"), /BEGIN ENCRYPTED PRIVATE KEY/);
  good([...sign, "--passphrase-fd", "0"], { cwd, input: PHRASE });
  good([...sign, "--passphrase-fd", "3"], { cwd,
    stdio: ["ignore", "pipe", "pipe", openSync(join(cwd, "phrase"), "r")] });
  good(["verify", "out.dpp", "--trust", "safe/trust.json"], { cwd });
});

test("the wrong one, none, an empty one", () => {
  const { cwd, sign } = guarded();
  for (const input of ["wrong\n", "\n", "", `${PHRASE} \n`, "x".repeat(5000)])
    fails(3, [...sign, "--passphrase-fd", "0"], /pass phrase/, { cwd, input });
  fails(2, [...sign, "--passphrase-fd", "x"], /descriptor/, { cwd });
  fails(3, [...sign, "--passphrase-fd", "97"], /descriptor 97/, { cwd });
  assert.ok(!names(cwd).includes("out.dpp"));
  fails(3, [...keygen, "--passphrase-fd", "0"], /empty/, { cwd, input: "\n" });
});

test("from a systemd credential", () => {
  const { cwd, sign } = guarded();
  mkdirSync(join(cwd, "cred"));
  writeFileSync(join(cwd, "cred/passphrase"), PHRASE, { mode: 0o400 });
  good(sign, { cwd, env: { CREDENTIALS_DIRECTORY: join(cwd, "cred") } });
});

test("without a terminal it says what to use", () => {
  const { cwd, sign } = guarded();
  const r = run("setsid", ["-w", program, ...sign], { cwd });
  assert.equal(r.status, 3, r.stderr);
  assert.match(r.stderr, /needs a pass phrase\n {2}There is no terminal/);
});

test("never from the environment", () => {
  const { cwd, sign } = guarded();
  const r = run("setsid", ["-w", program, ...sign], { cwd,
    env: { PASSPHRASE: PHRASE, CARNET_PASSPHRASE: PHRASE, CREDENTIALS_DIRECTORY: "" } });
  assert.equal(r.status, 3);
});

test("no secret shows in any output", () => {
  const { cwd, sign } = guarded();
  const r = carnet([...sign, "--passphrase-fd", "0"], { cwd, input: PHRASE });
  assert.doesNotMatch(r.stdout + r.stderr, /correct horse|PRIVATE/);
  const w = ends(3, [...sign, "--passphrase-fd", "0"], { cwd, input: "hunter2" });
  assert.doesNotMatch(w.stdout + w.stderr, /hunter2/);
});

// ---- the terminal -------------------------------------------------------------

const expect = run("sh", ["-c", "command -v expect"]).status === 0;

/** Runs an expect script; `carnet` there is our program, `sign` its words. */
function terminal({ cwd, sign }, script) {
  const r = run("expect", ["-c", `
    set timeout 20
    set carnet {${program}}
    set sign {${sign.join(" ")}}
    ${script}`], { cwd, env: { TERM: "xterm" } });
  return r.stdout + r.stderr;
}

test("asked on the terminal, without echo", { skip: !expect }, () => {
  const made = guarded();
  const out = terminal(made, `
    spawn -noecho sh -c "$carnet $sign; echo status=$?; stty -a"
    expect "Pass phrase for safe/"
    send "${PHRASE}\\r"
    expect eof`);
  assert.match(out, /status=0/);
  assert.doesNotMatch(out, /correct horse/);
  assert.match(out, / echo /, "echo is on again");
});

test("a new phrase is typed twice, and must be the same", { skip: !expect }, () => {
  const cwd = project();
  const words = keygen.join(" ");
  const ask = (second) => terminal({ cwd, sign: [] }, `
    spawn -noecho sh -c "$carnet ${words}; echo status=$?"
    expect "New pass phrase"
    send "one\\r"
    expect "again"
    send "${second}\\r"
    expect eof`);
  assert.match(ask("two"), /differ[^]*status=3/);
  assert.match(ask("one"), /status=0/);
});

test("Ctrl-C leaves a terminal that echoes, and nothing else",
  { skip: !expect }, () => {
    const made = guarded();
    const out = terminal(made, `
      spawn -noecho sh -c "trap : INT; $carnet $sign; echo status=$?; stty -a"
      expect "Pass phrase for safe/"
      send "\\003"
      expect eof`);
    assert.match(out, /status=130/);
    assert.match(out, / echo /);
    assert.ok(!names(made.cwd).includes("out.dpp"));
  });

test("colours on a terminal, unless NO_COLOR", { skip: !expect }, () => {
  const { cwd } = guarded();
  const colours = (env) => terminal({ cwd, sign: [] }, `
    spawn -noecho env ${env} $carnet link https://id.maker.example/01/09506000134352
    expect eof`).includes("\x1b[32m");
  assert.equal(colours("A=b"), true);
  assert.equal(colours("NO_COLOR=1"), false);
  assert.equal(colours("NO_COLOR="), true);
  assert.equal(colours("TERM=dumb"), false);
});
