package dev.assent.forge;

import dev.assent.observation.Observation.ForgeAsked;
import dev.assent.observation.Observer;
import dev.assent.observation.Stopwatch;
import java.io.IOException;
import java.util.OptionalLong;

/// Tells of each request that a forge is sent.
///
/// @param repository whose pull requests it is asked about
record Asking(String repository, ForgeSettings.Kind forge, Observer observer) {

    interface Question {
        Answer ask() throws IOException;
    }

    Answer of(Question question) throws IOException {
        var watch = Stopwatch.start();
        try {
            var answer = question.ask();
            told(watch, OptionalLong.of(answer.status()), RateLimit.remaining(answer));
            return answer;
        } catch (IOException e) {
            told(watch, OptionalLong.empty(), OptionalLong.empty());
            throw e;
        }
    }

    private void told(Stopwatch watch, OptionalLong code, OptionalLong remaining) {
        observer.saw(new ForgeAsked(repository, forge.word(), code, remaining, watch.time()));
    }
}
