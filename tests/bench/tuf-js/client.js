// SPDX-License-Identifier: GPL-3.0-or-later
//
// A reference client of TUF as its documentation shows it: refresh, then one target after the other.
//
//   client.js URL METADATA-DIR [TARGET-DIR]    the paths of targets come on standard input, one a line
//
// METADATA-DIR holds a trusted root.json, and later what was fetched.

import fs from 'node:fs';
import { Updater } from 'tuf-js';

const [url, metadataDir, targetDir] = process.argv.slice(2);
const updater = new Updater({
  metadataDir,
  metadataBaseUrl: `${url}/metadata`,
  targetDir,
  targetBaseUrl: `${url}/targets`,
});

await updater.refresh();
if (targetDir) {
  const paths = fs.readFileSync(0, 'utf8').split('\n').filter((line) => line !== '');
  for (const path of paths) {
    const target = await updater.getTargetInfo(path);
    if (!target)
      throw new Error(`${path}: not found`);
    await updater.downloadTarget(target);
  }
}
