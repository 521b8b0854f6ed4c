#!/usr/bin/env node
// Checks what a Trellis event log promised, on a machine that has nothing to do with it. One file, no dependency but
// Node.js 22 or newer, and not a line shared with the server: two people would have to make the same mistake.
// What the files look like is written down in README.md beside this one.
import { createHash, createPublicKey, verify as verifySignature } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'

const help = `trellis-verify COMMAND

  checkpoint KEY FILE…                    is each of these checkpoints signed with the key?
  inclusion KEY PROOF [CHECKPOINT]        is the event in the log that the checkpoint was signed for?
  consistency KEY PROOF OLD NEW           is all that the old checkpoint covered in the new one, unchanged?
  log KEY EXPORT CHECKPOINT…              is the exported log the one that each checkpoint was signed for?
  vectors FILE|FOLDER…                    check RFC 6962 / RFC 9162 proof vectors written by others
  help                                    this

KEY is the line that \`trellis audit key\` prints, or a file that holds it. Exit code: 0 all is well, 1 something is not,
2 the command was asked for in another way than this.`

/** What is wrong with what was checked, as a sentence for whoever checks. */
class Refused extends Error {}
/** The command was typed wrongly. */
class Misused extends Error {}

// ---- The tree: RFC 9162, section 2.1. Sizes are big integers: a log may have more leaves than a double can count. ----

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest()
const leafHash = (leaf) => sha256(Buffer.of(0), leaf)
const nodeHash = (left, right) => sha256(Buffer.of(1), left, right)
const isOdd = (n) => (n & 1n) === 1n

/** RFC 9162, 2.1.3.2. Throws the reason when the proof does not show it. */
const checkInclusion = (index, size, leaf, proof, root) => {
  if (index >= size) throw new Refused(`there is no leaf ${index} among ${size}`)
  mustBeHashes([leaf, root, ...proof])
  let fn = index
  let sn = size - 1n
  let hash = leaf
  for (const step of proof) {
    if (sn === 0n) throw new Refused('the proof is too long')
    if (isOdd(fn) || fn === sn) {
      hash = nodeHash(step, hash)
      while (!isOdd(fn) && fn !== 0n) [fn, sn] = [fn >> 1n, sn >> 1n]
    } else hash = nodeHash(hash, step)
    ;[fn, sn] = [fn >> 1n, sn >> 1n]
  }
  if (sn !== 0n) throw new Refused('the proof is too short')
  if (!hash.equals(root)) throw new Refused('the proof leads to another root')
}

/** RFC 9162, 2.1.4.2. Throws the reason when the proof does not show it. */
const checkConsistency = (size1, size2, root1, root2, proof) => {
  if (size1 > size2) throw new Refused('the older log is larger than the newer one')
  if (size1 === size2) {
    if (proof.length) throw new Refused('between logs of the same size there is nothing to prove')
    if (!root1.equals(root2)) throw new Refused('two logs of the same size have different roots')
    return
  }
  if (size1 === 0n) throw new Refused('nothing can be proven about an empty log')
  if (proof.length === 0) throw new Refused('the proof is empty')
  mustBeHashes([root1, root2, ...proof])
  // A whole tree's root is known already, so the proof leaves it out.
  const whole = (size1 & (size1 - 1n)) === 0n
  const [first, ...steps] = whole ? [root1, ...proof] : proof
  let fn = size1 - 1n
  let sn = size2 - 1n
  while (isOdd(fn)) [fn, sn] = [fn >> 1n, sn >> 1n]
  let old = first
  let fresh = first
  for (const step of steps) {
    if (sn === 0n) throw new Refused('the proof is too long')
    if (isOdd(fn) || fn === sn) {
      old = nodeHash(step, old)
      fresh = nodeHash(step, fresh)
      while (!isOdd(fn) && fn !== 0n) [fn, sn] = [fn >> 1n, sn >> 1n]
    } else fresh = nodeHash(fresh, step)
    ;[fn, sn] = [fn >> 1n, sn >> 1n]
  }
  if (sn !== 0n) throw new Refused('the proof is too short')
  if (!old.equals(root1)) throw new Refused('the proof leads to another old root')
  if (!fresh.equals(root2)) throw new Refused('the proof leads to another new root')
}

const mustBeHashes = (list) => {
  if (list.some((hash) => hash.length !== 32)) throw new Refused('a hash does not have 32 bytes')
}

/** Takes leaves one after another; only the right edge of the tree is kept. */
const startTree = () => {
  const edge = []
  let size = 0n
  return {
    append: (hash) => {
      let level = 0
      for (; edge[level]; level++) {
        hash = nodeHash(edge[level], hash)
        edge[level] = undefined
      }
      edge[level] = hash
      size++
    },
    size: () => size,
    root: () =>
      edge.reduce((right, left) => (left && right ? nodeHash(left, right) : (left ?? right)), undefined) ?? sha256(),
  }
}

// ---- Keys and checkpoints: signed notes (c2sp.org/signed-note, c2sp.org/tlog-checkpoint) ----

const readKey = (given) => {
  const line = (fs.existsSync(given) ? readText(given) : given).trim()
  const [, name, id, encoded] = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(line) ?? []
  const typed = Buffer.from(encoded ?? '', 'base64')
  if (typed.length !== 33 || typed[0] !== 1)
    throw new Refused('the key is not an Ed25519 key as `trellis audit key` prints it')
  if (sha256(`${name}\n`, typed).toString('hex', 0, 4) !== id) throw new Refused('the key was copied with a mistake')
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: typed.toString('base64url', 1) }
  return { name, id, key: createPublicKey({ key: jwk, format: 'jwk' }) }
}

/** Reads a checkpoint and believes it only when the key signed it. */
const openCheckpoint = (note, { name, id, key }, called) => {
  const text = note.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n')
  const gap = text.lastIndexOf('\n\n')
  const [body, signatures] = gap < 0 ? ['', ''] : [text.slice(0, gap + 1), text.slice(gap + 2)]
  const [origin, size = '', encoded = '', ...more] = body.split('\n')
  const root = hashOf(encoded)
  if (!/^(0|[1-9]\d{0,18})$/.test(size) || root?.length !== 32) throw new Refused(`${called} is not a checkpoint`)
  if (origin !== name) throw new Refused(`${called} is of another log (${origin})`)
  const signed = signatures.split('\n').some((line) => {
    const [, signer, made] = /^— (\S+) (\S+)$/.exec(line) ?? []
    const bytes = Buffer.from(made ?? '', 'base64')
    if (signer !== name || bytes.toString('hex', 0, 4) !== id) return false
    return verifySignature(null, Buffer.from(body), key, bytes.subarray(4))
  })
  if (!signed) throw new Refused(`${called} was not signed with this key, or was altered since`)
  const time = more.find((line) => line.startsWith('time '))?.slice(5)
  return { size: BigInt(size), root, time, says: `${size} events${time ? `, signed ${time}` : ''}` }
}

// ---- Reading files ----

const readText = (file) => {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch (error) {
    throw new Misused(`${file} cannot be read (${error.code}).`)
  }
}

/** JSON in which large whole numbers stay whole. */
const readJson = (text, called) => {
  const whole = (_, value, context) =>
    typeof value === 'number' && /^\d+$/.test(context?.source ?? '') ? BigInt(context.source) : value
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''), whole)
  } catch {
    throw new Refused(`${called} is not JSON`)
  }
}

const sizeOf = (value) => {
  if (typeof value === 'bigint' && value < 2n ** 64n) return value
  if (typeof value === 'string' && /^\d{1,20}$/.test(value) && BigInt(value) < 2n ** 64n) return BigInt(value)
  throw new Refused('a size or index is not a whole number of 64 bits')
}

/** A hash in base64, or in hexadecimal as some vectors write it. Undefined when it is neither. */
const hashOf = (value) => {
  if (typeof value !== 'string') return undefined
  if (/^[0-9a-f]{64}$/i.test(value)) return Buffer.from(value, 'hex')
  return /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(value)
    ? Buffer.from(value, 'base64')
    : undefined
}
const mustHash = (value) => {
  const hash = hashOf(value)
  if (!hash) throw new Refused('a hash is not written in base64')
  return hash
}
const mustHashes = (value) => {
  if (value === null || value === undefined) return []
  if (!Array.isArray(value)) throw new Refused('the proof is not a list of hashes')
  return value.map(mustHash)
}

const readProof = (file, kind) => {
  const proof = readJson(readText(file), file)
  if (proof?.proof !== `trellis ${kind}`) throw new Refused(`${file} is not a proof of ${kind}`)
  return proof
}

// ---- The commands ----

const checkpoint = (key, ...files) => {
  const known = readKey(key)
  for (const file of files) console.log(`${file}: signed, ${openCheckpoint(readText(file), known, file).says}.`)
}

const inclusion = (key, proofFile, checkpointFile) => {
  const proof = readProof(proofFile, 'inclusion')
  const note = checkpointFile === undefined ? String(proof.checkpoint) : readText(checkpointFile)
  const known = readKey(key)
  const signed = openCheckpoint(note, known, checkpointFile ?? 'the checkpoint in the proof')
  if (sizeOf(proof.size) !== signed.size)
    throw new Refused(`the proof is for a log of ${proof.size} events, the checkpoint for ${signed.size}`)
  const leaf = readJson(String(proof.leaf), 'the leaf')
  checkInclusion(sizeOf(proof.index), signed.size, leafHash(String(proof.leaf)), mustHashes(proof.hashes), signed.root)
  if (`trellis/${leaf?.partnership}` !== known.name) throw new Refused('the leaf is of another partnership')
  console.log(`The event ${leaf.event} is in the log at position ${proof.index} (${signed.says}).`)
  if (!proof.opened) return
  const said = String(proof.opened.said)
  const salt = Buffer.from(String(proof.opened.salt), 'hex')
  if (salt.length !== 16 || sha256(salt, said).toString('hex') !== leaf.commitment)
    throw new Refused('but what the proof says of the event is not what its leaf commits to')
  if (readJson(said, 'what the event says')?.id !== leaf.event)
    throw new Refused('but what the proof says is of another event')
  console.log(`And it says: ${said}`)
}

const consistency = (key, proofFile, oldFile, newFile) => {
  const known = readKey(key)
  const proof = readProof(proofFile, 'consistency')
  const [before, after] = [oldFile, newFile].map((file) => openCheckpoint(readText(file), known, file))
  if (sizeOf(proof.old) !== before.size || sizeOf(proof.new) !== after.size)
    throw new Refused(
      `the proof is for logs of ${proof.old} and ${proof.new} events, the checkpoints for ${before.size} and ${after.size}`,
    )
  checkConsistency(before.size, after.size, before.root, after.root, mustHashes(proof.hashes))
  console.log(`All that the older checkpoint covered (${before.says}) is in the newer one, unchanged (${after.says}).`)
}

const log = async (key, exported, ...files) => {
  const known = readKey(key)
  const wanted = files
    .map((file) => ({ file, ...openCheckpoint(readText(file), known, file) }))
    .sort((a, b) => (a.size < b.size ? -1 : 1))
  readHead(exported)
  const tree = startTree()
  const reached = []
  const compare = () => {
    for (; wanted[reached.length]?.size === tree.size(); reached.push(wanted[reached.length].file)) {
      const { file, root, says } = wanted[reached.length]
      if (!tree.root().equals(root)) {
        const since = reached.length ? `after what ${reached.at(-1)} covers` : 'from its beginning'
        throw new Refused(
          `${exported} is not the log that ${file} was signed for (${says}): it differs somewhere ${since}`,
        )
      }
      console.log(`${exported} is the log that ${file} was signed for (${says}).`)
    }
  }
  compare()
  const events = new Set()
  for await (const line of createInterface({ input: fs.createReadStream(exported), crlfDelay: Infinity })) {
    const { event, partnership } = readJson(line, `line ${tree.size() + 1n} of ${exported}`) ?? {}
    if (`trellis/${partnership}` !== known.name)
      throw new Refused(`line ${tree.size() + 1n} of ${exported} is of another partnership`)
    if (events.has(event)) throw new Refused(`the event ${event} is twice in ${exported}`)
    events.add(event)
    tree.append(leafHash(line))
    compare()
  }
  const short = wanted[reached.length]
  if (short)
    throw new Refused(`${exported} was cut off: ${short.file} covers ${short.size} events, and it has ${tree.size()}`)
}

const readHead = (file) => fs.closeSync(openOrMisused(file))
const openOrMisused = (file) => {
  try {
    return fs.openSync(file)
  } catch (error) {
    throw new Misused(`${file} cannot be read (${error.code}).`)
  }
}

/** Vectors as transparency-dev/merkle writes them, one to a file or a list of them; and lists of leaves with their roots. */
const vectors = (...places) => {
  let right = 0
  const wrong = []
  for (const file of places.flatMap(filesIn)) {
    const list = attempt(() => [readJson(readText(file), file)].flat())
    if (list.why) wrong.push(list.why)
    for (const [i, vector] of (list.value ?? []).entries()) {
      const name = list.value.length > 1 ? `${file} [${i}]` : file
      const problem = surprise(vector)
      if (problem) wrong.push(`${name}${typeof vector?.desc === 'string' ? ` (${vector.desc})` : ''}: ${problem}`)
      else right++
    }
  }
  for (const line of wrong) console.log(line)
  console.log(`${right} vectors came out as they say${wrong.length ? `, ${wrong.length} did not` : ''}.`)
  if (right + wrong.length === 0) throw new Misused('There are no vectors there.')
  if (wrong.length) throw new Refused(`${wrong.length} vectors did not come out as they say`)
}

const filesIn = (place) => {
  if (!fs.statSync(place, { throwIfNoEntry: false })) throw new Misused(`${place} is not there.`)
  if (!fs.statSync(place).isDirectory()) return [place]
  const names = fs.readdirSync(place, { recursive: true, withFileTypes: true })
  return names
    .filter((one) => one.isFile() && one.name.endsWith('.json'))
    .map((one) => path.join(one.parentPath, one.name))
    .sort()
}

/** What happened otherwise than the vector says; nothing when it came out as it should. */
const surprise = (vector) => {
  if (vector === null || typeof vector !== 'object') return 'it is no vector'
  const refuses = vector.wantErr ?? vector.want_err ?? (typeof vector.valid === 'boolean' ? !vector.valid : undefined)
  if (vector.leaves === undefined && typeof refuses !== 'boolean')
    return 'it does not say what should come out (wantErr)'
  const { why } = attempt(() => checkVector(vector))
  if (refuses && !why) return 'the proof was accepted, and should not have been'
  return refuses ? undefined : why
}

const checkVector = (v) => {
  if (v.leaves !== undefined) return checkLeaves(v)
  if (v.size1 !== undefined)
    return checkConsistency(sizeOf(v.size1), sizeOf(v.size2), mustHash(v.root1), mustHash(v.root2), mustHashes(v.proof))
  const index = v.leafIdx ?? v.leafIndex ?? v.leaf_index
  const size = v.treeSize ?? v.tree_size
  if (index === undefined || size === undefined)
    throw new Refused('it is neither a proof of inclusion nor one of consistency')
  return checkInclusion(
    sizeOf(index),
    sizeOf(size),
    mustHash(v.leafHash ?? v.leaf_hash),
    mustHashes(v.proof),
    mustHash(v.root),
  )
}

/** `leaves` in hexadecimal, and in `roots` the root after each of them, the empty tree's first. */
const checkLeaves = ({ leaves, roots }) => {
  const tree = startTree()
  if (!Array.isArray(leaves) || !Array.isArray(roots)) throw new Refused('leaves and roots must be lists')
  for (const [i, root] of roots.entries()) {
    if (i > 0) tree.append(leafHash(Buffer.from(String(leaves[i - 1]), 'hex')))
    if (!tree.root().equals(mustHash(root))) throw new Refused(`the root of ${i} leaves is another`)
  }
}

/** Runs a check that may refuse. Whatever a stranger's file holds, it ends in a sentence. */
const attempt = (check) => {
  try {
    return { value: check() }
  } catch (error) {
    if (error instanceof Misused) throw error
    return { why: error instanceof Refused ? error.message : `it cannot be checked (${error.message})` }
  }
}

const commands = {
  checkpoint: [checkpoint, 2, Infinity],
  inclusion: [inclusion, 2, 3],
  consistency: [consistency, 4, 4],
  log: [log, 3, Infinity],
  vectors: [vectors, 1, Infinity],
}

const [name, ...words] = process.argv.slice(2)
const [run, least, most] = Object.hasOwn(commands, name ?? '') ? commands[name] : []
if (!run || words.length < least || words.length > most) {
  console.log(help)
  process.exitCode = name === 'help' || name === '--help' ? 0 : 2
} else {
  try {
    await run(...words)
  } catch (error) {
    console.error(error instanceof Misused ? error.message : `NOT PROVEN: ${error.message}.`)
    process.exitCode = error instanceof Misused ? 2 : 1
  }
}
