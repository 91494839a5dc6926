package dev.cairn.ingest;

import dev.cairn.access.Caller;
import dev.cairn.catalogue.BlobKeys;
import dev.cairn.catalogue.Document;
import dev.cairn.catalogue.NewDocument;
import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import dev.cairn.store.BlobExistsException;
import dev.cairn.store.BlobStore;
import dev.cairn.store.StagedBlob;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.stereotype.Component;

/**
 * Takes a file in: checks it, stores its bytes and hands it to the background. Holds one buffer of
 * 16 KB of it in the heap.
 */
@Component
public class AcceptUpload {

  private final IngestSettings settings;
  private final BlobStore store;
  private final RegisterUpload registerUpload;
  private final Planner planner;

  AcceptUpload(
      IngestSettings settings, BlobStore store, RegisterUpload registerUpload, Planner planner) {
    this.settings = settings;
    this.store = store;
    this.registerUpload = registerUpload;
    this.planner = planner;
  }

  /**
   * @throws Problem no_text for an empty file, unsupported_format, too_large for too much HTML, and
   *     what the catalogue refuses
   */
  public AcceptedUpload accept(Caller caller, String slug, UploadedFile file) throws IOException {
    Format format = check(file);
    try (StagedBlob bytes = store.stage()) {
      String sha256 = HashBytes.copy(file.content().getInputStream(), bytes);
      NewDocument uploaded = new NewDocument(sha256, format.mediaType(), bytes.length());
      AcceptedUpload accepted = registerUpload.register(caller, slug, uploaded, file);
      publishOrWithdraw(bytes, caller, slug, accepted);
      if (accepted.document().state() == Document.State.UPLOADED) {
        planner.enqueueExtraction(accepted.document().id());
      }
      return accepted;
    }
  }

  private Format check(UploadedFile file) throws IOException {
    if (file.length() == 0) {
      throw new Problem(ProblemCode.NO_TEXT, "The file is empty: upload one that holds text.");
    }
    Format format = Format.of(file.name(), file.mediaType(), file.head(Format.HEAD_BYTES));
    if (format.isPage()) {
      requireHtmlLimit(file);
    }
    requireEncoding(file);
    return format;
  }

  private static void requireEncoding(UploadedFile file) throws IOException {
    try (InputStream bytes = file.content().getInputStream()) {
      DetectEncoding.of(bytes);
    }
  }

  private void requireHtmlLimit(UploadedFile file) {
    long limit = settings.htmlLimit().toBytes();
    if (file.length() > limit) {
      throw new Problem(
          ProblemCode.TOO_LARGE,
          "An HTML file has at most %d bytes (cairn.ingest.html-limit): split it, or send its text."
              .formatted(limit));
    }
  }

  private void publishOrWithdraw(
      StagedBlob bytes, Caller caller, String slug, AcceptedUpload accepted) throws IOException {
    try {
      publish(bytes, accepted.document());
    } catch (IOException e) {
      withdraw(caller, slug, accepted, e);
      throw e;
    }
  }

  private void withdraw(Caller caller, String slug, AcceptedUpload accepted, IOException cause) {
    try {
      registerUpload.withdraw(caller, slug, accepted);
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  /** Also heals an upload that died between its entry in the catalogue and its bytes. */
  private void publish(StagedBlob bytes, Document document) throws IOException {
    try {
      bytes.publish(BlobKeys.original(document));
    } catch (BlobExistsException e) {
      return; // The tenant had these bytes before.
    }
    if (registerUpload.isGone(document)) {
      store.delete(BlobKeys.original(document));
    }
  }
}
