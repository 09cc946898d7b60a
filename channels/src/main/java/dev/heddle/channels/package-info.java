// SPDX-License-Identifier: Apache-2.0
/**
 * First-in-first-out channels for platform threads, virtual threads and asynchronous code, which share one queue.
 *
 * <p>The algorithm follows N. Koval, D. Alistarh, R. Elizarov, <em>Fast and Scalable Channels in Kotlin Coroutines</em>,
 * PPoPP 2023, and differs from it in this:
 *
 * <ul>
 *   <li>Nothing counts the expansions of the buffer while no cell in it is dead: its limit is the next receive plus the
 *       capacity. After a sender gave up, until its cell has been passed, the limit lies in a window that is moved by
 *       compare-and-set. A send and a receive that need not wait take two fetch-and-adds and one compare-and-set.
 *   <li>No cell is ever in transition: who claims a waiter writes so into the waiter, and others finish what it began.
 *   <li>An immediate operation that fails has seen one instant at which there was no room, or no element.
 *   <li>Cells hold elements as they are, and all states are of types that users never see.
 *   <li>Moments in time come from the timer thread that the JDK has anyway.
 * </ul>
 */
package dev.heddle.channels;
