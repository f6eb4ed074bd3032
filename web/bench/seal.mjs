// Measures how long a browser takes to make a ballot of ten answers by the booth's worker, with the processor slowed down
// as a cheap telephone would be; the tables are made before, while the voter reads, and their time is told apart.
//
//   node build.mjs && node bench/seal.mjs [slowdown, 6] [rounds, 9]       ADIL_CHROMIUM names the browser
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { chromium } from "playwright-core";

const slowdown = Number(process.argv[2] ?? 6);
const rounds = Number(process.argv[3] ?? 9);
const worker = readFileSync(`dist/${JSON.parse(readFileSync("dist/manifest.json", "utf8"))["seal-worker.js"].path}`);
const election = JSON.stringify({
  version: 1,
  description: "",
  name: "Election",
  group: "Ed25519",
  public_key: "6666666666666666666666666666666666666666666666666666666666666658",
  questions: [{ answers: Array.from({ length: 10 }, (_, at) => `Answer ${at + 1}`), min: 1, max: 1, question: "Question" }],
  uuid: "HsqB3C3y62Ekq4D",
});

const server = createServer((request, response) => {
  const isScript = request.url === "/worker.js";
  response.writeHead(200, { "content-type": isScript ? "text/javascript" : "text/html" });
  response.end(isScript ? worker : "<!DOCTYPE html><title>Bench</title>");
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const browser = await chromium.launch({ executablePath: process.env.ADIL_CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const page = await browser.newPage();
const client = await page.context().newCDPSession(page);
// Chromium slows down the page's own thread, not its workers: the worker's script runs on that.
await page.goto(`http://127.0.0.1:${server.address().port}/`);
await client.send("Emulation.setCPUThrottlingRate", { rate: slowdown });

const times = await page.evaluate(
  async ({ election, rounds }) => {
    const chosen = Array.from({ length: 10 }, (_, at) => at === 3);
    const code = "23456-789ABC-DEFGH-JKLMNP";
    // The page stands in for both ends of the worker's channel.
    const listeners = [];
    const answered = new Map();
    self.postMessage = (reply) => reply.type !== "progress" && answered.get(reply.id)?.(reply);
    const own = self.addEventListener.bind(self);
    self.addEventListener = (type, listener, options) => (type === "message" ? listeners.push(listener) : own(type, listener, options));
    await import("/worker.js");
    const ask = (data) =>
      new Promise((resolve) => {
        answered.set(data.id, resolve);
        for (const listener of listeners) listener({ data });
      });
    const began = performance.now();
    for (const listener of listeners) listener({ data: { type: "prepare", election } });
    const tables = performance.now() - began;
    const seals = [];
    for (let id = 1; id <= rounds; id++) {
      const since = performance.now();
      const { type } = await ask({ type: "seal", id, election, code, answers: [{ kind: "choices", chosen }] });
      if (type !== "sealed") throw new Error(type);
      seals.push(performance.now() - since);
    }
    return { tables, seals };
  },
  { election, rounds },
);
const sorted = [...times.seals].sort((a, b) => a - b);
const ms = (number) => `${Math.round(number)} ms`;
console.log(`Chromium ${browser.version()}, slowed down ${slowdown} times, ballot of 10 answers, ${rounds} rounds`);
console.log(`tables, while the voter reads: ${ms(times.tables)}`);
console.log(`ballot: median ${ms(sorted[sorted.length >> 1])}, fastest ${ms(sorted[0])}, first ${ms(times.seals[0])}, slowest ${ms(sorted.at(-1))}`);
await browser.close();
server.close();
