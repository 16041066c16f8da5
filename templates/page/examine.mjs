/*
 * The judgement: is the passport behind a page genuine, does it speak for the
 * page's identifier, and does the label that was scanned belong to it? Nothing
 * here touches the document; what was found is a list of lines, each the name
 * of a sentence with its values.
 *
 * The fragment of the page's address is read here and sent nowhere: every
 * request goes to an address that the page named.
 */
import { capsuleAad, Fault, monthOf, readCapsule, readDigits, readPassport,
	speaksFor, verify } from "./proof.mjs";

const CLOCK_SKEW = 86400;

/* Keys of the payload and of its records that are compared with a label. */
const CRA_CLASS = 21, AI_CLASS = 22, VERDICT = 39, RUNS = 94;

/* A reason to stop: the name of a sentence and how grave it is. */
class Stop extends Error {
	constructor(level, key, values = {}) {
		super(key);
		Object.assign(this, { level, key, values });
	}
}

const bad = (key, values) => new Stop("bad", key, values);
const open = (key, values) => new Stop("open", key, values);

async function load(env, url, accept) {
	let answer;
	try {
		answer = await env.fetch(url, { headers: { Accept: accept },
			credentials: "omit", redirect: "error" });
	} catch {
		throw open("no_network");
	}
	if (answer.status === 404)
		return null;
	if (!answer.ok)
		throw open("no_answer", { status: answer.status });
	return answer;
}

async function loadKeys(env) {
	const answer = await load(env, env.issuers, "application/json");
	const keys = answer && (await answer.json()).keys;
	if (!Array.isArray(keys))
		throw open("no_keys");
	return keys;
}

/* What keeps a key from counting, though its signature is right. */
function objection(key, use, message, subject, now) {
	const day = (text) => Date.parse(text + "T00:00:00Z") / 1000;
	if (key.revoked)
		return bad("revoked", { issuer: key.name || key.iss });
	if (!key.uses?.includes(use))
		return bad("wrong_use");
	if (!key.subjects?.some((prefix) => subject.startsWith(prefix)))
		return bad("outside", { issuer: key.name || key.iss });
	if (message.iat < day(key.from) || message.iat >= day(key.until))
		return bad("key_period");
	if (message.iat > now + CLOCK_SKEW)
		return bad("future");
	return null;
}

/* The key that signed the message and may have done so; else a Stop. */
async function signer(keys, message, { use, aad, subject, now, wrong }) {
	const known = keys.filter((key) => key.kid === message.kid &&
		(!message.iss || key.iss === message.iss));
	if (known.length === 0)
		throw bad(use === "capsule" ? "label_key" : "unknown_key");
	for (const key of known) {
		if (!await verify(message, key, aad))
			continue;
		const against = objection(key, use, message, subject, now);
		if (against)
			throw against;
		return key;
	}
	throw bad(wrong);
}

async function passportAt(env, keys, url) {
	const answer = await load(env, url, "application/vnd.carnet+cose");
	if (!answer)
		return null;
	const passport = await readPassport(
		new Uint8Array(await answer.arrayBuffer()));
	const key = await signer(keys, passport, { use: "passport",
		subject: passport.sub, now: env.now, wrong: "altered" });
	if (!speaksFor(passport.sub, env.path))
		throw bad("other_product", { subject: passport.sub });
	return { ...passport, name: key.name || key.iss };
}

/* The passports that the page shows, the nearest first. */
async function examinePassports(env, keys, lines) {
	const levels = [];
	for (const level of env.levels) {
		const passport = await passportAt(env, keys, level.url);
		if (!passport)
			throw open("no_answer", { status: 404 });
		if (passport.iss !== (levels[0] ?? passport).iss)
			throw bad("other_issuer", { issuer: passport.name });
		levels.push(passport);
		lines.push({ level: "good", key: "signed", values: {
			issuer: passport.name, version: passport.version,
			date: passport.iat, subject: passport.sub } });
		if (passport.digest !== level.digest)
			lines.push({ level: "warn", key: "page_differs",
				values: { version: passport.version,
				shown: level.version } });
	}
	return levels;
}

/* The version that a label names, wherever in the histories it stands. */
async function namedVersion(env, keys, capsule, issuer) {
	for (const level of env.levels) {
		const version = await passportAt(env, keys,
			`${level.versions}/${capsule.passport}`);
		if (!version)
			continue;
		if (version.digest !== capsule.passport ||
			version.version !== capsule.version)
			break;
		if (version.iss !== issuer)
			throw bad("label_issuer");
		return version;
	}
	throw bad("label_history", { version: capsule.version });
}

async function examineLabel(env, keys, levels, lines) {
	const capsule = readCapsule(readDigits(env.fragment));
	const url = env.publicUrl + env.path + env.query;
	const key = await signer(keys, capsule, { use: "capsule",
		aad: capsuleAad(url), now: env.now, wrong: "label_address",
		subject: "https://id.gs1.org" + env.path });
	if (key.iss !== levels[0].iss)
		throw bad("label_issuer");
	lines.push({ level: "good", key: "label_signed", values: {
		issuer: key.name || key.iss, date: capsule.iat } });
	const named = await namedVersion(env, keys, capsule, key.iss);
	const current = levels.find((level) => level.sub === named.sub);
	if (!current)
		throw bad("label_history", { version: named.version });
	if (current.version < named.version)
		throw bad("rolled_back", { version: named.version,
			shown: current.version });
	lines.push(current.version === named.version ?
		{ level: "good", key: "label_current", values: {
			version: named.version } } :
		{ level: "good", key: "label_older", values: {
			version: named.version, now: current.version } });
	return { capsule, named };
}

/* ---- the factory's word beside today's ------------------------------------ */

const member = (map, key) => map instanceof Map ? map.get(key) : undefined;
const RUN_ID = 1, RUN_SUPPORT = 4, VERDICTS = 3;

/* What the nearest level that says something says. */
function said(levels, key) {
	return levels.find((level) => level.fields.has(key))?.fields.get(key);
}

/*
 * Today's support ends of the runs that the unit may belong to: those whose
 * end was, in the version that the label names, the one on the label. Its own
 * run stands nowhere, so several may fit; then the earliest counts.
 */
function supportNow(levels, named, month) {
	const list = (runs) => Array.isArray(runs) ? runs : [];
	const before = list(named.fields.get(RUNS));
	const ids = before.filter((run) => member(run, RUN_SUPPORT) === month)
		.map((run) => member(run, RUN_ID));
	const ends = list(said(levels, RUNS))
		.filter((run) => ids.includes(member(run, RUN_ID)))
		.map((run) => member(run, RUN_SUPPORT));
	return ends.sort()[0] ?? null;
}

/* The procedure that the passport's verdict names (conclusions are {key, values});
 * null: undetermined. */
function procedureNow(verdict) {
	const list = member(verdict, VERDICTS);
	const entry = Array.isArray(list) && list.find((one) =>
		member(one, 1) === "cra_cybersecurity_procedure");
	return member(entry, 2)?.[0] ?? null;
}

/*
 * The four values of a capsule beside those of the passport as it stands now:
 * [{what, factory, now, same}]; a value of a list of choices is its name, null
 * is "undetermined". env.choices holds the names in the order of the format.
 */
export function beside(env, levels, { capsule, named }) {
	const name = (list, n) => n === 0 ? null : env.choices[list][n - 1];
	const rows = [];
	const row = (what, factory, now) => rows.push({ what, factory, now,
		same: factory === now });
	const month = monthOf(capsule.supportEnd);
	const ai = said(levels, AI_CLASS);
	row("support_end", month, supportNow(levels, named, month));
	row("cra_class", name("cra_class", capsule.craClass),
		member(said(levels, CRA_CLASS), 1) ?? null);
	row("ai_status", name("ai_status", capsule.aiStatus),
		ai ? member(ai, 1) ?? null : "not_ai_system");
	row("procedure", name("procedure", capsule.procedure),
		procedureNow(said(levels, VERDICT)));
	return rows;
}

/* ---- all of it -------------------------------------------------------------- */

function asLine(error) {
	if (error instanceof Stop)
		return { level: error.level, key: error.key,
			values: error.values };
	if (error instanceof Fault && error.kind === "unsupported")
		return { level: "open", key: "unsupported", values: {} };
	if (error instanceof Fault)
		return { level: "bad", key: "malformed", values: {} };
	return { level: "open", key: "failed", values: {} };
}

/*
 * env: {publicUrl, path (of the identifier), query, fragment, item (does
 *       the address name one unit?), issuers, choices, now, fetch,
 *       levels: [{url, versions, digest, version}]}
 * Result: {state: "good" | "warn" | "bad" | "open", lines, beside}. "open" says
 * that something was not checked, and never that all is well.
 */
export async function examine(env) {
	const lines = [];
	let levels = null, label = null, rows = [], keys;
	try {
		keys = await loadKeys(env);
		levels = await examinePassports(env, keys, lines);
	} catch (error) {
		lines.push(asLine(error));
	}
	if (levels && /^[0-9]/.test(env.fragment)) {
		try {
			label = await examineLabel(env, keys, levels, lines);
			rows = beside(env, levels, label);
		} catch (error) {
			const line = asLine(error);
			lines.push(line.key === "malformed" ?
				{ ...line, key: "label_unreadable" } : line);
		}
	} else if (levels) {
		lines.push({ level: "info", values: {},
			key: env.item ? "no_label_item" : "no_label" });
	}
	const worst = ["bad", "open", "warn"].find((level) =>
		lines.some((line) => line.level === level));
	return { state: worst ?? "good", lines, beside: rows };
}
