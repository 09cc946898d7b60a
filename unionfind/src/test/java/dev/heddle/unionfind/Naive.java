// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind;

import java.util.Arrays;

/** The specification: an array of labels, each the least of its set. */
final class Naive {
    private final int[] labels;

    Naive(int n) {
        labels = new int[n];
        Arrays.setAll(labels, x -> x);
    }

    boolean unite(int x, int y) {
        int low = Math.min(labels[x], labels[y]);
        int high = Math.max(labels[x], labels[y]);
        if (low == high) {
            return false;
        }
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] == high) {
                labels[i] = low;
            }
        }
        return true;
    }

    boolean sameSet(int x, int y) {
        return labels[x] == labels[y];
    }

    int find(int x) {
        return labels[x];
    }

    int setCount() {
        return (int) Arrays.stream(labels).distinct().count();
    }

    int[] labels() {
        return labels.clone();
    }
}
