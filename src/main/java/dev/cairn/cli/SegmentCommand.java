package dev.cairn.cli;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Stored segments. */
@Command(
    name = "segment",
    description = "Look into segment files.",
    footer = {"%nExample:", "  cairn segment show data/blobs/segments/0001.safetensors"})
final class SegmentCommand {

  @Command(
      name = "show",
      description = "Check a segment file and print what it holds.",
      footer = {"%nExample:", "  cairn segment show data/blobs/segments/0001.safetensors"})
  void show(@Parameters(paramLabel = "FILE", description = "The segment.") Path file) {
    throw new UnsupportedOperationException("not built yet: " + file);
  }
}
