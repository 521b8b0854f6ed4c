/** Linkage: which records are about the same person, place or thing, and why. Pure: records and a model in, answers out. */
export { blocksOf, keysOf, type Blocks } from './blocking.ts'
export {
  byThemselves,
  cluster,
  strongestFirst,
  tiedBy,
  type ClusterPiece,
  type Clustering,
  type ClusterRules,
  type Tied,
} from './cluster.ts'
export {
  clkBytes,
  clkEncoder,
  clkScheme,
  clkThresholds,
  dice,
  standardEncodings,
  type Clk,
  type ClkPerson,
  type Encoded,
  type KeyedHash,
} from './clk.ts'
export { comparisonsOf, levelsOf } from './compare.ts'
export { diceIndex, type DiceIndex, type Hit } from './dice-scan.ts'
export { estimate, estimation, samplerOf, usualEffort, type Effort, type Sample, type Sampled } from './estimate.ts'
export { calibration, measureClusters, measurePairs, truePairs, type Calibration, type Measure } from './evaluate.ts'
export { countedBy, freeze, takeCounts, type Counts } from './frequency.ts'
export { hashOfCodes } from './hash.ts'
export { nameClusters, type Change, type Renamed } from './history.ts'
export { inShared, newDictionary, type Dictionary } from './dictionary.ts'
export {
  clusterer,
  clustersOf,
  leastToSettle,
  link,
  settledBy,
  type Linked,
  type LinkOptions,
  type Stage,
} from './link.ts'
export {
  kinds,
  probability,
  usualThresholds,
  weightOf,
  type BlockingRule,
  type Comparison,
  type Field,
  type Frequency,
  type Kind,
  type Level,
  type Model,
  type Thresholds,
} from './model.ts'
export { joinParts, readPartOf, sharedCells, type ReadPart } from './parts.ts'
export { areVariants, usualForm } from './name-variants.ts'
export { familyName, givenNames, skeleton, wholeName } from './names.ts'
export { bornFrom, bornTo, readDate } from './dates.ts'
export { readEmail, readIdentifier, readNhsNumber, readPhone, readSex } from './numbers.ts'
export { postcodeLevel, postcodeLevels, readAddress, readPostcode, readUprn } from './places.ts'
export {
  joined,
  rangeScorer,
  rangesOf,
  relink,
  someOf,
  standsFor,
  withoutImplied,
  type Edges,
  type Range,
} from './relink.ts'
export { chosen, planBlocking, proposeRules, usualBudget, type Budget, type Plan } from './rules.ts'
export { bandOf, scorerOf, type Scorer, type Step } from './score.ts'
export {
  isNameKind,
  openTable,
  shareTable,
  tableBuilder,
  type Line,
  type Part,
  type SharedTable,
  type Table,
  type TableBuilder,
} from './table.ts'
export { fold } from './text.ts'
export { readModel, type ModelRead } from './validate.ts'
