package dev.cairn.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;

/**
 * The encoding of a file of text.
 *
 * @param markBytes bytes of the byte order mark, which is no part of the text
 * @param guessed whether neither a mark nor the bytes' form say so
 */
record TextEncoding(Charset charset, int markBytes, boolean guessed) {

  /** The characters of the bytes; what is no character in this encoding is read as U+FFFD. */
  Reader read(InputStream bytes) throws IOException {
    bytes.skipNBytes(markBytes);
    return new InputStreamReader(bytes, charset);
  }
}
