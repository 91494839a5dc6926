package dev.cairn.catalogue;

/**
 * What identifies uploaded bytes.
 *
 * @param sha256 of the bytes, lower-case hex
 */
public record NewDocument(String sha256, String mediaType, long byteLength) {}
