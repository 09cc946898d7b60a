// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

/**
 * A key whose value differs between two versions of a map.
 *
 * @param key the key
 * @param before its value in the older version, or null if it was not there
 * @param after its value in the newer version, or null if it is not there
 * @param <K> the keys
 * @param <V> the values
 */
public record Change<K, V>(K key, V before, V after) {}
