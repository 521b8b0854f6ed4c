/**
 * Identities that outlive runs. A cluster's number means nothing tomorrow, and people quote what they saw: so each cluster
 * takes the name of the identity it shares most records with, and every difference is told as a change. Changes are
 * proposals: nothing here joins or splits anything.
 */

export type Change = {
  /** joined: all that is left of an identity is in another. split: part of one became new. moved: part of one is in another. */
  readonly kind: 'joined' | 'split' | 'moved'
  readonly from: string
  readonly into: string
  /** The records that change hands, ascending. */
  readonly records: readonly number[]
}

export type Renamed = {
  /** The identity of every record now. */
  readonly of: readonly string[]
  readonly changes: readonly Change[]
}

/**
 * Names clusters by who their records were before. `before` holds the identity of every record, undefined for a record
 * that is new; `clusters` the cluster of every record now; `age` orders identities, the oldest lowest: of two that fit a
 * cluster equally the oldest stays. A cluster that takes over nobody's name gets one from `newName`.
 */
export const nameClusters = (
  before: readonly (string | undefined)[],
  clusters: Int32Array,
  age: (identity: string) => number,
  newName: () => string,
): Renamed => {
  const shared = overlaps(before, clusters).sort(
    (x, y) => y.records.length - x.records.length || age(x.identity) - age(y.identity) || x.cluster - y.cluster,
  )
  const nameOf = new Map<number, string>()
  const kept = new Set<string>()
  for (const { cluster, identity } of shared)
    if (!nameOf.has(cluster) && !kept.has(identity)) {
      nameOf.set(cluster, identity)
      kept.add(identity)
    }
  for (const cluster of clusters) if (!nameOf.has(cluster)) nameOf.set(cluster, newName())

  const told = new Set<string>()
  const changes = shared
    .filter(({ cluster, identity }) => nameOf.get(cluster) !== identity)
    .map(({ cluster, identity, records }): Change => {
      const into = nameOf.get(cluster)!
      // The largest part of an identity that lost its name comes first, and is where the old name leads from now on.
      const isRest = !kept.has(identity) && !told.has(identity)
      told.add(identity)
      return { kind: isRest ? 'joined' : kept.has(into) ? 'moved' : 'split', from: identity, into, records }
    })
  return { of: Array.from(clusters, (cluster) => nameOf.get(cluster)!), changes }
}

type Overlap = { readonly identity: string; readonly cluster: number; readonly records: number[] }

const overlaps = (before: readonly (string | undefined)[], clusters: Int32Array): Overlap[] => {
  const found = new Map<string, Overlap>()
  before.forEach((identity, record) => {
    if (identity === undefined) return
    const cluster = clusters[record]!
    const key = `${cluster} ${identity}`
    const known = found.get(key)
    if (known === undefined) found.set(key, { identity, cluster, records: [record] })
    else known.records.push(record)
  })
  return [...found.values()]
}
