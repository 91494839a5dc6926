package dev.cairn.ingest;

import dev.cairn.access.Caller;
import dev.cairn.catalogue.Document;
import dev.cairn.catalogue.Documents;
import dev.cairn.catalogue.NewDocument;
import dev.cairn.catalogue.Registration;
import dev.cairn.corpus.Corpora;
import dev.cairn.corpus.Joined;
import dev.cairn.corpus.Memberships;
import java.util.UUID;
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
  AcceptedUpload register(Caller caller, String slug, NewDocument bytes, UploadedFile file) {
    Registration registration = documents.register(caller, bytes);
    Document document = registration.document();
    Joined joined =
        memberships.join(corpora.obtain(caller, slug), document, file.title(), file.metadata());
    return new AcceptedUpload(document, registration.created(), joined.created());
  }

  /** Takes back what was entered of an upload whose bytes could not be stored. */
  void withdraw(Caller caller, String slug, AcceptedUpload upload) {
    UUID id = upload.document().id();
    if (upload.created()) {
      documents.delete(caller, id);
    } else if (upload.joined()) {
      memberships.leave(caller, slug, id);
    }
  }

  /** Whether the document was deleted since. */
  boolean isGone(Document document) {
    return documents.get(document.id()).isEmpty();
  }
}
