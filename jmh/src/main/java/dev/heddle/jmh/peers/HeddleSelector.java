// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh.peers;

import dev.heddle.channels.Channel;
import dev.heddle.channels.Select;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Ours. */
final class HeddleSelector implements Selecting.Selector {
    private final List<Channel<Object>> channels = new ArrayList<>();

    HeddleSelector(int channels, int capacity) {
        for (int i = 0; i < channels; i++) {
            this.channels.add(Channel.builder().capacity(capacity).build());
        }
    }

    @Override
    public int channels() {
        return channels.size();
    }

    @Override
    public void send(int channel, Object element) throws InterruptedException {
        channels.get(channel).send(element);
    }

    @Override
    public Object receive() throws InterruptedException {
        @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
        Select.Clause<Object>[] clauses = new Select.Clause[channels.size()];
        for (int i = 0; i < clauses.length; i++) {
            clauses[i] = Select.receive(channels.get(i), Function.identity());
        }
        return Select.first(clauses);
    }
}
