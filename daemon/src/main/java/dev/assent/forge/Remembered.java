package dev.assent.forge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Optional;

/// The last answers by address, each with the tag (`ETag`) by which a forge knows whether it still
/// holds. What was not asked for longest is forgotten first.
final class Remembered {

    private static final int LONGEST = 32 << 20;
    private static final int MOST = 2_000;

    private final LinkedHashMap<String, Answer> answers = new LinkedHashMap<>(16, 0.75f, true);
    private long length;

    synchronized Optional<Answer> of(String address) {
        return Optional.ofNullable(answers.get(address));
    }

    synchronized void keep(String address, Answer answer) {
        forget(address);
        if (answer.tag().isEmpty() || answer.body().length() > LONGEST / 4) return;
        answers.put(address, answer);
        length += answer.body().length();
        for (var eldest : new ArrayList<>(answers.sequencedKeySet())) {
            if (length <= LONGEST && answers.size() <= MOST) return;
            forget(eldest);
        }
    }

    private void forget(String address) {
        var old = answers.remove(address);
        if (old != null) length -= old.body().length();
    }
}
