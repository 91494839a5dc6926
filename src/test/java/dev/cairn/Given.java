package dev.cairn;

import dev.cairn.access.Caller;
import dev.cairn.catalogue.BlobKeys;
import dev.cairn.catalogue.Document;
import dev.cairn.catalogue.Documents;
import dev.cairn.catalogue.Encoding;
import dev.cairn.catalogue.Encodings;
import dev.cairn.catalogue.NewDocument;
import dev.cairn.catalogue.StretchClaim;
import dev.cairn.catalogue.Stretches;
import dev.cairn.corpus.Corpora;
import dev.cairn.corpus.Membership;
import dev.cairn.corpus.Memberships;
import dev.cairn.segment.SegmentManifest;
import dev.cairn.store.BlobStore;
import dev.cairn.store.StagedBlob;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Brings the catalogue into the state that a test begins with. */
@TestComponent
public class Given {

  public static final Caller CALLER = Caller.ofDefaultTenant();

  private final Documents documents;
  private final Encodings encodings;
  private final Stretches stretches;
  private final Memberships memberships;
  private final Corpora corpora;
  private final JdbcClient jdbc;
  private final BlobStore blobs;

  Given(
      Documents documents,
      Encodings encodings,
      Stretches stretches,
      Memberships memberships,
      Corpora corpora,
      JdbcClient jdbc,
      BlobStore blobs) {
    this.documents = documents;
    this.encodings = encodings;
    this.stretches = stretches;
    this.memberships = memberships;
    this.corpora = corpora;
    this.jdbc = jdbc;
    this.blobs = blobs;
  }

  public static NewDocument newBytes() {
    String random = UUID.randomUUID().toString().replace("-", "");
    return new NewDocument(random + random, "text/plain", 1000);
  }

  public Document uploaded() {
    return documents.register(CALLER, newBytes()).document();
  }

  public Caller tenant() {
    UUID id = UUID.randomUUID();
    jdbc.sql("insert into tenant (id, name) values (:id, :name)")
        .param("id", id)
        .param("name", id.toString())
        .update();
    return new Caller(id);
  }

  public Document extracted(long tokens) {
    return extracted(CALLER, tokens);
  }

  public Document extracted(Caller caller, long tokens) {
    Document document = documents.register(caller, newBytes()).document();
    documents.beginExtraction(document.id());
    documents.extracted(document.id(), "UTF-8", 5 * tokens, tokens);
    return documents.get(document.id()).orElseThrow();
  }

  public Encoding planned(Document document) {
    return encodings.plan(document.id()).orElseThrow();
  }

  /** The stretches of a document's current encoding, in order. */
  public List<UUID> stretchesOf(Document document) {
    return jdbc.sql("select id from stretch where encoding_id = :encoding order by ordinal")
        .param("encoding", encodings.current(document.id()).orElseThrow().id())
        .query(UUID.class)
        .list();
  }

  public StretchClaim claimed(UUID stretch) {
    return stretches.claim(stretch).orElseThrow();
  }

  /** Publishes a claimed stretch with a blob of one byte. */
  public void published(StretchClaim claim) {
    String key = blob(BlobKeys.segment(claim));
    stretches.publish(claim, manifest(), key);
  }

  public static SegmentManifest manifest() {
    return new SegmentManifest(1, "b".repeat(64), 7, 1);
  }

  public String blob(String key) {
    try (StagedBlob staged = blobs.stage()) {
      staged.write(ByteBuffer.wrap(new byte[] {1}));
      staged.publish(key);
      return key;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A document of one stretch per 65,536 tokens, all of them stored. */
  public Document ready(long tokens) {
    Document document = extracted(tokens);
    planned(document);
    stretchesOf(document).forEach(stretch -> published(claimed(stretch)));
    return document;
  }

  public UUID segmentOf(Document document) {
    return jdbc.sql("select id from segment where stretch_id = :stretch")
        .param("stretch", stretchesOf(document).getFirst())
        .query(UUID.class)
        .single();
  }

  public Membership member(String corpus, Document document, String title) {
    return member(corpus, document, title, Map.of());
  }

  public Membership member(
      String corpus, Document document, String title, Map<String, Object> metadata) {
    return memberships.join(corpora.obtain(CALLER, corpus), document, title, metadata).membership();
  }

  /** As if another checkpoint had been loaded when the document was encoded. */
  public void encodedOtherwise(Document document) {
    jdbc.sql("update encoding set fingerprint = :other where document_id = :document")
        .param("other", "0".repeat(64))
        .param("document", document.id())
        .update();
  }
}
