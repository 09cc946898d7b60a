// SPDX-License-Identifier: Apache-2.0
/** The algorithms of {@code dev.heddle.channels}. Not exported. */
package dev.heddle.channels.internal;
