package dev.cairn.web;

import dev.cairn.access.Caller;
import dev.cairn.text.DocumentTexts;
import dev.cairn.text.TextPassage;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The text of a document by code points: what the offsets of a citation point at. */
@RestController
class DocumentTextController {

  private final DocumentTexts texts;

  DocumentTextController(DocumentTexts texts) {
    this.texts = texts;
  }

  @GetMapping("/api/v1/documents/{id}/text")
  TextPassage text(
      Caller caller,
      @PathVariable UUID id,
      @RequestParam @Nullable Long from,
      @RequestParam @Nullable Long to) {
    return texts.read(caller, id, from, to);
  }
}
