package dev.cairn.model;

/**
 * The sentence encoder that a checkpoint names (sentence.json, sentence.safetensors).
 *
 * @param model its name; {@code bge-small-en-v1.5} is the one that ships
 * @param dimension length of its vectors
 * @param queryPrefix put before a question, not before a chunk
 * @param scale what a cosine is multiplied with to become a prior
 * @param questionMean (dimension): taken off a question's vector
 * @param chunkMean (dimension): taken off a chunk's vector
 * @param sha256 over both files, lower-case hex
 */
public record SentenceSettings(
    String model,
    int dimension,
    String queryPrefix,
    float scale,
    float[] questionMean,
    float[] chunkMean,
    String sha256) {}
