package dev.cairn.web;

import dev.cairn.access.Caller;
import dev.cairn.catalogue.Document;
import dev.cairn.catalogue.Registration;
import dev.cairn.corpus.MembershipStatus;
import dev.cairn.corpus.Memberships;
import dev.cairn.ingest.AcceptUpload;
import dev.cairn.ingest.FileName;
import dev.cairn.ingest.UploadedFile;
import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Uploads of whole files into a corpus, which the first one makes. */
@RestController
class UploadController {

  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  private final AcceptUpload acceptUpload;
  private final Memberships memberships;
  private final JsonMapper json;

  UploadController(AcceptUpload acceptUpload, Memberships memberships, JsonMapper json) {
    this.acceptUpload = acceptUpload;
    this.memberships = memberships;
    this.json = json;
  }

  /** 202 for new bytes, which are encoded in the background; 200 for bytes that are known. */
  @PostMapping(
      path = "/api/v1/corpora/{slug}/documents",
      consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  ResponseEntity<MembershipStatus> upload(
      Caller caller,
      @PathVariable String slug,
      @RequestParam MultipartFile file,
      @RequestParam @Nullable String title,
      @RequestParam @Nullable String metadata)
      throws IOException {
    String name = Objects.requireNonNullElse(file.getOriginalFilename(), "");
    UploadedFile uploaded =
        new UploadedFile(
            name,
            file.getContentType(),
            file.getSize(),
            file,
            StringUtils.hasText(title) ? title : FileName.title(name),
            readMetadata(metadata));
    Registration registration = acceptUpload.accept(caller, slug, uploaded);
    return answer(registration, memberships.status(caller, slug, registration.document().id()));
  }

  private static ResponseEntity<MembershipStatus> answer(
      Registration registration, MembershipStatus status) {
    Document document = registration.document();
    return ResponseEntity.status(registration.created() ? HttpStatus.ACCEPTED : HttpStatus.OK)
        .location(URI.create("/api/v1/documents/" + document.id()))
        .body(status);
  }

  private Map<String, Object> readMetadata(@Nullable String metadata) {
    if (!StringUtils.hasText(metadata)) {
      return Map.of();
    }
    try {
      JsonNode sent = json.readTree(metadata);
      if (sent.isObject()) {
        return json.convertValue(sent, OBJECT);
      }
      throw noObject();
    } catch (JacksonException e) {
      throw noObject();
    }
  }

  private static Problem noObject() {
    return new Problem(
        ProblemCode.INVALID_REQUEST,
        "The metadata is no JSON object: send something like {\"year\":1869}.");
  }
}
