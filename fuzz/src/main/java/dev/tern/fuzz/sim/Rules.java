package dev.tern.fuzz.sim;

import java.net.InetSocketAddress;
import java.util.List;

/** Every rule that one party must keep. */
final class Rules {
    private final List<Rule> rules;

    Rules(Rule... rules) {
        this.rules = List.of(rules);
    }

    void onDatagramSent(InetSocketAddress remote, int bytes) {
        rules.forEach(rule -> rule.onDatagramSent(remote, bytes));
    }

    void onDatagramDelivered(InetSocketAddress remote, int bytes) {
        rules.forEach(rule -> rule.onDatagramDelivered(remote, bytes));
    }

    void onSent(ObservedPacket packet) {
        rules.forEach(rule -> rule.onSent(packet));
    }

    void onDelivered(ObservedPacket packet, Delivery delivery) {
        rules.forEach(rule -> rule.onDelivered(packet, delivery));
    }

    void afterStep(long nowNs) {
        rules.forEach(rule -> rule.afterStep(nowNs));
    }

    void onClosed(long nowNs) {
        rules.forEach(rule -> rule.onClosed(nowNs));
    }

    /** The one of that kind. */
    <T extends Rule> T find(Class<T> kind) {
        return rules.stream().filter(kind::isInstance).map(kind::cast).findFirst().orElseThrow();
    }
}
