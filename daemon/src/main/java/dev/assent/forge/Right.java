package dev.assent.forge;

/// What a forge lets a user do in a repository, from the least to the most.
public enum Right {
    NONE,
    READ,
    WRITE,
    MAINTAIN,
    ADMIN
}
