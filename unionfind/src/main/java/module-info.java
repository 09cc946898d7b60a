// SPDX-License-Identifier: Apache-2.0
/**
 * Union-find for many threads: online and linearizable, or in batches with the results of a sequential run.
 */
module dev.heddle.unionfind {
    exports dev.heddle.unionfind;
}
