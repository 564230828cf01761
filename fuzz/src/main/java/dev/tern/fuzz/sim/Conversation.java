package dev.tern.fuzz.sim;

/** One connection of a world, with both of its ends and its keys. */
final class Conversation {
    private final int index;
    private final TrafficKeys keys;
    private final Party dialler;
    private final Party acceptor;

    Conversation(int index, WorldSetting setting) {
        this.index = index;
        keys = new TrafficKeys(setting.suite());
        dialler = new Party(this, Role.DIALLER, setting.manners(Role.DIALLER));
        acceptor = new Party(this, Role.ACCEPTOR, setting.manners(Role.ACCEPTOR));
    }

    int index() {
        return index;
    }

    TrafficKeys keys() {
        return keys;
    }

    Party party(Role role) {
        return role == Role.DIALLER ? dialler : acceptor;
    }

    /** Whether neither side has a connection any more that could go on. */
    boolean isOver() {
        return dialler.isOver() && acceptor.isOver();
    }

    /** Whether all that was to be said is said, and both sides have forgotten every stream. */
    boolean isSettled() {
        return dialler.isSettled() && acceptor.isSettled();
    }
}
