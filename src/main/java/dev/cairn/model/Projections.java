package dev.cairn.model;

/** The four products of an attention. */
record Projections(Linear query, Linear key, Linear value, Linear output) {}
