package dev.cairn.ingest;

import dev.cairn.access.Caller;
import dev.cairn.memory.Corpora;
import dev.cairn.memory.Document;
import dev.cairn.memory.Documents;
import dev.cairn.memory.Memberships;
import dev.cairn.memory.NewDocument;
import dev.cairn.memory.Registration;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Enters an upload into the catalogue: corpus, document and membership together, or nothing. */
@Component
class RegisterUpload {

  private final Corpora corpora;
  private final Documents documents;
  private final Memberships memberships;

  RegisterUpload(Corpora corpora, Documents documents, Memberships memberships) {
    this.corpora = corpora;
    this.documents = documents;
    this.memberships = memberships;
  }

  @Transactional
  Registration register(Caller caller, String slug, NewDocument bytes, UploadedFile file) {
    Registration registration = documents.register(caller, bytes);
    memberships.join(
        corpora.obtain(caller, slug), registration.document(), file.title(), file.metadata());
    return registration;
  }

  /** Whether the document was deleted since. */
  boolean isGone(Document document) {
    return documents.get(document.id()).isEmpty();
  }
}
