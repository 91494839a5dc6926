package dev.cairn.text;

/**
 * A range of a document's text. Offsets are Unicode code points, half-open.
 *
 * @param characters of the whole text
 */
public record TextPassage(long from, long to, long characters, String text) {}
