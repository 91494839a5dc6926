package dev.cairn.recall;

import dev.cairn.tokenizer.Tokens;
import java.util.UUID;

/**
 * Where a chunk of a question's memory stands.
 *
 * @param chunkInDocument its number in the document, from 0
 * @param tokens its valid tokens, with their characters in the document's text
 */
public record ChunkPlace(UUID documentId, String title, int chunkInDocument, Tokens tokens) {}
