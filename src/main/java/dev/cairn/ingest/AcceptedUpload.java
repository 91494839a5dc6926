package dev.cairn.ingest;

import dev.cairn.catalogue.Document;

/**
 * What came of an upload.
 *
 * @param created false when the tenant had these bytes before
 * @param joined false when the corpus held them before; it keeps their title and metadata then
 */
public record AcceptedUpload(Document document, boolean created, boolean joined) {}
