package io.yardmaster.worker;

import java.util.UUID;

/**
 * The session that this data directory was last used in; the file is deleted when a session is ended in order.
 *
 * @param session its id; null if there was none
 * @param registration by which the next one is asked for; null while none is. The servers may have begun it without our
 *     knowing, so whoever asks again says the same
 */
record PastSession(String session, UUID registration) {}
