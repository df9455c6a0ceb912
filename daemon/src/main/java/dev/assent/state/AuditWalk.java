package dev.assent.state;

import dev.assent.state.Tampering.Kind;
import dev.assent.state.Verification.Whole;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// One walk along the audit trail, entry by entry, that finds whatever does not fit.
final class AuditWalk {

    private final Optional<Signet> signet;
    private final long sealedFrom;
    private final List<Tampering> found = new ArrayList<>();

    private final SortedMap<Long, String> notes = new TreeMap<>();

    private long expected;
    private long entries;
    private String before;
    private Optional<Whole> lastWhole = Optional.empty();

    /// @param signet empty: seals are not looked at
    /// @param sealedFrom the first entry that has to bear a seal
    AuditWalk(Optional<Signet> signet, long sealedFrom) {
        this(signet, sealedFrom, 0, AuditChain.START);
    }

    /// One that begins later.
    ///
    /// @param after the entry before the first one
    /// @param before its hash
    AuditWalk(Optional<Signet> signet, long sealedFrom, long after, String before) {
        this.signet = signet;
        this.sealedFrom = sealedFrom;
        this.expected = after + 1;
        this.before = before;
    }

    /// Has it compared with what was published of it.
    void expect(List<HeadNote> published) {
        for (var it : published) {
            if (signet.map(it::isOurs).orElse(true)) {
                expected(it);
            } else {
                found.add(Tampering.published(it.number(), "was not published by this record"));
            }
        }
    }

    private void expected(HeadNote note) {
        var known = notes.putIfAbsent(note.number(), note.hash());
        if (known == null || known.equals(note.hash())) return;
        found.add(Tampering.published(note.number(), "was published twice, and not the same"));
    }

    void next(AuditEntry entry, Optional<String> seal) {
        var number = entry.number();
        entries++;
        var published = notes.remove(number);
        if (published != null && !published.equals(entry.hash())) {
            found.add(Tampering.published(number, "is another than was published"));
        }
        if (number > expected) {
            // What it was chained to is gone: whether it was edited too cannot be told.
            add(Kind.MISSING, expected, number - 1);
        } else if (number < expected || !entry.hash().equals(AuditChain.hash(entry, before))) {
            add(Kind.EDITED, number, number);
        } else if (!isSealed(entry, seal)) {
            add(Kind.FORGED, number, number);
        } else if (found.isEmpty()) {
            lastWhole = Optional.of(new Whole(number, entry.at()));
        }
        before = entry.hash();
        expected = Math.max(expected, number + 1);
    }

    private boolean isSealed(AuditEntry entry, Optional<String> seal) {
        return signet.isEmpty()
                || (entry.number() < sealedFrom && seal.isEmpty())
                || signet.get().fits(Signet.Kind.ENTRY, entry.hash(), seal);
    }

    /// The end was reached: compares it with where the trail ended when it was written last.
    void end(Optional<AuditHead.Stored> mark) {
        if (mark.isEmpty() || !signet.map(mark.get()::isOurs).orElse(true)) {
            add(Kind.HEAD, expected, expected);
        }
        mark.map(AuditHead.Stored::head).ifPresent(this::end);
    }

    private void end(AuditHead head) {
        var last = expected - 1;
        notes.keySet().stream()
                .filter(it -> it > Math.max(last, head.number()))
                .forEach(it -> found.add(Tampering.published(it, "was published, and is missing")));
        if (head.number() > last) {
            add(Kind.CUT_OFF, last + 1, head.number());
        } else if (head.number() < last) {
            add(Kind.ADDED, head.number() + 1, last);
        } else if (!head.hash().equals(before) && found.isEmpty()) {
            add(Kind.HEAD, last, last);
        }
        head.cutAt().ifPresent(it -> add(Kind.CUT_BEFORE, it, it));
    }

    Verification result() {
        var sorted = new ArrayList<>(found);
        sorted.sort(Comparator.comparingLong(Tampering::from));
        return new Verification(
                entries, before, signet.map(_ -> sealedFrom), 0, 0, sorted, lastWhole);
    }

    /// Neighbours that suffered the same are told of together.
    private void add(Kind kind, long from, long to) {
        if (!found.isEmpty()) {
            var last = found.getLast();
            if (last.kind() == kind && last.to() + 1 == from) {
                found.set(found.size() - 1, Tampering.entries(kind, last.from(), to));
                return;
            }
        }
        found.add(Tampering.entries(kind, from, to));
    }
}
