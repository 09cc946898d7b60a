// SPDX-License-Identifier: Apache-2.0
/**
 * First-in-first-out channels for platform threads, virtual threads and asynchronous code, which share one queue.
 *
 * <p>The algorithm follows N. Koval, D. Alistarh, R. Elizarov, <em>Fast and Scalable Channels in Kotlin Coroutines</em>,
 * PPoPP 2023.
 */
package dev.heddle.channels;
