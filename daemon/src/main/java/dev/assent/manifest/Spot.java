package dev.assent.manifest;

import dev.assent.model.Place;

/// What a problem points at: a place in the text, and the value in the tree.
public record Spot(Place place, Pointer pointer) {}
