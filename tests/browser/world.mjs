/*
 * A maker's desk and a resolver, for tests in a browser: a project made by
 * `carnet new`, passports signed, labels printed and read again, a resolver on
 * loopback that serves them.
 */
import { execFile, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { chromium } from "playwright-core";

const source = join(dirname(fileURLToPath(import.meta.url)), "../..");
const build = process.env.CARNET_BUILD ?? join(source, "build/dev");
const browser = process.env.CHROMIUM ?? "/usr/bin/chromium";
/* Why there is nothing to test with here; false where there is. */
export const missing = !existsSync(browser) && `no ${browser}`;
export const shots = join(source, "build/screenshots");
export const PUBLIC = "https://id.maker.example";
export const ITEM = "/01/09506000134352/21/SN-0001";

/* Runs `carnet`; its standard output, or an error with what it said. */
async function carnet(cwd, ...args) {
	const { stdout } = await promisify(execFile)(join(build, "bin/carnet"),
		args, { cwd, maxBuffer: 1 << 24 });
	return stdout;
}

/* Starts the resolver on a free port; waits until it says where it listens. */
function startResolver(cwd) {
	const server = spawn(join(build, "bin/carnet-resolver"), ["--listen",
		"127.0.0.1:0", "--store", "sqlite:passports.db", "--trust",
		"trust.json", "--public-url", PUBLIC],
		{ cwd, stdio: ["ignore", "pipe", "pipe"] });
	let said = "";
	return new Promise((resolve, reject) => {
		const hear = (bytes) => {
			said += bytes;
			const where = /listening on (http:\/\/[0-9.:]+)/.exec(said);
			if (where)
				resolve({ server, url: where[1] });
		};
		server.stdout.on("data", hear);
		server.stderr.on("data", hear);
		server.once("exit", (code) => reject(new Error(
			`the resolver ended with ${code}: ${said}`)));
	});
}

export class World {
	static async open() {
		const world = new World();
		world.dir = mkdtempSync(join(tmpdir(), "carnet-browser-"));
		world.project = join(world.dir, "product");
		world.version = 0;
		await carnet(world.dir, "new", "product", "--gtin",
			"09506000134352");
		const { server, url } = await startResolver(world.project);
		Object.assign(world, { server, url });
		world.browser = await chromium.launch({
			executablePath: browser,
			args: ["--headless", "--no-sandbox", "--disable-gpu",
				"--disable-quic", "--no-first-run",
				"--disable-background-networking",
				"--disable-component-update", "--disable-sync"] });
		return world;
	}

	async close() {
		await this.browser?.close();
		if (this.server?.exitCode === null) {
			this.server.kill("SIGTERM");
			await new Promise((done) => {
				this.server.once("exit", done);
			});
		}
		rmSync(this.dir, { recursive: true, force: true });
	}

	/* The next version: product.json is changed, signed and published. */
	async publish(change = () => {}) {
		const path = join(this.project, "product.json");
		const product = JSON.parse(readFileSync(path, "utf8"));
		change(product);
		writeFileSync(path, JSON.stringify(product, null, 1));
		const before = `v${this.version}.dpp`;
		const file = `v${++this.version}.dpp`;
		await carnet(this.project, "sign", "product.json", "--key",
			"keys/maker.pem", "-o", file,
			...this.version > 1 ? ["--after", before] : []);
		await carnet(this.project, "publish", file, "--to", this.url);
	}

	/* A passport of a batch, which says only what differs. */
	async publishBatch(lot, product) {
		product.issuer = "https://maker.example";
		product.files = { sbom: "sbom.cdx.json" };
		product.identity = { ...product.identity, unique_product_identifier:
			`${PUBLIC}/01/09506000134352/10/${lot}`,
			passport_status: "active" };
		writeFileSync(join(this.project, "batch.json"),
			JSON.stringify(product));
		await carnet(this.project, "sign", "batch.json", "--key",
			"keys/maker.pem", "-o", "batch.dpp");
		await carnet(this.project, "publish", "batch.dpp", "--to", this.url);
	}

	/* Prints a label for a unit and reads its picture: the text behind '#'. */
	async printLabel(path = ITEM) {
		await carnet(this.project, "label", `v${this.version}.dpp`, "--key",
			"keys/line.pem", "--url", PUBLIC + path, "-o", "label.png");
		const scanned = JSON.parse(await carnet(this.project, "scan",
			"label.png", "--format", "json"));
		const text = /"text":\s*"([^"]*)"/.exec(
			JSON.stringify(scanned))[1];
		if (!text.startsWith(PUBLIC + path + "#"))
			throw new Error(`the label says ${text}`);
		return text.split("#")[1];
	}

	/*
	 * Opens what a camera would open, on loopback: the address of the label
	 * with its fragment. Whatever the page logs as an error, asks of another
	 * host, or sends of the fragment is in page.faults. checks: the script is
	 * expected to come to a result.
	 */
	async scan(fragment, { path = ITEM, tamper, checks = true,
		...options } = {}) {
		const context = await this.browser.newContext({
			viewport: { width: 360, height: 740 }, ...options });
		const page = await context.newPage();
		page.faults = [];
		page.on("pageerror", (error) => page.faults.push(String(error)));
		page.on("console", (message) => {
			if (message.type() === "error")
				page.faults.push(message.text());
		});
		page.on("request", (request) => {
			const url = request.url();
			if (!url.startsWith(this.url) || (fragment &&
				url.replace(/#.*/, "").includes(fragment)))
				page.faults.push("asked for " + url);
		});
		if (tamper)
			await page.route("**/*", tamper);
		await page.goto(this.url + path + (fragment ? "#" + fragment : ""));
		if (checks && options.javaScriptEnabled !== false)
			await page.waitForSelector("#proof[data-state]");
		else
			await page.waitForLoadState("networkidle");
		return page;
	}
}

/* The words of the box that tells what was checked. */
export async function proofOf(page) {
	return { state: await page.getAttribute("#proof", "data-state"),
		text: await page.innerText("#proof") };
}
