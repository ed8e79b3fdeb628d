package io.yardmaster.trigger;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Duration;
import java.time.Instant;

/** {@link Terms} as columns of a schedule. */
@Embeddable
class StoredTerms {
    @Column(name = "valid_from")
    private Instant validFrom;

    @Column(name = "valid_until")
    private Instant validUntil;

    @Column(name = "jitter_seconds")
    private int jitterSeconds;

    @Enumerated(EnumType.STRING)
    @Column(name = "catch_up")
    private CatchUp.Policy catchUp;

    @Column(name = "catch_up_count")
    private int count;

    @Column(name = "catch_up_age_seconds")
    private long ageSeconds;

    @Column(name = "catch_up_spread_seconds")
    private int spreadSeconds;

    /** For Hibernate. */
    protected StoredTerms() {}

    StoredTerms(Terms terms) {
        validFrom = terms.validFrom();
        validUntil = terms.validUntil();
        jitterSeconds = (int) terms.jitter().toSeconds();
        catchUp = terms.catchUp().policy();
        count = terms.catchUp().count();
        ageSeconds = terms.catchUp().age().toSeconds();
        spreadSeconds = (int) terms.catchUp().spread().toSeconds();
    }

    Terms value() {
        CatchUp rule = new CatchUp(catchUp, count, Duration.ofSeconds(ageSeconds), Duration.ofSeconds(spreadSeconds));
        return new Terms(validFrom, validUntil, Duration.ofSeconds(jitterSeconds), rule);
    }
}
