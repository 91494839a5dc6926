package dev.cairn.corpus;

import java.util.UUID;

/**
 * A document in scope that an answer could not read, or read and could not cite.
 *
 * @param reason {@code extracting}, {@code encoding}, {@code stale}, {@code corrupt}, {@code
 *     failed}, {@code evicted}, {@code cancelled}; {@code deleted} when that happened after it was
 *     read
 * @param percent how much of it is encoded
 */
public record LeftOut(UUID documentId, String title, String reason, int percent) {}
