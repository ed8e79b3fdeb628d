package io.yardmaster.cluster;

import java.nio.file.Path;

/** Jobs whose tasks run for a minute and write {@link Beats}; each is due each five seconds, and none may overlap itself. */
final class BeatingJobs {
    private static final int REPEATABLE = 11;
    private static final int UNREPEATABLE = 5;

    /** 118 half seconds, and the time that the beats take. */
    private static final String SCRIPT = """
            worker=${YARDMASTER_OUTPUT%%%%/attempts/*}
            name=${YARDMASTER_JOB#*/}.$YARDMASTER_RUN_ID.$YARDMASTER_EPOCH.${worker##*/worker-}
            beats=$(mktemp %s/$name.XXXXXX)
            n=0
            while [ $n -lt 118 ]; do
              read -r up idle </proc/uptime
              echo "$up" >>"$beats"
              sleep 0.5
              n=$((n + 1))
            done
            echo whole >>"$beats"
            """;

    private BeatingJobs() {}

    /** @param beats the directory that the tasks write to */
    static void put(Cluster cluster, Path beats, boolean enabled) {
        for (int job = 0; job < REPEATABLE + UNREPEATABLE; job++) {
            boolean repeatable = job < REPEATABLE;
            String name = (repeatable ? "again-" : "once-") + job;
            cluster.put("/api/v1/jobs/default/" + name, """
                    kind: job
                    namespace: default
                    name: %s
                    task:
                      type: shell
                      script: |
                    %s
                    delivery: %s
                    overlap:
                      policy: FORBID
                    schedules:
                      - name: every-five-seconds
                        cron: "0/5 * * * * ?"
                        zone: UTC
                        enabled: %s
                    """.formatted(
                            name,
                            SCRIPT.formatted(beats).indent(4).stripTrailing(),
                            repeatable ? "AT_LEAST_ONCE" : "AT_MOST_ONCE",
                            enabled));
        }
    }
}
