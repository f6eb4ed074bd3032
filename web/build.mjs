// Builds what is served, and what the tests run. The same sources give the same bytes.
//
//   node build.mjs           the bundles of dist/, and manifest.json with their digests
//   node build.mjs --tests   the tests, into out/test/
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const common = { bundle: true, format: "esm", target: "es2022", charset: "utf8", legalComments: "none", logLevel: "warning" };

if (process.argv.includes("--tests")) {
  rmSync("out/test", { recursive: true, force: true });
  const entryPoints = readdirSync("test").filter((name) => name.endsWith(".test.ts")).map((name) => `test/${name}`);
  await build({ ...common, entryPoints, outdir: "out/test", platform: "node", outExtension: { ".js": ".mjs" } });
} else {
  rmSync("dist", { recursive: true, force: true });
  mkdirSync("dist");
  const entryPoints = readdirSync("src/pages").filter((name) => name.endsWith(".ts")).map((name) => `src/pages/${name}`);
  const built = await build({ ...common, entryPoints, outdir: "dist", minify: true, platform: "browser", write: false });
  const styles = await build({ ...common, entryPoints: ["css/adil.css"], outdir: "dist", minify: true, write: false });
  const manifest = {};
  for (const file of [...built.outputFiles, ...styles.outputFiles]) {
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
