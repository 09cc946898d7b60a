// SPDX-License-Identifier: Apache-2.0
/** The connected components of graphs in files. */
package dev.heddle.tools.components;
