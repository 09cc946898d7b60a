// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools;

/** The work could not be done, for a reason that one line tells. */
public final class ToolException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ToolException(String message) {
        super(message);
    }

    public ToolException(String message, Throwable cause) {
        super(message, cause);
    }
}
