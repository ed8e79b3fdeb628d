package io.yardmaster.web.calendar;

import io.yardmaster.calendar.CalendarDraft;
import io.yardmaster.calendar.NamedCalendar;
import io.yardmaster.database.Transaction;
import io.yardmaster.security.Caller;
import io.yardmaster.security.Permission;
import io.yardmaster.trigger.CalendarChanges;
import io.yardmaster.trigger.CalendarChanges.ChangedFire;
import io.yardmaster.web.Page;
import io.yardmaster.web.form.Form;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a change of a calendar would do, shown before it is made. */
final class CalendarReview {
    private static final int FIRES = 200;

    private CalendarReview() {}

    /**
     * A fire that would change.
     *
     * @param schedules whose, of those that the viewer may see
     * @param others how many schedules more
     * @param before null if the calendar leaves it out
     * @param after null if it would leave it out
     */
    record Fire(List<String> schedules, int others, Instant nominal, Instant before, Instant after) {
        static Fire of(ChangedFire changed, Caller caller) {
            List<String> seen = Stream.of(changed.schedules().split(", ", -1))
                    .filter(one -> caller.may(Permission.VIEW, one.substring(0, one.indexOf('/'))))
                    .toList();
            return new Fire(seen, changed.number() - seen.size(), changed.nominal(), changed.before(), changed.after());
        }
    }

    static Page page(Transaction transaction, NamedCalendar calendar, CalendarDraft draft, Form form, Caller caller) {
        CalendarChanges changes =
                CalendarChanges.of(transaction, calendar.id(), calendar.content(), draft.content(), FIRES);
        Duration ahead = CalendarChanges.AHEAD;
        return Page.of("calendar/review")
                .with("calendar", calendar)
                .with("draft", draft)
                .with("carried", CalendarForm.carried(form))
                .with("days", DayChange.between(calendar.content(), draft.content()))
                .with(
                        "pattern",
                        !calendar.content().weekdays().equals(draft.content().weekdays()))
                .with(
                        "hours",
                        !calendar.content().blackouts().equals(draft.content().blackouts()))
                .with("followerCount", Follower.number(transaction, calendar.id()))
                .with("ahead", ahead.toDays())
                .with("whole", changes.whole())
                .with(
                        "fires",
                        changes.fires().stream()
                                .map(fire -> Fire.of(fire, caller))
                                .collect(Collectors.toList()));
    }
}
