// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync.internal;

/** A named state of a cell. Compared by identity; no user value can be one. */
public final class Marker {
    private final String name;

    /** Makes a state that prints as {@code name}. */
    public Marker(String name) {
        this.name = name;
    }

    @Override
    public String toString() {
        return name;
    }
}
