// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reads a repository with tuf-js.
//
// usage: node read.mjs URL METADATA_DIR TARGET_DIR [TARGET]…
//
// METADATA_DIR holds the trusted root.json. Prints a line of JSON for each target: its name, and the
// path of what was downloaded, null if no role that may lists it, or why it could not be had.

import { Updater } from 'tuf-js';

const [url, metadataDir, targetDir, ...names] = process.argv.slice(2);
const updater = new Updater({
  metadataDir,
  targetDir,
  metadataBaseUrl: `${url}/metadata`,
  targetBaseUrl: `${url}/targets`,
  config: { fetchRetry: 0 },
});

await updater.refresh();
for (const name of names) {
  try {
    const info = await updater.getTargetInfo(name);
    const path = info ? await updater.downloadTarget(info) : null;
    console.log(JSON.stringify({ name, path }));
  } catch (error) {
    console.log(JSON.stringify({ name, error: String(error) }));
  }
}
