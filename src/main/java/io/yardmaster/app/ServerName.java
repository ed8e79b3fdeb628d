package io.yardmaster.app;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** What this server is called among others: for people, nothing is decided by it. */
final class ServerName {
    private ServerName() {}

    /** Host and process, as in {@code depot-1:4711}. */
    static String ofProcess() {
        return host() + ":" + ProcessHandle.current().pid();
    }

    static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "localhost";
        }
    }
}
