package io.yardmaster.trigger;

import io.yardmaster.timetable.Gap;
import io.yardmaster.timetable.Overlap;
import io.yardmaster.timetable.Timetable;
import org.quartz.impl.jdbcjobstore.SimplePropertiesTriggerPersistenceDelegateSupport;
import org.quartz.impl.jdbcjobstore.SimplePropertiesTriggerProperties;
import org.quartz.spi.OperableTrigger;

/** How Quartz keeps a {@link TimetableTrigger}: as plain columns. Public because Quartz makes it by name. */
public final class TimetableTriggerRows extends SimplePropertiesTriggerPersistenceDelegateSupport {
    private static final String DEFAULT = "DEFAULT";

    @Override
    public boolean canHandleTriggerType(OperableTrigger trigger) {
        return trigger instanceof TimetableTrigger;
    }

    @Override
    public String getHandledTriggerTypeDiscriminator() {
        return "YARD";
    }

    @Override
    protected SimplePropertiesTriggerProperties getTriggerProperties(OperableTrigger trigger) {
        Timetable timetable = ((TimetableTrigger) trigger).timetable();
        SimplePropertiesTriggerProperties properties = new SimplePropertiesTriggerProperties();
        properties.setString1(timetable.expression());
        properties.setString2(timetable.zone());
        properties.setString3(
                timetable.kind() + " " + orDefault(timetable.gap()) + " " + orDefault(timetable.overlap()));
        return properties;
    }

    @Override
    protected TriggerPropertyBundle getTriggerPropertyBundle(SimplePropertiesTriggerProperties properties) {
        String[] rules = properties.getString3().split(" ", 3);
        Timetable timetable = new Timetable(
                Timetable.Kind.valueOf(rules[0]),
                properties.getString1(),
                properties.getString2(),
                rules[1].equals(DEFAULT) ? null : Gap.valueOf(rules[1]),
                rules[2].equals(DEFAULT) ? null : Overlap.valueOf(rules[2]));
        return new TriggerPropertyBundle(TimetableTrigger.builder(timetable), new String[0], new Object[0]);
    }

    private static String orDefault(Enum<?> rule) {
        return rule == null ? DEFAULT : rule.name();
    }
}
