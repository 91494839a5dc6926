package dev.cairn.ingest;

import dev.cairn.catalogue.BlobKeys;
import dev.cairn.catalogue.Document;
import dev.cairn.job.StopSignal;
import dev.cairn.page.HtmlText;
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
import org.springframework.stereotype.Component;

/**
 * Takes from a document's bytes the text that a reader sees. Plain text and Markdown are decoded,
 * of any length in 500 KB of heap, and lose no more than invisible characters and comments; pages
 * are read whole, which their upload limit bounds.
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
    Format format = Format.ofMediaType(document.mediaType());
    try (DocumentTextWriter text = new DocumentTextWriter(store)) {
      Writer visible = new DropInvisible(text);
      Charset charset =
          switch (format) {
            case TEXT -> copy(document, visible, stop);
            case MARKDOWN -> copyMarkdown(document, visible, stop);
            case HTML, XHTML -> takeFromPage(format, document, visible);
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

  private Charset copyMarkdown(Document document, Writer text, StopSignal stop) throws IOException {
    LastCommentEnd lastEnd = new LastCommentEnd();
    copy(document, lastEnd, stop);
    return copy(document, new DropComments(text, lastEnd.position()), stop);
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
    text.flush();
    return encoding.charset();
  }

  private Charset takeFromPage(Format format, Document document, Writer text) throws IOException {
    ParsePage parsePage = new ParsePage(() -> bytes(document));
    TextEncoding encoding = parsePage.encoding();
    HtmlText.write(parsePage.parse(format, encoding), text);
    return encoding.charset();
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
