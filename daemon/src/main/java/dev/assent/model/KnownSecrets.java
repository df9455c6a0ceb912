package dev.assent.model;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;

/// The secrets that this process has come to know: every [Secret] is among them from the moment it
/// exists, so that nobody has to remember to say so. Whoever writes where people read asks here
/// what must not be written.
///
/// No secret is kept, only a fingerprint of it: what is asked for is found in a text, and nothing
/// can be read out. Of more than [#MOST] the ones that were used longest ago are forgotten.
public final class KnownSecrets {

    /// A shorter one is found by chance in ordinary words.
    public static final int SHORTEST = 6;

    /// What is not known to be a secret is none where it is shorter: it could be guessed anyway.
    private static final int UNGUESSABLE = 16;

    static final int MOST = 200_000;
    private static final long FACTOR = 0x9E3779B97F4A7C15L;
    private static final int MARKS = 1 << 20;

    private static final KnownSecrets ALL = new KnownSecrets();

    /// Each secret's fingerprint, the one used last at the end.
    private final Map<Long, Integer> lengths =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, Integer> eldest) {
                    return size() > MOST;
                }
            };

    /// How the secrets begin: almost every place in a text is dismissed with one look.
    private final BitSet beginnings = new BitSet(MARKS);

    private final BitSet lengthsInUse = new BitSet();

    private KnownSecrets() {}

    /// For what is secret in a part of a [Secret], and can be met without the rest.
    public static void learn(String secret) {
        if (secret.length() >= SHORTEST) ALL.add(secret);
    }

    /// For what can be a secret as well as an ordinary word: the path of a URL, a header. A
    /// tenant's name or `/production` would else be taken out of every line of the log.
    public static void learnIfLong(String perhaps) {
        if (perhaps.length() >= UNGUESSABLE) ALL.add(perhaps);
    }

    /// Whether a secret is in a text.
    public static boolean areIn(String text) {
        return !hide(text, "").equals(text);
    }

    /// A text with something else where a secret is.
    public static String hide(String text, String instead) {
        return text.length() < SHORTEST ? text : ALL.hidden(text, instead);
    }

    private synchronized void add(String secret) {
        var sums = sums(secret);
        beginnings.set(mark(range(sums, 0, SHORTEST)));
        lengthsInUse.set(secret.length());
        lengths.put(range(sums, 0, secret.length()), secret.length());
    }

    private synchronized String hidden(String text, String instead) {
        var sums = sums(text);
        var safe = new StringBuilder();
        var done = 0;
        for (var at = 0; at + SHORTEST <= text.length(); at++) {
            if (!beginnings.get(mark(range(sums, at, SHORTEST)))) continue;
            var length = longest(sums, at, text.length() - at);
            if (length == 0) continue;
            safe.append(text, done, at).append(instead);
            done = at + length;
            at = done - 1;
        }
        return safe.append(text, done, text.length()).toString();
    }

    /// The length of the longest secret that begins there; 0 where none does.
    private int longest(long[] sums, int at, int room) {
        for (var it = lengthsInUse.previousSetBit(room);
                it > 0;
                it = lengthsInUse.previousSetBit(it - 1)) {
            var known = lengths.get(range(sums, at, it));
            if (known != null && known == it) return it;
        }
        return 0;
    }

    /// A number for the beginnings of a text of all lengths, from which one for each part follows.
    private static long[] sums(String text) {
        var sums = new long[text.length() + 1];
        for (var i = 0; i < text.length(); i++) sums[i + 1] = sums[i] * FACTOR + text.charAt(i) + 1;
        return sums;
    }

    private static long range(long[] sums, int from, int length) {
        return sums[from + length] - sums[from] * power(length);
    }

    private static long power(int exponent) {
        var power = 1L;
        var square = FACTOR;
        for (var left = exponent; left > 0; left >>= 1) {
            if ((left & 1) == 1) power *= square;
            square *= square;
        }
        return power;
    }

    private static int mark(long fingerprint) {
        return (int) ((fingerprint * FACTOR) >>> 44);
    }
}
