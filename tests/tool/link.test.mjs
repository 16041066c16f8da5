// carnet link: the JSON that others call, and refusals.
import assert from "node:assert/strict";
import { test } from "node:test";
import { GTIN, SUB, URL21, ends, fails, good, json } from "./carnet.mjs";

test("key, qualifiers, canonical form", () => {
  assert.deepEqual(json(["link", URL21]), {
    valid: true, key: { ai: "01", value: GTIN },
    qualifiers: [{ ai: "21", value: "SN-0001" }], attributes: [],
    canonical: `${SUB}/21/SN-0001`,
    element_string: `(01)${GTIN}(21)SN-0001`, error: null,
  });
});

test("a host of any name and a fragment do not count", () => {
  assert.equal(json(["link", `http://localhost:8080/01/${GTIN}#123`]).canonical,
    SUB);
});

test("an invalid link prints the document and ends with 1", () => {
  for (const uri of ["https://id.maker.example/01/09506000134353",
    `https://id.maker.example/01/${GTIN}/21/1/10/A`, "https://id.maker.example/",
    "ftp://x.example/01/" + GTIN, ""]) {
    const r = ends(1, ["link", uri, "--format", "json"]);
    const document = JSON.parse(r.stdout);
    assert.deepEqual(Object.keys(document), ["valid", "key", "qualifiers",
      "attributes", "canonical", "element_string", "error"]);
    assert.equal(document.valid, false);
    assert.equal(document.key, null);
    assert.ok(document.error.length > 10);
    assert.match(r.stderr, /^carnet: /);
  }
});

test("in words", () => {
  assert.match(good(["link", URL21]).stdout, /qualifier +\(21\) SN-0001\n/);
  const r = fails(1, ["link", "https://x.example/01/1"], /x\.example/);
  assert.equal(r.stdout, "");
});
