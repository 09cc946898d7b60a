// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.channels.Channel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jol.info.GraphLayout;

/** Covers channels 20. */
class CellChannelLayoutTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 64, 1_000_000, Channel.UNLIMITED})
    void channel_empty_isSmall(int capacity) {
        long bytes =
                GraphLayout.parseInstance(new CellChannel<>(capacity, null)).totalSize();
        assertTrue(bytes <= 200, () -> bytes + " bytes");
    }
}
