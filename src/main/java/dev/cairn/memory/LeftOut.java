package dev.cairn.memory;

import java.util.UUID;

/**
 * A document in scope that an answer could not read.
 *
 * @param reason {@code extracting}, {@code encoding}, {@code stale}, {@code corrupt}, {@code
 *     failed}, {@code evicted}, {@code cancelled}
 * @param percent how much of it is encoded
 */
public record LeftOut(UUID documentId, String title, String reason, int percent) {}
