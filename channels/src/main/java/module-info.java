// SPDX-License-Identifier: Apache-2.0
/**
 * Channels on which threads, virtual threads and asynchronous callers hand elements to each other, and select over them.
 */
module dev.heddle.channels {
    requires dev.heddle.sync;

    exports dev.heddle.channels;
}
