package dev.cairn.recall;

import java.util.UUID;

/** Names one stored chunk. */
record ChunkKey(UUID segmentId, int row) {}
