package dev.tern.fuzz.plant;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.function.Consumer;

/**
 * A fault that somebody could have made.
 *
 * @param name for the command line
 * @param hint a seed whose world found it: saves time, and goes stale when the worlds' course
 *     changes
 * @param faults what is changed where
 */
public record Plant(String name, long hint, List<Fault> faults) {
    /** Every plant. */
    public static final List<Plant> ALL =
            List.of(
                    new Plant(
                            "packet-threshold-off-by-one",
                            24,
                            Fault.answers(
                                    "dev.tern.quic.recovery.ReorderingTolerance", "packets", 2)),
                    new Plant(
                            "no-amplification-limit",
                            3,
                            Fault.answers("dev.tern.quic.path.AmplificationLimit", "allows", 1)),
                    new Plant(
                            "stale-limits-resent",
                            168,
                            Fault.does("dev.tern.quic.flow.LatestValue", "onFrameLost", stale())),
                    new Plant(
                            "connection-id-reused-across-paths",
                            1,
                            Fault.callsInstead(
                                    "dev.tern.quic.cid.PeerConnectionIds",
                                    "take",
                                    "remove",
                                    "get")),
                    new Plant(
                            "back-off-not-reset",
                            9,
                            Fault.omitsStore(
                                    "dev.tern.quic.recovery.LossDetector", "onAckEnd", "ptoCount"),
                            Fault.doesNothing(
                                    "dev.tern.quic.recovery.LossDetector", "resetBackoff")),
                    new Plant(
                            "final-size-unchecked",
                            26,
                            Fault.doesNothing(
                                    "dev.tern.quic.stream.ReceiveStream", "checkFinalSize")),
                    new Plant(
                            "gap-ignored",
                            9,
                            Fault.compares("dev.tern.quic.stream.ReceiveStream", "place", 0)),
                    new Plant(
                            "ack-of-unsent-accepted",
                            381,
                            Fault.compares(
                                    "dev.tern.quic.connection.FrameDispatcher", "onAckBegin", -1)),
                    new Plant(
                            "lost-data-not-resent",
                            15,
                            Fault.doesNothing("dev.tern.quic.stream.SendStream", "onFrameLost")),
                    new Plant(
                            "lost-limits-not-resent",
                            31,
                            Fault.doesNothing("dev.tern.quic.flow.LatestValue", "onFrameLost")),
                    new Plant(
                            "lost-handshake-not-resent",
                            0,
                            Fault.doesNothing(
                                    "dev.tern.quic.handshake.CryptoStream", "onFrameLost")),
                    new Plant(
                            "flow-control-not-counted",
                            44,
                            Fault.compares("dev.tern.quic.flow.ReceiveWindow", "onReceived", -1)),
                    new Plant(
                            "credit-never-granted",
                            2,
                            Fault.answers("dev.tern.quic.flow.ReceiveWindow", "onConsumed", 0)),
                    new Plant(
                            "stream-limit-unchecked",
                            336,
                            Fault.doesNothing(
                                    "dev.tern.quic.stream.StreamCount", "checkRemoteLimit")),
                    new Plant(
                            "wrong-ack-delay",
                            0,
                            Fault.takesInstead(
                                    "dev.tern.quic.recovery.AckTracker", "write", 1000, 700)),
                    new Plant(
                            "ack-timer-not-set",
                            0,
                            Fault.answersNever("dev.tern.quic.recovery.AckTracker", "deadlineNs")),
                    new Plant(
                            "probe-timer-not-set",
                            1,
                            Fault.answersNever(
                                    "dev.tern.quic.recovery.LossDetector", "ptoDeadlineNs")),
                    new Plant(
                            "duplicate-taken-twice",
                            20,
                            Fault.answers("dev.tern.quic.recovery.AckTracker", "isDuplicate", 0)),
                    new Plant(
                            "idle-timer-not-restarted",
                            3,
                            Fault.doesNothing("dev.tern.quic.connection.IdleTimer", "onReceived")),
                    new Plant(
                            "path-response-elsewhere",
                            1,
                            Fault.does(
                                    "dev.tern.quic.path.Paths", "onChallenge", respondOnFirst())),
                    new Plant(
                            "challenge-not-padded",
                            0,
                            Fault.takesInstead("dev.tern.quic.path.Path", "writeFrames", 1, 0)),
                    new Plant(
                            "window-unlimited",
                            2,
                            Fault.answers("dev.tern.quic.path.Path", "hasWindow", 1)),
                    new Plant(
                            "window-not-reduced",
                            9,
                            Fault.doesNothing(
                                    "dev.tern.quic.congestion.Cubic", "onCongestionEvent")),
                    new Plant(
                            "retirement-ignored",
                            71,
                            Fault.doesNothing("dev.tern.quic.cid.LocalConnectionIds", "onRetired")),
                    new Plant(
                            "ids-kept-after-the-end",
                            0,
                            Fault.doesNothing(
                                    "dev.tern.quic.cid.LocalConnectionIds", "unregisterAll")),
                    new Plant(
                            "key-update-too-early",
                            3,
                            Fault.answers("dev.tern.crypto.KeyPhases", "mayUpdate", 1)),
                    new Plant(
                            "ack-of-skipped-accepted",
                            21,
                            Fault.answers("dev.tern.quic.recovery.SkippedNumbers", "within", 0)),
                    new Plant(
                            "ecn-marks-not-counted",
                            3,
                            Fault.doesNothing("dev.tern.quic.recovery.EcnCounts", "add")),
                    new Plant(
                            "immediate-ack-ignored",
                            10,
                            Fault.doesNothing(
                                    "dev.tern.quic.connection.FrameDispatcher", "onImmediateAck")),
                    new Plant(
                            "ack-frequency-ignored",
                            7,
                            Fault.doesNothing(
                                    "dev.tern.quic.connection.FrameDispatcher", "onAckFrequency")),
                    new Plant(
                            "mtu-unproven",
                            2,
                            Fault.answers(
                                    "dev.tern.quic.path.MtuDiscovery", "datagramBytes", 1452)),
                    new Plant(
                            "congestion-marks-ignored",
                            16,
                            Fault.omitsStore(
                                    "dev.tern.quic.path.PathTraffic",
                                    "onEcnFeedback",
                                    "congestionMarked")),
                    new Plant(
                            "speaks-after-the-end",
                            0,
                            Fault.answers("dev.tern.quic.connection.Closing", "isOpen", 1)));

    private Plant(String name, long hint, Fault... faults) {
        this(name, hint, List.of(faults));
    }

    @Override
    public String toString() {
        return name;
    }

    /** Takes the lost value for the newest one. */
    private static Consumer<CodeBuilder> stale() {
        ClassDesc latest = ClassDesc.of("dev.tern.quic.flow.LatestValue");
        ClassDesc runnable = ClassDesc.of("java.lang.Runnable");
        return code ->
                code.aload(0)
                        .lload(1)
                        .putfield(latest, "value", ConstantDescs.CD_long)
                        .aload(0)
                        .loadConstant(1)
                        .putfield(latest, "due", ConstantDescs.CD_boolean)
                        .aload(0)
                        .getfield(latest, "changed", runnable)
                        .invokeinterface(runnable, "run", ConstantDescs.MTD_void)
                        .return_();
    }

    /** Answers every challenge on the first path that there is. */
    private static Consumer<CodeBuilder> respondOnFirst() {
        ClassDesc paths = ClassDesc.of("dev.tern.quic.path.Paths");
        ClassDesc path = ClassDesc.of("dev.tern.quic.path.Path");
        ClassDesc frames = ClassDesc.of("dev.tern.quic.path.PathFrames");
        return code ->
                code.aload(0)
                        .loadConstant(0)
                        .invokevirtual(paths, "at", MethodTypeDesc.of(path, ConstantDescs.CD_int))
                        .invokevirtual(path, "frames", MethodTypeDesc.of(frames))
                        .lload(2)
                        .invokevirtual(
                                frames,
                                "respond",
                                MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_long))
                        .return_();
    }
}
