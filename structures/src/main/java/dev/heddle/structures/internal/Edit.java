// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures.internal;

import java.util.Objects;

/**
 * A change of the value of one key. An edit that others may apply too is a pure function of the value that is there; it
 * may then run on any thread, and more than once.
 */
public abstract class Edit extends Combining.Operation {
    /** The key whose value changes. */
    final Object key;

    Edit(Object key) {
        this.key = key;
    }

    @Override
    protected final Object noted() {
        return result(super.noted());
    }

    /**
     * The value that follows.
     *
     * @param old the value that is there, or null
     * @return the next value: the same object if nothing changes, null if the key goes
     */
    abstract Object change(Object old);

    /** Whether its key takes the place of an equal one. */
    boolean bringsKey() {
        return false;
    }

    /**
     * What the caller is told.
     *
     * @param old the value that was there, or null
     * @return the result
     */
    Object result(Object old) {
        return old;
    }

    /** Stores a value, and tells the one before it. */
    public static final class Put extends Edit {
        private final Object value;

        /**
         * Makes an edit.
         *
         * @param key the key
         * @param value its value from here on
         */
        public Put(Object key, Object value) {
            super(key);
            this.value = value;
        }

        @Override
        Object change(Object old) {
            return value;
        }
    }

    /** Stores a value where there is none, and tells the one that was there. */
    public static final class PutIfAbsent extends Edit {
        private final Object value;

        /**
         * Makes an edit.
         *
         * @param key the key
         * @param value its value if it has none
         */
        public PutIfAbsent(Object key, Object value) {
            super(key);
            this.value = value;
        }

        @Override
        Object change(Object old) {
            return old != null ? old : value;
        }
    }

    /** Removes a key, and tells its value. */
    public static final class Remove extends Edit {
        /**
         * Makes an edit.
         *
         * @param key the key
         */
        public Remove(Object key) {
            super(key);
        }

        @Override
        Object change(Object old) {
            return null;
        }
    }

    /** Stores another value, and tells the one before it. */
    public static final class Replace extends Edit {
        private final Object value;

        /**
         * Makes an edit.
         *
         * @param key the key
         * @param value its value if it has one
         */
        public Replace(Object key, Object value) {
            super(key);
            this.value = value;
        }

        @Override
        Object change(Object old) {
            return old == null ? null : value;
        }
    }

    /** Stores another value, or removes the key, if it has an expected value; tells whether that was so. */
    public static final class ReplaceIf extends Edit {
        private final Object expected; // asked for equality, on the thread of whoever applies the edit
        private final Object value;

        /**
         * Makes an edit.
         *
         * @param key the key
         * @param expected what its value must equal
         * @param value its value from then on, or null to remove it
         */
        public ReplaceIf(Object key, Object expected, Object value) {
            super(key);
            this.expected = expected;
            this.value = value;
        }

        @Override
        Object change(Object old) {
            return old != null && Objects.equals(expected, old) ? value : old;
        }

        @Override
        Object result(Object old) {
            return old != null && Objects.equals(expected, old);
        }
    }
}
