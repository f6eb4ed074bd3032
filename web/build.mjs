// Builds what is served, and what the tests run. The same sources give the same bytes.
//
//   node build.mjs           the bundles of dist/, and manifest.json with their digests
//   node build.mjs --tests   the tests, into out/test/, and what they open in a browser, into out/assets/
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

import { definitions, offlinePage } from "./build-offline.mjs";

/** The scripts of pages and workers: `src/pages/<name>.ts`, where there is one. */
const PAGES = ["account", "authority", "board", "booth", "check", "organiser", "seal-worker", "spares", "trustee", "verify", "verify-worker"];

const common = {
  bundle: true, format: "esm", target: "es2022", charset: "utf8", legalComments: "none", logLevel: "warning", define: definitions(),
};

if (process.argv.includes("--tests")) {
  rmSync("out/test", { recursive: true, force: true });
  const entryPoints = readdirSync("test").filter((name) => name.endsWith(".test.ts")).map((name) => `test/${name}`);
  await build({ ...common, entryPoints, outdir: "out/test", platform: "node", outExtension: { ".js": ".mjs" }, external: ["playwright-core", "axe-core"] });
  const scripts = ["src/pages/verify.ts", "src/pages/verify-worker.ts"];
  await build({ ...common, entryPoints: scripts, outdir: "out/assets", minify: true, platform: "browser" });
  writeFileSync("out/assets/verify-offline.html", await offline(await style()));
} else {
  rmSync("dist", { recursive: true, force: true });
  mkdirSync("dist");
  const there = new Set(readdirSync("src/pages"));
  const entryPoints = PAGES.filter((name) => there.has(`${name}.ts`)).map((name) => `src/pages/${name}.ts`);
  const built = await build({ ...common, entryPoints, outdir: "dist", minify: true, platform: "browser", write: false });
  const styles = await style();
  const page = { path: "verify-offline.html", contents: Buffer.from(await offline(styles)) };
  const manifest = {};
  for (const file of [...built.outputFiles, ...styles.outputFiles, page]) {
    const name = file.path.split("/").at(-1);
    const digest = (algorithm) => createHash(algorithm).update(file.contents).digest();
    const [stem, extension] = [name.slice(0, name.lastIndexOf(".")), name.slice(name.lastIndexOf(".") + 1)];
    const path = `${stem}.${digest("sha256").toString("hex").slice(0, 12)}.${extension}`;
    writeFileSync(`dist/${path}`, file.contents);
    manifest[name] = { path, integrity: `sha384-${digest("sha384").toString("base64")}`, sha256: digest("sha256").toString("hex") };
  }
  const sorted = Object.fromEntries(Object.entries(manifest).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync("dist/manifest.json", JSON.stringify(sorted, null, 1) + "\n");
}

function style() {
  return build({ ...common, entryPoints: ["css/adil.css"], outdir: "dist", minify: true, write: false });
}

async function offline(styles) {
  const entryPoints = ["src/pages/verify-offline.ts"];
  const script = await build({ ...common, entryPoints, format: "iife", minify: true, platform: "browser", write: false });
  return offlinePage(script.outputFiles[0].text.trimEnd(), styles.outputFiles[0].text.trimEnd());
}
