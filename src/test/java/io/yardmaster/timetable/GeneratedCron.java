package io.yardmaster.timetable;

import java.util.Random;

/** Cron expressions in numbers, drawn so that most of them have something to do near a clock change. */
final class GeneratedCron {
    private final Random random;

    GeneratedCron(Random random) {
        this.random = random;
    }

    String next() {
        String days = random.nextInt(4) == 0 ? ofMonth() + " " + months() + " ?" : "? " + months() + " " + ofWeek();
        String daily = random.nextInt(3) > 0 ? "* * ?" : days;
        return time(59, 25) + " " + time(59, 4) + " " + hour() + " " + daily
                + (random.nextInt(9) == 0 ? " 2020-2036/2" : "");
    }

    /** In crontab(5)'s dialect. */
    String nextUnix() {
        int day = 1 + random.nextInt(28);
        int weekday = random.nextInt(7);
        String ofMonth = pick("*", "*", "*", Integer.toString(day), day + "-31", "*/" + (1 + random.nextInt(15)));
        String ofWeek = pick("*", "*", "*", Integer.toString(weekday + 1), weekday + "-7", "*/2", "0,6");
        String month = pick("*", "*", "2-11/3", "3,10");
        return forwards(59) + " " + forwards(23) + " " + ofMonth + " " + month + " " + ofWeek;
    }

    private String forwards(int most) {
        int value = random.nextInt(4);
        return pick(
                "*",
                "*/" + (1 + random.nextInt(most)),
                value + "-" + (value + random.nextInt(most - 3)) + "/2",
                value + "," + random.nextInt(most + 1),
                Integer.toString(value),
                Integer.toString(value));
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String time(int most, int sparse) {
        int value = random.nextInt(most + 1);
        return switch (random.nextInt(sparse + 3)) {
            case 0 -> "*";
            case 1 -> value + "-" + random.nextInt(most + 1) + "/" + (1 + random.nextInt(20));
            case 2 -> "*/" + (1 + random.nextInt(most));
            case 3 -> value + "," + random.nextInt(most + 1);
            case 4 -> "0";
            default -> Integer.toString(value);
        };
    }

    private String hour() {
        return switch (random.nextInt(6)) {
            case 0 -> "*";
            case 1 -> "*/" + (1 + random.nextInt(12));
            case 2 -> random.nextInt(24) + "-" + random.nextInt(24);
            case 3 -> random.nextInt(4) + "," + random.nextInt(24);
            default -> Integer.toString(random.nextInt(4));
        };
    }

    private String months() {
        return switch (random.nextInt(4)) {
            case 0 -> (1 + random.nextInt(12)) + "-" + (1 + random.nextInt(12));
            case 1 -> "2-12/" + (1 + random.nextInt(4));
            default -> "*";
        };
    }

    private String ofMonth() {
        int day = 1 + random.nextInt(31);
        return switch (random.nextInt(7)) {
            case 0 -> "L";
            case 1 -> "LW";
            case 2 -> "L-" + (1 + random.nextInt(30));
            case 3 -> day + "W";
            case 4 -> day + "-" + (1 + random.nextInt(31)) + "/2";
            default -> day + "," + (1 + random.nextInt(31)) + "," + (1 + random.nextInt(31));
        };
    }

    private String ofWeek() {
        int day = 1 + random.nextInt(7);
        return switch (random.nextInt(5)) {
            case 0 -> day + "L";
            case 1 -> day + "#" + (1 + random.nextInt(5));
            case 2 -> day + "-" + (1 + random.nextInt(7));
            case 3 -> day + "," + (1 + random.nextInt(7));
            default -> "*";
        };
    }
}
