package dev.cairn.citation;

/**
 * One token of a document that an answer read.
 *
 * @param index its place in the document
 * @param range its characters
 * @param mass the attention mass that fell on it
 * @param salient whether that is more than an even share of its chunk's mass
 */
record AttendedToken(long index, TextRange range, double mass, boolean salient) {}
