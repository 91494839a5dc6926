package dev.cairn.tensor;

/** The four products of an attention. */
record Projections(Linear query, Linear key, Linear value, Linear output) {}
