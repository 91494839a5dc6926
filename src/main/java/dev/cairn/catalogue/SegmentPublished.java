package dev.cairn.catalogue;

import dev.cairn.segment.SegmentRef;

/**
 * A segment became part of its encoding. Told by this process of its own segments, once the
 * transaction commits.
 */
public record SegmentPublished(SegmentRef segment) {}
