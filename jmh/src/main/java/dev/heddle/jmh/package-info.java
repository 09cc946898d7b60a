// SPDX-License-Identifier: Apache-2.0

/**
 * Benchmarks of Heddle beside its peers. Every benchmark that waits is a batch: one invocation hands a fixed number
 * of operations to threads of its own and returns when all are done, so that no partner is left waiting when an
 * iteration ends. All implementations of a row are values of one parameter and share all code but their adapter.
 */
package dev.heddle.jmh;
