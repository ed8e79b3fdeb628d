package io.yardmaster.web.run;

/** Brings the 256 and the 16 million colours of terminals down to the 16 that both themes have a readable shade of. */
final class Palette {
    private static final int INDEXED = 5;
    private static final int DIRECT = 2;
    private static final int BRIGHT = 8;

    private Palette() {}

    /** How many of {@code codes} from {@code at} on say a colour, as in {@code 5;208} or {@code 2;255;128;0}. */
    static int length(int[] codes, int at) {
        int wanted = kind(codes, at) == INDEXED ? 2 : kind(codes, at) == DIRECT ? 4 : 0;
        return Math.min(wanted, codes.length - at);
    }

    /** 0 to 15, or -1 if none is said there. */
    static int colour(int[] codes, int at) {
        if (kind(codes, at) == INDEXED && at + 1 < codes.length) {
            return indexed(codes[at + 1]);
        }
        if (kind(codes, at) == DIRECT && at + 3 < codes.length) {
            return nearest(codes[at + 1], codes[at + 2], codes[at + 3]);
        }
        return -1;
    }

    private static int kind(int[] codes, int at) {
        return at < codes.length ? codes[at] : -1;
    }

    private static int indexed(int index) {
        if (index < 16) {
            return index;
        } else if (index < 232) {
            int cube = index - 16;
            return nearest(cube / 36 * 51, cube / 6 % 6 * 51, cube % 6 * 51);
        } else if (index < 256) {
            int grey = (index - 232) * 10 + 8;
            return nearest(grey, grey, grey);
        }
        return -1;
    }

    /** By which of the three lights are on: half of the strongest counts as on. */
    private static int nearest(int red, int green, int blue) {
        int strongest = Math.max(red, Math.max(green, blue));
        if (strongest > 255) {
            return -1;
        } else if (strongest < 48) {
            return 0;
        }
        int half = strongest / 2;
        int lights = (red > half ? 1 : 0) | (green > half ? 2 : 0) | (blue > half ? 4 : 0);
        return lights == 7 && strongest < 160 ? BRIGHT : strongest > 200 ? lights + BRIGHT : lights;
    }
}
