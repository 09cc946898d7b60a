// SPDX-License-Identifier: Apache-2.0
/**
 * The infinite array and the waiters below the primitives. Not part of the public interface: exported to
 * {@code dev.heddle.channels} only, and free to change.
 */
package dev.heddle.sync.internal;
