package dev.cairn.ingest;

/**
 * What is known of a stored text.
 *
 * @param charset the encoding that the bytes were read in
 * @param characters code points
 */
record ExtractedText(String charset, long characters) {}
