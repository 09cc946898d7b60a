// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind;

/** Is told how far a batch is, in the thread that began it. */
@FunctionalInterface
public interface BatchProgress {
    /**
     * Called now and then while a batch is applied, with numbers that never fall. Must not use the union-find. What it throws
     * ends the batch and is thrown by the call that began it.
     *
     * @param applied how many edges, from the first on, have been applied
     * @return false to end the batch: soon after, it ends with a prefix of its edges applied
     */
    boolean advanced(long applied);
}
