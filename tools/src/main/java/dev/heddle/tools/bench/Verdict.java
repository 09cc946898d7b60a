// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools.bench;

/**
 * What came out for one goal.
 *
 * @param subject what is measured
 * @param goal what it should reach
 * @param figure what it reached, or why there is no figure
 * @param status how the two compare
 */
record Verdict(String subject, String goal, String figure, Status status) {
    /** The figure of a goal whose rows were left out on purpose. */
    static final String NOT_ASKED = "not in this run: not asked for";

    enum Status {
        MET("met"),
        MISSED("missed"),
        NOT_RUN("not run");

        private final String word;

        Status(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    static Verdict of(String subject, String goal, String figure, boolean met) {
        return new Verdict(subject, goal, figure, met ? Status.MET : Status.MISSED);
    }

    static Verdict notRun(String subject, String goal, String reason) {
        return new Verdict(subject, goal, reason, Status.NOT_RUN);
    }

    boolean asked() {
        return !figure.equals(NOT_ASKED);
    }
}
