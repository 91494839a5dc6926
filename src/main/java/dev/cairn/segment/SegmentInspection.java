package dev.cairn.segment;

import dev.cairn.store.BlobReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Checks every byte of a segment file and goes on after what is damaged. */
final class SegmentInspection {

  private final SegmentHeader header;

  private final SegmentTables tables;

  private final BlobReader reader;

  private final SegmentIndex index;

  SegmentInspection(SegmentHeader header, SegmentTables tables, BlobReader reader) {
    this.header = header;
    this.tables = tables;
    this.reader = reader;
    this.index = new SegmentIndex(header, tables);
  }

  SegmentSummary summary() throws IOException {
    List<Integer> damagedChunks = damagedChunks();
    return new SegmentSummary(
        SegmentHeader.FORMAT,
        header.shape().version(),
        header.identity(),
        header.shape(),
        IntStream.range(0, header.shape().chunks()).mapToLong(index::validTokens).sum(),
        reader.length(),
        parts(damagedChunks.isEmpty()),
        damagedChunks);
  }

  private List<Integer> damagedChunks() throws IOException {
    ByteBuffer kv = ByteBuffer.allocate(header.shape().chunkBytes());
    List<Integer> damaged = new ArrayList<>();
    for (int chunk = 0; chunk < header.shape().chunks(); chunk++) {
      read(chunk, kv.clear());
      if (!index.isIntact(chunk, kv.flip())) {
        damaged.add(chunk);
      }
    }
    return damaged;
  }

  private void read(int chunk, ByteBuffer target) throws IOException {
    for (SegmentPart part : SegmentPart.chunkPartsOf(header.shape())) {
      target.limit(target.position() + (int) part.rowBytes(header.shape()));
      reader.readFully(header.offset(part, chunk), target);
    }
  }

  private List<SegmentSummary.Part> parts(boolean keysValuesIntact) {
    SegmentShape shape = header.shape();
    List<SegmentSummary.Part> parts = new ArrayList<>();
    boolean headerIntact = tables.isHeaderIntact(header.crc32c());
    parts.add(new SegmentSummary.Part("header", header.dataStart(), headerIntact));
    for (SegmentPart ofChunks : SegmentPart.chunkPartsOf(shape)) {
      parts.add(part(ofChunks, keysValuesIntact));
    }
    for (SegmentPart table : SegmentPart.tablesOf(shape)) {
      parts.add(part(table, tables.isIntact(table)));
    }
    return parts;
  }

  private SegmentSummary.Part part(SegmentPart part, boolean intact) {
    return new SegmentSummary.Part(part.tensor(), part.bytes(header.shape()), intact);
  }
}
