package dev.cairn.web;

import dev.cairn.access.Caller;
import dev.cairn.catalogue.DocumentStatus;
import dev.cairn.catalogue.Documents;
import dev.cairn.catalogue.Encodings;
import dev.cairn.catalogue.Page;
import dev.cairn.disk.DiskSpace;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Documents, wherever they are members. */
@RestController
@RequestMapping("/api/v1/documents")
class DocumentController {

  private final Documents documents;
  private final Encodings encodings;
  private final DiskSpace disk;

  DocumentController(Documents documents, Encodings encodings, DiskSpace disk) {
    this.documents = documents;
    this.encodings = encodings;
    this.disk = disk;
  }

  @GetMapping
  Page<DocumentStatus> list(
      Caller caller,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    return documents.list(caller, limit, cursor);
  }

  @GetMapping("/{id}")
  DocumentStatus find(Caller caller, @PathVariable UUID id) {
    return documents.status(caller, id);
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(Caller caller, @PathVariable UUID id) {
    documents.delete(caller, id);
  }

  @PostMapping("/{id}/encodings")
  @ResponseStatus(HttpStatus.ACCEPTED)
  DocumentStatus encodeAgain(Caller caller, @PathVariable UUID id) throws IOException {
    disk.requireRoom();
    encodings.encodeAgain(caller, id);
    return documents.status(caller, id);
  }

  @DeleteMapping("/{id}/encodings/current")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void cancel(Caller caller, @PathVariable UUID id) {
    encodings.cancel(caller, id);
  }
}
