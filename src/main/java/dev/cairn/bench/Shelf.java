package dev.cairn.bench;

import dev.cairn.catalogue.VisibleDocument;
import dev.cairn.kernel.ScanKernel;
import dev.cairn.recall.LexicalPrior;
import dev.cairn.recall.PriorScales;
import dev.cairn.recall.QuestionMemories;
import dev.cairn.recall.RecallSettings;
import dev.cairn.segment.SegmentIdentity;
import dev.cairn.segment.SegmentManifest;
import dev.cairn.segment.SegmentRef;
import dev.cairn.store.LocalBlobStore;
import dev.cairn.store.StagedBlob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** Made-up documents of one segment each. */
final class Shelf {

  private static final UUID TENANT = new UUID(0, 0);

  private final Path folder;

  private final LocalBlobStore store;

  private final List<VisibleDocument> documents = new ArrayList<>();

  /**
   * @param folder for nothing else; the caller removes it
   */
  Shelf(Path folder) throws IOException {
    this.folder = folder;
    this.store = new LocalBlobStore(folder);
  }

  /** Writes one segment. */
  interface Content {
    SegmentManifest write(StagedBlob blob, SegmentIdentity identity) throws IOException;
  }

  void add(String fingerprint, Content content) throws IOException {
    UUID id = UUID.randomUUID();
    SegmentIdentity identity = new SegmentIdentity(TENANT, id, 0, fingerprint, 1);
    String key = "segments/" + id;
    try (StagedBlob blob = store.stage()) {
      SegmentManifest manifest = content.write(blob, identity);
      blob.publish(key);
      documents.add(document(identity, manifest, key));
    }
  }

  private static VisibleDocument document(
      SegmentIdentity identity, SegmentManifest manifest, String key) {
    SegmentRef ref = SegmentRef.of(identity, manifest, key);
    return new VisibleDocument(identity.document(), "made up", 0, List.of(ref));
  }

  /**
   * What questions read of the documents, all landmarks kept.
   *
   * @param words null when no question asks for them
   */
  QuestionMemories memories(
      DataSize chunkCache, int scanThreads, @Nullable LexicalPrior words, PriorScales scales) {
    DataSize all = DataSize.ofBytes(Long.MAX_VALUE);
    RecallSettings settings = RecallSettings.of(all, chunkCache, scanThreads);
    return new QuestionMemories(store, settings, words, scales, ScanKernel.fastest());
  }

  /** The same for questions that choose by landmarks alone. */
  QuestionMemories memories() {
    return memories(DataSize.ofGigabytes(1), Machine.cores(), null, new PriorScales(0, 0));
  }

  /** A new folder for indexes of words. */
  Path wordsFolder() throws IOException {
    return Files.createTempDirectory(folder, "words-");
  }

  LocalBlobStore store() {
    return store;
  }

  List<VisibleDocument> documents() {
    return List.copyOf(documents);
  }

  int chunks() {
    return documents.stream().mapToInt(each -> each.segments().getFirst().chunks()).sum();
  }

  /** The files of all segments. */
  List<Path> files() {
    return documents.stream()
        .map(each -> folder.resolve(each.segments().getFirst().blobKey()))
        .toList();
  }
}
