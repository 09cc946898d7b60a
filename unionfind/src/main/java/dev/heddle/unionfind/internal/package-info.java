// SPDX-License-Identifier: Apache-2.0
/** How it is done. */
package dev.heddle.unionfind.internal;
