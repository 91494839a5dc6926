package dev.cairn.web;

import dev.cairn.access.Caller;
import dev.cairn.corpus.Memberships;
import dev.cairn.ingest.AcceptUpload;
import dev.cairn.ingest.AcceptedUpload;
import dev.cairn.ingest.FileName;
import dev.cairn.ingest.UploadedFile;
import dev.cairn.problem.Problem;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;
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
  @RequestBody(content = @Content(schema = @Schema(implementation = UploadForm.class)))
  @PostMapping(
      path = "/api/v1/corpora/{slug}/documents",
      consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  ResponseEntity<UploadView> upload(
      Caller caller,
      @PathVariable String slug,
      @Parameter(hidden = true) MultipartHttpServletRequest request)
      throws IOException, ServletException {
    UploadForm form = UploadForm.of(request);
    MultipartFile file = form.file();
    String name = Objects.requireNonNullElse(file.getOriginalFilename(), "");
    UploadedFile uploaded =
        new UploadedFile(
            name,
            file.getContentType(),
            file.getSize(),
            file,
            StringUtils.hasText(form.title()) ? form.title() : FileName.title(name),
            readMetadata(form.metadata()));
    AcceptedUpload accepted = acceptUpload.accept(caller, slug, uploaded);
    UUID id = accepted.document().id();
    return ResponseEntity.status(accepted.created() ? HttpStatus.ACCEPTED : HttpStatus.OK)
        .location(OwnAddress.of("/api/v1/documents/" + id))
        .body(UploadView.of(accepted, memberships.justJoined(caller, slug, id)));
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
    return Problem.ofField(
        "metadata", "The metadata is no JSON object: send something like {\"year\":1869}.");
  }
}
