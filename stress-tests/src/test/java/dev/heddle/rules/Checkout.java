// SPDX-License-Identifier: Apache-2.0
package dev.heddle.rules;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where this checkout lies. */
final class Checkout {
    private Checkout() {}

    /** The root: given by the build, else the nearest folder above that holds {@code .mvn}. */
    static Path root() {
        String given = System.getProperty("heddle.root");
        if (given != null) {
            return Path.of(given);
        }
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve(".mvn"))) {
                return folder;
            }
        }
        throw new IllegalStateException("no folder above holds .mvn");
    }
}
