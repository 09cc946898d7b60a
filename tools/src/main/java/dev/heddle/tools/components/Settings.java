// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools.components;

import dev.heddle.unionfind.Algorithm;
import dev.heddle.unionfind.EdgeFormat;
import dev.heddle.unionfind.EdgeOrder;
import java.nio.file.Path;

/**
 * What is asked for.
 *
 * @param format of the file; null: told by name and content
 * @param ids which ids are vertices
 * @param algorithm how components are found
 * @param threads how many find them
 * @param order of the edges
 * @param largest how many sizes are printed
 * @param labels where labels go; null: nowhere
 * @param label what a label is
 * @param forest where a spanning forest goes; null: nowhere
 * @param progress whether progress is shown
 */
public record Settings(
        EdgeFormat format,
        Ids ids,
        Algorithm algorithm,
        int threads,
        EdgeOrder order,
        int largest,
        Path labels,
        Label label,
        Path forest,
        boolean progress) {
    /** Which ids are vertices. */
    public enum Ids {
        AS_GIVEN,
        DENSE
    }

    /** What a label is. */
    public enum Label {
        MIN_ID,
        CONSECUTIVE
    }
}
