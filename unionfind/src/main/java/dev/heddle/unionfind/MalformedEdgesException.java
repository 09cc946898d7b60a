// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind;

import java.nio.file.Path;

/** A file is not what its format says: the message names file, line and text. */
public final class MalformedEdgesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Path file;

    /** The line, or of a binary file the edge. */
    private final long line;

    /** What stands there. */
    private final String text;

    /**
     * Tells what is wrong, and where.
     *
     * @param file the file
     * @param line the line, from 1 on; of a binary file the edge, from 0 on
     * @param text what stands there; empty at the end of the file
     * @param problem what is wrong with it
     */
    public MalformedEdgesException(Path file, long line, String text, String problem) {
        super(file + ":" + line + ": " + problem + (text.isEmpty() ? "" : ": \"" + text + "\""));
        this.file = file;
        this.line = line;
        this.text = text;
    }

    /**
     * The file.
     *
     * @return its path; null after this exception was serialised
     */
    public Path file() {
        return file;
    }

    /**
     * The line.
     *
     * @return its number, from 1 on; of a binary file the edge, from 0 on
     */
    public long line() {
        return line;
    }

    /**
     * What stands there.
     *
     * @return the line as far as it is short, empty at the end of the file
     */
    public String text() {
        return text;
    }
}
