package dev.cairn.checkpoint;

import dev.cairn.model.DecoderShape;
import dev.cairn.model.Hsa;
import dev.cairn.model.Layers;
import dev.cairn.model.ModelForm;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/**
 * Names, by SHA-256 in lower-case hex, what stored chunks depend on: of a pretrained decoder
 * neither its adapter, nor what questions are compared with landmarks by, nor how chunks are
 * chosen.
 */
final class StoredDigest {

  private StoredDigest() {}

  static String weights(WeightFiles files, ModelForm form) {
    String decoder = FileDigest.sha256(files.paths());
    return switch (form) {
      case Hsa hsa -> decoder;
      case Layers layers when layers.retrieval() == null -> decoder;
      case Layers layers -> withLandmarks(decoder, files);
    };
  }

  private static String withLandmarks(String decoder, WeightFiles files) {
    MessageDigest digest = FileDigest.newDigest();
    digest.update(decoder.getBytes(StandardCharsets.UTF_8));
    for (String name : files.names()) {
      if (name.startsWith("cls.")) {
        digest.update(name.getBytes(StandardCharsets.UTF_8));
        digest.update(TensorNumbers.bytes(files, name));
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** A GGUF file without a tokenizer.json beside it has its own. */
  static String tokenizer(Path file, WeightFiles files) {
    return Files.exists(file) || !files.isGguf()
        ? FileDigest.sha256(file)
        : FileDigest.sha256(files.paths().getFirst());
  }

  static String config(Path file, ModelForm form) {
    return switch (form) {
      case Hsa hsa -> FileDigest.sha256(file);
      case Layers layers -> sha256(numbers(layers));
    };
  }

  private static String sha256(List<Object> numbers) {
    byte[] text = numbers.toString().getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(FileDigest.newDigest().digest(text));
  }

  private static List<Object> numbers(Layers form) {
    DecoderShape shape = form.decoder();
    return List.of(
        shape.heads(),
        shape.rmsNormEps(),
        shape.rope().theta(),
        shape.rope().divisors(),
        form.features(),
        form.layers(),
        form.memoryStart(),
        form.blocks(),
        form.retrievalLayers(),
        form.chunk(),
        form.prompt().prefix());
  }
}
