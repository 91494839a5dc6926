package dev.cairn.ingest;

import dev.cairn.catalogue.BlobKeys;
import dev.cairn.catalogue.Document;
import dev.cairn.job.StopSignal;
import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import dev.cairn.store.BlobStore;
import dev.cairn.text.DocumentText;
import dev.cairn.text.DocumentTextWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Takes the text from a document's bytes. Plain text and Markdown are decoded as they stand, of any
 * length in 500 KB of heap; HTML is read whole, which its upload limit bounds.
 */
@Component
class ExtractText {

  private static final int BUFFER_CHARACTERS = 1 << 15;

  private final BlobStore store;

  ExtractText(BlobStore store) {
    this.store = store;
  }

  /**
   * Stores the text, unless it is stored already: a text never changes.
   *
   * @throws Problem no_text when there is nothing to read in it
   */
  ExtractedText extract(Document document, StopSignal stop) throws IOException {
    if (document.charset() != null) {
      try (DocumentText text = DocumentText.open(store, document)) {
        return new ExtractedText(document.charset(), text.length());
      }
    }
    return extractAnew(document, stop);
  }

  void remove(Document document) throws IOException {
    store.delete(BlobKeys.text(document));
    store.delete(BlobKeys.textIndex(document));
  }

  private ExtractedText extractAnew(Document document, StopSignal stop) throws IOException {
    try (DocumentTextWriter text = new DocumentTextWriter(store)) {
      Charset charset =
          switch (Format.ofMediaType(document.mediaType())) {
            case TEXT, MARKDOWN -> copy(document, text, stop);
            case HTML -> takeFromHtml(document, text);
          };
      requireText(text);
      text.publish(document);
      return new ExtractedText(charset.name(), text.characters());
    }
  }

  private static void requireText(DocumentTextWriter text) {
    if (text.isBlank()) {
      throw new Problem(
          ProblemCode.NO_TEXT,
          "The file holds no text, only white space: upload a file that a reader can read.");
    }
  }

  private Charset copy(Document document, Writer text, StopSignal stop) throws IOException {
    TextEncoding encoding = detect(document);
    char[] buffer = new char[BUFFER_CHARACTERS];
    try (Reader characters = encoding.read(bytes(document))) {
      for (int n = characters.read(buffer); n >= 0; n = characters.read(buffer)) {
        stop.check();
        text.write(buffer, 0, n);
      }
    }
    return encoding.charset();
  }

  private Charset takeFromHtml(Document document, Writer text) throws IOException {
    org.jsoup.nodes.Document page = parse(document);
    HtmlText.write(page, text);
    return page.charset();
  }

  private org.jsoup.nodes.Document parse(Document document) throws IOException {
    TextEncoding encoding = detect(document);
    if (encoding.guessed()) {
      org.jsoup.nodes.Document asDeclared = parse(document, null);
      if (!asDeclared.charset().equals(StandardCharsets.UTF_8)) {
        return asDeclared;
      }
    }
    return parse(document, encoding.charset().name());
  }

  private org.jsoup.nodes.Document parse(Document document, @Nullable String charset)
      throws IOException {
    try (InputStream bytes = bytes(document)) {
      return Jsoup.parse(bytes, charset, "");
    }
  }

  private TextEncoding detect(Document document) throws IOException {
    try (InputStream bytes = bytes(document)) {
      return DetectEncoding.of(bytes);
    }
  }

  private InputStream bytes(Document document) throws IOException {
    return store.stream(BlobKeys.original(document));
  }
}
