package dev.cairn.catalogue;

/**
 * The document of uploaded bytes.
 *
 * @param created false when the tenant had these bytes before
 */
public record Registration(Document document, boolean created) {}
