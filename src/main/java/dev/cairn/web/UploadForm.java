package dev.cairn.web;

import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;

/**
 * What an upload holds.
 *
 * @param title under which the document is shown; absent, the name of the file
 * @param metadata a JSON object
 */
@Schema(name = "Upload")
record UploadForm(MultipartFile file, @Nullable String title, @Nullable String metadata) {

  private static final Set<String> NAMES = Set.of("file", "title", "metadata");

  /**
   * @throws Problem several_files for more than one; invalid_request when there is none, or a part
   *     that is sent twice, as something else than it is or that means nothing
   */
  static UploadForm of(MultipartHttpServletRequest request) throws IOException, ServletException {
    UnknownFields.refuse(
        "An upload",
        request.getParts().stream()
            .map(Part::getName)
            .filter(name -> !NAMES.contains(name))
            .distinct()
            .toList());
    return new UploadForm(file(request), text(request, "title"), text(request, "metadata"));
  }

  private static MultipartFile file(MultipartHttpServletRequest request) {
    List<MultipartFile> files = request.getFiles("file");
    if (files.size() > 1) {
      throw new Problem(
          ProblemCode.SEVERAL_FILES,
          "An upload holds one file, this one holds %d: send each in a request of its own."
              .formatted(files.size()),
          "file");
    }
    if (files.isEmpty()) {
      throw Problem.ofField(
          "file", "There is no file: send it as a part named file that has a filename.");
    }
    return files.getFirst();
  }

  private static @Nullable String text(MultipartHttpServletRequest request, String name) {
    if (!request.getFiles(name).isEmpty()) {
      throw Problem.ofField(
          name, "%s was sent as a file: send it as a field, without a filename.".formatted(name));
    }
    String[] sent = request.getParameterValues(name);
    if (sent != null && sent.length > 1) {
      throw Problem.ofField(
          name, "%s was sent %d times: send it once.".formatted(name, sent.length));
    }
    return sent == null ? null : sent[0];
  }
}
