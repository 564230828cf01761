package dev.tern.quic.io.linux;

/** The errors of sockets that mean something to us; the same on x86-64 and AArch64. */
final class Errno {
    static final int EPERM = 1;
    static final int EINTR = 4;
    static final int EIO = 5;
    static final int EAGAIN = 11;
    static final int EACCES = 13;
    static final int ENODEV = 19;
    static final int EINVAL = 22;
    static final int EMSGSIZE = 90;
    static final int EOPNOTSUPP = 95;
    static final int EAFNOSUPPORT = 97;
    static final int EADDRINUSE = 98;
    static final int EADDRNOTAVAIL = 99;
    static final int ENETUNREACH = 101;
    static final int ENOBUFS = 105;

    private Errno() {}

    /** For a person. */
    static String describe(int errno) {
        return switch (errno) {
            case EPERM, EACCES -> "not permitted";
            case ENODEV -> "no such interface";
            case EINVAL -> "invalid argument";
            case EMSGSIZE -> "message too long";
            case EOPNOTSUPP -> "not supported";
            case EAFNOSUPPORT -> "address family not supported";
            case EADDRINUSE -> "address already in use";
            case EADDRNOTAVAIL -> "this machine does not have the address";
            case ENETUNREACH -> "network unreachable";
            case ENOBUFS -> "no buffer space";
            default -> "error " + errno;
        };
    }
}
