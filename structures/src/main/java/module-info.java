// SPDX-License-Identifier: Apache-2.0
/**
 * Ordered maps and sets for many threads, and the immutable sorted map behind them.
 */
module dev.heddle.structures {
    exports dev.heddle.structures;
}
