// Checks the files beside this one against the schema of Kubernetes' API, with the npm package kubernetes-models.
//   npm install --no-save kubernetes-models@5 yaml@2 && node deploy/kubernetes/check.mjs
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

// The packages are where this is run, not beside this file.
const from = (...path) => import(pathToFileURL(join(process.cwd(), "node_modules", ...path)).href);
const yaml = (await from("yaml", "dist", "index.js")).default;
const here = import.meta.dirname ?? new URL(".", import.meta.url).pathname;
let failed = 0;
for (const name of readdirSync(here).filter((name) => name.endsWith(".yaml"))) {
  for (const document of yaml.parseAllDocuments(readFileSync(join(here, name), "utf8"), { strict: true })) {
    const value = document.toJS();
    try {
      if (document.errors.length > 0) throw document.errors[0];
      const Model = (await from("kubernetes-models", value.apiVersion, `${value.kind}.js`))[value.kind];
      new Model(value).validate();
      console.log(`${name}: ${value.kind} ${value.metadata.name}: valid`);
    } catch (problem) {
      failed++;
      console.error(`${name}: ${problem.message}`);
    }
  }
}
process.exitCode = failed === 0 ? 0 : 1;
