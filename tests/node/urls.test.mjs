// URLs, judged by node's URL parser (WHATWG), and Digital Links, judged by
// GS1's own table of application identifiers where it is at hand.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const program = join(process.env.CARNET_BUILD, "tests/node/judge_urls");
const shared = process.env.CARNET_SHARED ?? join(import.meta.dirname ??
  new URL(".", import.meta.url).pathname, "../../../shared");

/** A line for each URL: what comes of it, or null where it is refused. */
function judge(mode, urls) {
  const lines = execFileSync(program, [mode], {
    input: urls.map((url) => `${url}\n`).join(""), encoding: "utf8",
    maxBuffer: 1 << 28,
  }).split("\n");
  assert.equal(lines.length, urls.length + 1);
  return urls.map((_, i) => (lines[i][0] === "=" ? lines[i].slice(1) : null));
}

/** The same numbers every time. */
let seed = 1;
function next(n) {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return (seed >>> 8) % n;
}
const pick = (list) => list[next(list.length)];

const pieces = {
  scheme: ["https:", "https:", "https:", "http:", "HTTPS:", "ftp:"],
  slashes: ["//", "//", "//", "//", "/", "///", "/\\", ""],
  host: ["id.maker.example", "127.0.0.1", "localhost", "[::1]", "[2001:db8::1]",
    "ID.example", "192.0.2.1", "0x7f.1", "127.1", "1.2.3", "256.1.1.1", "a.1",
    "1.2.3.4.", "a..b", "a.", ".", "xn--fsq.example", "[::ffff:1.2.3.4]",
    "[2001:DB8::1]", "[1:0:0:2::3]", "[::1%25lo]", "a%2eb", "a_b", "a b", "ü.example",
    "a<b", "-a-", "08.1", "1e3", "0x", "a.0x1g", ""],
  port: ["", "", "", ":443", ":80", ":8080", ":", ":0080", ":65536", ":1x"],
  user: ["", "", "", "", "me@", "me:pw@", "@"],
  part: ["01", "09506000134352", "21", "10", "SN-0001", ".", "..", "...", "%2e",
    "%2E%2e", ".%2e", "%2f", "%2F", "a'b", "a|b", "a\"b", "a\\b", "a\tb", " ",
    "a b", "ä", "[", "^", "`", "{", "a;b=c", "%", "%4", "%zz", "~", "!$&'()*+,;=:@",
    "", "a%00b", "\x7f"],
  tail: ["", "", "", "?", "?a=b&c", "?a=it's", "?a b", "?\"", "?<", "?|", "?^",
    "?%27", "?ä", "#", "#1", "?a#", "\r", " "],
};
// Mostly plain pieces, or nearly nothing would be accepted.
const some = (kind, plain) => (next(6) > 0 ? plain : pick(pieces[kind]));
const url = () => {
  const path = Array.from({ length: next(6) },
    () => `/${some("part", pick(["01", "p", "SN-0001", "a;b=c@d:e"]))}`);
  return some("scheme", "https:") + some("slashes", "//") + some("user", "") +
    some("host", "id.maker.example") + some("port", "") + path.join("") +
    some("tail", pick(["", "?a=b", "?17=261231"]));
};
const unchanged = (text) => {
  try {
    return new URL(text).href === text;
  } catch {
    return false;
  }
};

test("what may be printed is what a browser leaves as it is", () => {
  const urls = Array.from({ length: 60000 }, url);
  let accepted = 0;
  judge("printable", urls).forEach((out, i) => {
    if (out === null) return;
    accepted++;
    assert.ok(unchanged(urls[i]), JSON.stringify(urls[i]));
  });
  assert.ok(accepted > 500, `${accepted} accepted`);
});

test("plain good URLs are not refused", () => {
  const urls = [];
  for (let i = 0; i < 2000; i++) {
    let text = "https://" + pick(["id.maker.example", "192.0.2.7", "a.example:8443",
      "[2001:db8::7]", "xn--fsq.example"]);
    for (let n = next(5) + 1; n > 0; n--)
      text += "/" + encodeURIComponent(Array.from({ length: next(9) + 1 },
        () => String.fromCharCode(33 + next(94))).join("")).replace(/^\.+$/, "x");
    urls.push(text);
  }
  judge("printable", urls).forEach((out, i) => {
    assert.ok(unchanged(urls[i]));
    assert.equal(out, urls[i]);
  });
});

test("a subject is a URL that stays as it is, and is its own subject", () => {
  const urls = Array.from({ length: 60000 }, url);
  const subjects = judge("subject", urls).filter((out) => out !== null);
  assert.ok(subjects.length > 100, `${subjects.length} accepted`);
  for (const sub of subjects) assert.ok(unchanged(sub), JSON.stringify(sub));
  assert.deepEqual(judge("subject", subjects), subjects);
});

// ---- GS1's table --------------------------------------------------------------

const digit = (digits, left) => {
  let sum = 0;
  for (let i = digits.length - 1, w = 3; i >= 0; i--, w = 4 - w)
    sum += w * Number(digits[i]);
  return left + digits + (10 - sum % 10) % 10;
};

// Values whose checks are more than a form: one by hand.
const byHand = {
  8013: "9520123ABC45JZ", 7040: "1ABC", 8006: "095060001343520102",
  8026: "095060001343520102",
};

/** A value of the format, as long as it may be; null where it takes a list of
 * countries or the like to make one. */
function valueOf(ai, spec) {
  if (byHand[ai]) return byHand[ai];
  let value = "";
  for (const word of spec.split(" ")) {
    const [, set, most, checks] = /^\[?([NXYZ])(?:\.\.)?(\d+)\]?(?:,(.*))?$/.exec(word);
    if (/yyyymm/.test(checks)) value += "20261130";
    else if (/yymm/.test(checks)) value += "261130";
    else if (/csum$|csum,/.test(checks)) value = digit("9520123456789012345".slice(0, most - 1), value);
    else if (/zero$/.test(checks) && !/non/.test(checks)) value += "0".repeat(most);
    else if (/gcppos1/.test(checks)) value += "9520" + "A".repeat(most - 4);
    else value += (set === "N" ? "1" : "A").repeat(most);
  }
  return value;
}

function familyOf(ai) {
  const [first, last = first] = ai.split("-");
  return Array.from({ length: last - first + 1 },
    (_, i) => String(Number(first) + i).padStart(first.length, "0"));
}

const table = join(shared, "data/gs1/ai_table.json");
test("every AI of GS1's table is read, in its lengths and places", {
  skip: !existsSync(table),
}, () => {
  const { entries } = JSON.parse(readFileSync(table, "utf8"));
  const key = { carried: "https://a.example/00/095201234567891235",
    canonical: "https://id.gs1.org/00/095201234567891235" };
  const cases = [];
  for (const { ai: family, spec, dl_attr: attribute, attrs } of entries) {
    const primary = attrs.some((a) => a.startsWith("dlpkey"));
    for (const ai of familyOf(family)) {
      const value = valueOf(ai, spec);
      const path = `/${ai}/${value}${ai === "415" ? "/8020/R" : ""}`;
      const expect = (url, out) => cases.push([url, out]);
      expect(`https://a.example${path}`, primary ? `https://id.gs1.org${path}` : null);
      expect(`${key.carried}?${ai}=`, null);
      if (ai === "00") continue; // the key itself
      expect(`${key.carried}?${ai}=${value}`,
        attribute ? `${key.canonical}?${ai}=${value}` : null);
      if (!byHand[ai]) expect(`${key.carried}?${ai}=${value}1`, null);
    }
  }
  assert.ok(cases.length > 1500, `${cases.length} cases`);
  const outs = judge("link", cases.map(([url]) => url));
  cases.forEach(([url, out], i) => assert.equal(outs[i], out, url));
});

const keys = join(shared, "data/gs1/dl_primary_keys.csv");
test("every key takes its qualifiers, in their order only", {
  skip: !existsSync(keys),
}, () => {
  const { entries } = JSON.parse(readFileSync(table, "utf8"));
  const spec = (ai) => entries.find((e) => familyOf(e.ai).includes(ai)).spec;
  const rows = readFileSync(keys, "utf8").trim().split("\n").slice(1).map((line) =>
    line.match(/("[^"]*"|[^,]*)(,|$)/g).map((s) => s.replace(/,$/, "").replace(/"/g, "")));
  assert.equal(rows.length, 16);
  for (const [ai, , , sequences] of rows) {
    const base = `/${ai}/${valueOf(ai, spec(ai))}`;
    const pair = (q) => `/${q}/${valueOf(q, spec(q))}`;
    for (const sequence of sequences.split("|").filter((s) => s !== "")) {
      const list = sequence.split(",");
      const straight = base + list.map(pair).join("");
      const back = base + list.map(pair).reverse().join("");
      const twice = base + pair(list[0]) + pair(list[0]);
      assert.deepEqual(judge("link", [straight, back, twice].map(
        (p) => `https://a.example${p}`)),
      [`https://id.gs1.org${straight}`, list.length > 1 ? null :
        `https://id.gs1.org${straight}`, null], `${ai} ${sequence}`);
    }
    const strange = ai === "8010" ? "21" : "8011";
    assert.deepEqual(judge("link", [`https://a.example${base}${pair(strange)}`]),
      [null]);
  }
});
