package dev.cairn.memory;

import java.util.UUID;

/** Names one stored chunk. */
record ChunkKey(UUID segmentId, int row) {}
