package dev.cairn.lexical;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.IndexWriterConfig.OpenMode;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.store.NIOFSDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * The index of one segment in a folder of its own. A Lucene document's number is its chunk's number
 * in the segment. Nothing is memory-mapped: the folder may be deleted at any time.
 */
final class SegmentIndexFolder {

  static final String TEXT = "text";

  private static final Logger log = LoggerFactory.getLogger(SegmentIndexFolder.class);

  private static final int BUFFER_MEGABYTES = 64;

  private static final Duration WAIT = Duration.ofMillis(50);

  private static final int DELETE_ATTEMPTS = 10;

  private final Path folder;

  private final Analyzer analyzer;

  SegmentIndexFolder(Path folder, Analyzer analyzer) {
    this.folder = folder;
    this.analyzer = analyzer;
  }

  boolean exists() throws IOException {
    return Files.isDirectory(folder) && DirectoryReader.indexExists(new NIOFSDirectory(folder));
  }

  /**
   * Opens the index; it is made first when it is missing, incomplete or damaged. Another process
   * may be making it: then that one is waited for.
   */
  DirectoryReader open(IndexedSegment segment) throws IOException {
    while (true) {
      if (exists()) {
        try {
          return openWhole(segment);
        } catch (IOException e) {
          log.warn("The index of segment {} is damaged and made anew", segment.id(), e);
          delete();
        }
      }
      make(segment);
    }
  }

  private DirectoryReader openWhole(IndexedSegment segment) throws IOException {
    DirectoryReader reader = DirectoryReader.open(new NIOFSDirectory(folder));
    try {
      if (reader.maxDoc() != segment.chunks()) {
        throw new IOException(
            "the index holds %d chunks of %d".formatted(reader.maxDoc(), segment.chunks()));
      }
      for (LeafReaderContext leaf : reader.leaves()) {
        leaf.reader().checkIntegrity();
      }
      return reader;
    } catch (IOException | RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  /** Nothing of it can be seen before the commit, which also forces it to the disk. */
  private void make(IndexedSegment segment) throws IOException {
    IndexWriterConfig config =
        new IndexWriterConfig(analyzer)
            .setOpenMode(OpenMode.CREATE)
            .setMergePolicy(NoMergePolicy.INSTANCE)
            .setRAMBufferSizeMB(BUFFER_MEGABYTES)
            .setCommitOnClose(false)
            .setUseCompoundFile(true);
    try (NIOFSDirectory directory = new NIOFSDirectory(folder);
        IndexWriter writer = new IndexWriter(directory, config)) {
      for (String text : segment.texts().get()) {
        Document document = new Document();
        document.add(new Field(TEXT, text, wordsAndHowOften()));
        writer.addDocument(document);
      }
      writer.commit();
    } catch (LockObtainFailedException e) {
      log.debug("Segment {} is being indexed elsewhere", segment.id(), e);
      LockSupport.parkNanos(WAIT.toNanos());
    }
  }

  private static FieldType wordsAndHowOften() {
    FieldType type = new FieldType();
    type.setTokenized(true);
    type.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
    type.freeze();
    return type;
  }

  /**
   * Others may be deleting it too, or be writing it: what they still leave, the next sweep takes.
   */
  void delete() {
    for (int attempt = 0; attempt < DELETE_ATTEMPTS && Files.exists(folder); attempt++) {
      try {
        FileSystemUtils.deleteRecursively(folder);
      } catch (NoSuchFileException | DirectoryNotEmptyException e) {
        log.debug("The index in {} is changed by others meanwhile", folder, e);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
