package dev.cairn.citation;

/**
 * A word of a quote that the answer looked at more than at others.
 *
 * @param start first code point in the document's text
 * @param end the code point after the last
 * @param strength its share of the attention that fell on the quote, 0 to 1
 */
public record Mark(long start, long end, double strength) {}
