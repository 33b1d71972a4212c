// SPDX-License-Identifier: GPL-3.0-or-later
//
// Makes a repository with @tufjs/models.
//
// usage: node publish.mjs FOLDER KIND consistent|plain
//
// KIND is a kind of key (ed25519, ecdsa or rsa), or ‘mixed’: one of each, of which two must sign.
// In FOLDER, metadata/ and targets/ are as a server would have them, but with names encoded as in a
// URL; 1.root.json beside them is the root to begin with; expected.json tells which targets are to be
// had, with their SHA-256, or null if nobody may give them.

import crypto from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { canonicalize } from '@tufjs/canonical-json';

// Not all of these are part of what @tufjs/models exports; they are the same classes.
const load = createRequire(import.meta.url);
const { Delegations } = load('@tufjs/models/dist/delegations');
const { DelegatedRole, Role, SuccinctRoles } = load('@tufjs/models/dist/role');
const { Key, Metadata, MetaFile, Root, Signature, Snapshot, TargetFile, Targets, Timestamp } = {
  ...load('@tufjs/models'), ...load('@tufjs/models/dist/key'), ...load('@tufjs/models/dist/file'),
};

const [folder, kind, style] = process.argv.slice(2);
const consistent = style === 'consistent';
const common = (version) => ({ specVersion: '1.0.31', version, expires: '2999-01-01T00:00:00Z' });
const sha256 = (bytes) => crypto.createHash('sha256').update(bytes).digest('hex');
const encode = (name) => encodeURIComponent(name);

// --- keys ---------------------------------------------------------------------------------------

const kinds = {
  ed25519: {
    make: () => crypto.generateKeyPairSync('ed25519'),
    describe: (key) => ['ed25519', 'ed25519', key.export({ format: 'jwk' }).x],
    encode: (text) => Buffer.from(text, 'base64url').toString('hex'),
    sign: (data, key) => crypto.sign(undefined, data, key),
  },
  ecdsa: {
    make: () => crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' }),
    describe: (key) => ['ecdsa', 'ecdsa-sha2-nistp256', key.export({ format: 'pem', type: 'spki' })],
    encode: (text) => text,
    sign: (data, key) => crypto.sign('sha256', data, key),
  },
  rsa: {
    make: () => crypto.generateKeyPairSync('rsa', { modulusLength: 2048 }),
    describe: (key) => ['rsa', 'rsassa-pss-sha256', key.export({ format: 'pem', type: 'spki' })],
    encode: (text) => text,
    sign: (data, key) => crypto.sign('sha256', data, {
      key, padding: crypto.constants.RSA_PKCS1_PSS_PADDING,
      saltLength: crypto.constants.RSA_PSS_SALTLEN_DIGEST,
    }),
  },
};

function makeKey(name) {
  const pair = kinds[name].make();
  const [keyType, scheme, value] = kinds[name].describe(pair.publicKey);
  const data = { keytype: keyType, scheme, keyval: { public: kinds[name].encode(value) },
    'x-note': 'a member that nobody knows' };
  const keyID = sha256(canonicalize(data));
  return {
    key: Key.fromJSON(keyID, data),
    sign: (bytes) => new Signature({ keyID, sig: kinds[name].sign(bytes, pair.privateKey).toString('hex') }),
  };
}

// A set of keys, how many must sign, and what they sign.
function makeSigners() {
  const names = kind === 'mixed' ? ['ed25519', 'ecdsa', 'rsa'] : [kind];
  const keys = names.map(makeKey);
  return { keys, threshold: kind === 'mixed' ? 2 : 1, keyIDs: keys.map(({ key }) => key.keyID) };
}

const keyMap = (...signers) =>
  Object.fromEntries(signers.flatMap(({ keys }) => keys.map(({ key }) => [key.keyID, key])));

// Signs with as many keys as must, and not with the first if there is a choice.
function sign(signed, ...signers) {
  const metadata = new Metadata(signed, {}, { 'x-beside-the-signatures': [1, { two: null }] });
  for (const { keys, threshold } of signers)
    for (const { sign: signer } of keys.slice(-threshold))
      metadata.sign(signer, true);
  return Buffer.from(JSON.stringify(metadata.toJSON(), null, 1));
}

// --- what is published --------------------------------------------------------------------------

const expected = {};

function write(...parts) {
  const bytes = parts.pop();
  const file = path.join(folder, ...parts);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, bytes);
}

// A target of a role; one that nobody is to be given says so.
function makeTarget(name, isToBeHad = true) {
  const bytes = Buffer.from(`the contents of ${name}`);
  const hash = sha256(bytes);
  const slash = name.lastIndexOf('/') + 1;
  const file = consistent ? `${name.slice(0, slash)}${hash}.${name.slice(slash)}` : name;
  write('targets', encode(file), bytes);
  if (isToBeHad || !(name in expected))
    expected[name] = isToBeHad ? hash : null;
  return new TargetFile({ path: name, length: bytes.length, hashes: { sha256: hash },
    unrecognizedFields: { custom: { author: '日本' } } });
}

function makeTargets(version, names, delegations, isToBeHad = true) {
  const targets = new Targets({ ...common(version), delegations,
    unrecognizedFields: { 'x-in-targets': 'kept "as" it \\ is\n' } });
  for (const name of names)
    targets.addTarget(makeTarget(name, isToBeHad));
  return targets;
}

function delegate(signers, name, terminating, how) {
  return new DelegatedRole({ keyIDs: signers.keyIDs, threshold: signers.threshold, name, terminating, ...how,
    unrecognizedFields: { 'x-in-role': true } });
}

const versions = {};

// A metadata file, under the name it is asked for by.
function publish(role, version, bytes) {
  versions[`${role}.json`] = new MetaFile({ version, length: bytes.length, hashes: { sha256: sha256(bytes) } });
  const name = consistent && role !== 'timestamp' ? `${version}.${encode(role)}` : encode(role);
  write('metadata', `${name}.json`, bytes);
}

function publishDelegated() {
  const names = ['paths', 'dé légué/100%?', 'hashed', 'bins', 'ends', 'late'];
  const signers = Object.fromEntries(names.map((name) => [name, makeSigners()]));
  const hashes = ['h/one', 'h/two'].map((name) => sha256(name).slice(0, 4));

  // One that delegates further, to a name that has to be written with care.
  publish('paths', 4, sign(makeTargets(4, ['a/file', 'a/b/ü & %41.txt'], new Delegations({
    keys: keyMap(signers['dé légué/100%?']),
    roles: { 'dé légué/100%?': delegate(signers['dé légué/100%?'], 'dé légué/100%?', false,
      { paths: ['a/deep/*'] }) },
  })), signers.paths));
  publish('dé légué/100%?', 2, sign(makeTargets(2, ['a/deep/file']), signers['dé légué/100%?']));

  publish('hashed', 1, sign(makeTargets(1, ['h/one', 'h/two']), signers.hashed));
  publish('ends', 1, sign(makeTargets(1, []), signers.ends));
  // Listed by a role that may not, and by one that is behind a terminating delegation.
  publish('late', 1, sign(makeTargets(1, ['t/hidden', 'elsewhere'], undefined, false), signers.late));

  const binSigners = makeSigners();
  const succinctRoles = new SuccinctRoles({ keyIDs: binSigners.keyIDs, threshold: binSigners.threshold,
    bitLength: 3, namePrefix: 'bin' });
  publish('bins', 1, sign(makeTargets(1, [], new Delegations({ keys: keyMap(binSigners), succinctRoles })),
    signers.bins));
  const files = [...Array(12).keys()].map((number) => `big/file ${number}`);
  for (const role of succinctRoles.getRoles())
    publish(role, 3, sign(makeTargets(3, files.filter((name) => succinctRoles.getRoleForTarget(name) === role)),
      binSigners));

  const roles = [
    delegate(signers.paths, 'paths', false, { paths: ['a/*', 'a/?/*', 'a/deep/*'] }),
    delegate(signers.hashed, 'hashed', true, { pathHashPrefixes: hashes }),
    delegate(signers.bins, 'bins', false, { paths: ['big/*'] }),
    delegate(signers.ends, 'ends', true, { paths: ['t/*'] }),
    delegate(signers.late, 'late', false, { paths: ['t/*'] }),
  ];
  return new Delegations({ keys: keyMap(...Object.values(signers)),
    roles: Object.fromEntries(roles.map((role) => [role.name, role])) });
}

function main() {
  const top = { root: makeSigners(), timestamp: makeSigners(), snapshot: makeSigners(), targets: makeSigners() };
  const newRoot = makeSigners();
  const toRole = ({ keyIDs, threshold }) => new Role({ keyIDs, threshold });
  const makeRoot = (version, root) => new Root({ ...common(version), consistentSnapshot: consistent,
    keys: keyMap(...Object.values({ ...top, root })),
    roles: Object.fromEntries(Object.entries({ ...top, root }).map(([name, one]) => [name, toRole(one)])),
    unrecognizedFields: { 'x-in-root': { nested: [true, null, -1] } } });

  const first = sign(makeRoot(1, top.root), top.root);
  write('1.root.json', first);
  write('metadata', '1.root.json', first);
  write('metadata', '2.root.json', sign(makeRoot(2, newRoot), top.root, newRoot));
  write('metadata', '3.root.json', sign(makeRoot(3, newRoot), newRoot));

  const delegations = publishDelegated();
  publish('targets', 5, sign(makeTargets(5, ['top.txt', '日本.txt', 'no/one/else'], delegations), top.targets));
  const snapshot = sign(new Snapshot({ ...common(6), meta: { ...versions } }), top.snapshot);
  publish('snapshot', 6, snapshot);
  publish('timestamp', 7, sign(new Timestamp({ ...common(7), snapshotMeta: versions['snapshot.json'] }),
    top.timestamp));
  expected['a/nothing'] = null;
  write('expected.json', JSON.stringify(expected));
}

main();
