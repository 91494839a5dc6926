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

  private static final String JAPANESE = "ISO-2022-JP";

  /** As the web reads that: with numbers in circles and the like, which many texts have. */
  private static final String JAPANESE_OF_THE_WEB = "x-windows-iso2022jp";

  /** The characters of the bytes; what is no character in this encoding is read as U+FFFD. */
  Reader read(InputStream bytes) throws IOException {
    bytes.skipNBytes(markBytes);
    return charset.name().equals(JAPANESE) && Charset.isSupported(JAPANESE_OF_THE_WEB)
        ? new InputStreamReader(bytes, Charset.forName(JAPANESE_OF_THE_WEB))
        : new InputStreamReader(bytes, charset);
  }
}
