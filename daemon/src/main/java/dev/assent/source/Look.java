package dev.assent.source;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// What one look at a repository found, for which it was asked once and, where anything had moved,
/// fetched from once.
///
/// @param branch what became of the branch
/// @param heads the refs beside it that were wanted: the commit of each, in hexadecimal
public record Look(Poll branch, SortedMap<String, String> heads) {

    public Look {
        heads = Collections.unmodifiableSortedMap(new TreeMap<>(heads));
    }
}
