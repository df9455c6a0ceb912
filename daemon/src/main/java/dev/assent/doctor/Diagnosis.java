package dev.assent.doctor;

/// A check with what it found.
public record Diagnosis(String subject, Finding finding) {}
