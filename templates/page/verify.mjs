/*
 * The proof in the page: reads what the page was served with, lets examine.mjs
 * judge, and puts the result into words. Only textContent is ever set. Whatever
 * goes wrong here, the words that the page came with stay: not checked.
 */
import { examine } from "./examine.mjs";

const box = document.getElementById("proof");
const data = document.getElementById("proof-data").content;
/* English dates are written as in Europe: the day first. */
const lang = document.documentElement.lang.replace(/^en$/, "en-GB");
const served = box.firstElementChild.cloneNode(true);

const words = new Map(Array.from(data.querySelectorAll("[data-word]"),
	(element) => [element.dataset.word, element.textContent]));

const choices = {}, labels = new Map();
for (const list of data.querySelectorAll("[data-choices]")) {
	choices[list.dataset.choices] = [];
	for (const { dataset, textContent } of list.children) {
		choices[list.dataset.choices].push(dataset.value);
		labels.set(dataset.value, textContent);
	}
}

const format = (options) => new Intl.DateTimeFormat(lang,
	{ timeZone: "UTC", ...options });
const day = format({ dateStyle: "long" });
const month = format({ year: "numeric", month: "long" });

/* A sentence with its places filled. */
function say(key, values = {}) {
	return words.get(key).replace(/\{(\w+)\}/g, (_, name) =>
		name === "date" ? day.format(values.date * 1000) : values[name]);
}

function element(name, text, className) {
	const made = document.createElement(name);
	if (text !== undefined)
		made.textContent = text;
	if (className)
		made.className = className;
	return made;
}

function valueWords(what, value) {
	if (value === null || value === undefined)
		return say("undetermined");
	return what === "support_end" ? month.format(new Date(value + "-01")) :
		labels.get(value) ?? value;
}

/* The factory's word beside today's; every difference in words. */
function besideTable(rows) {
	const table = element("table");
	table.append(element("caption", say("beside")));
	const head = table.createTHead().insertRow();
	head.append(element("td"), element("th", say("factory")),
		element("th", say("now")));
	const body = table.createTBody();
	for (const { what, factory, now, same } of rows) {
		const row = body.insertRow();
		const title = element("th", say(what));
		title.scope = "row";
		row.append(title, element("td", valueWords(what, factory)),
			element("td", valueWords(what, now)));
		if (!same)
			row.className = "differs";
	}
	return table;
}

function differences(rows) {
	const changed = rows.filter((row) => !row.same);
	if (changed.length === 0)
		return [element("p", say("same"))];
	return changed.map(({ what, factory, now }) => element("p",
		say("differs", { what: say(what),
			factory: valueWords(what, factory),
			now: valueWords(what, now) }), "difference"));
}

function show({ state, lines, beside }) {
	const list = element("ul", undefined, "found");
	for (const { level, key, values } of lines)
		list.append(element("li", say(key, values), level));
	const title = element("h2", say(state === "good" && beside.length ?
		"good_label" : state));
	title.id = "proof-title";
	const parts = [title, list];
	if (beside.length)
		parts.push(...differences(beside), besideTable(beside));
	box.firstElementChild.replaceChildren(...parts);
	box.className = `card proof ${state}`;
	box.dataset.state = state;
}

async function check() {
	const { pathname, search, hash } = location;
	/* Until something is known, the page says again that nothing is. */
	box.firstElementChild.replaceWith(served.cloneNode(true));
	box.className = "card proof open";
	delete box.dataset.state;
	show(await examine({
		publicUrl: box.dataset.publicUrl,
		issuers: box.dataset.issuers,
		path: pathname.replace(/^\/dpp(?=\/)/, ""),
		query: search,
		fragment: hash.slice(1),
		item: "item" in box.dataset,
		levels: Array.from(data.querySelectorAll("#levels > li"),
			({ dataset: { url, versions, digest, version } }) =>
				({ url, versions, digest, version: +version })),
		choices,
		now: Date.now() / 1000,
		fetch: (url, options) => fetch(url, options),
	}));
}

/* Closed sections are printed as well. */
addEventListener("beforeprint", () => {
	for (const section of document.querySelectorAll("details"))
		section.open = true;
});
addEventListener("hashchange", check);
await check();
