// SPDX-License-Identifier: Apache-2.0
/**
 * Fair, abortable synchronization primitives: drop-in replacements for the types of {@code java.util.concurrent} with
 * asynchronous forms, and the queue to write new ones.
 *
 * <p>The algorithms follow N. Koval, D. Khalanskiy, D. Alistarh, <em>CQS: A Formally-Verified Framework for Fair and
 * Abortable Synchronization</em>, PLDI 2023.
 */
package dev.heddle.sync;
