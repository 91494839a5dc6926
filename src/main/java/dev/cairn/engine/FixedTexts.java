package dev.cairn.engine;

import dev.cairn.checkpoint.Checkpoint;
import dev.cairn.model.Hsa;
import dev.cairn.model.Layers;
import dev.cairn.tokenizer.TextTokenizer;

/**
 * The ids of texts that a checkpoint fixes.
 *
 * @param prefix before every document and every prompt
 * @param abstention what the model writes when the documents do not say; none when its probability
 *     says nothing
 */
record FixedTexts(int[] prefix, int[] abstention) {

  static FixedTexts of(Checkpoint checkpoint) {
    return switch (checkpoint.form()) {
      case Hsa form -> new FixedTexts(new int[0], new int[0]);
      case Layers form -> {
        try (TextTokenizer tokenizer = TextTokenizer.open(checkpoint.folder())) {
          yield new FixedTexts(
              tokenizer.prefix(form.prompt().prefix()),
              tokenizer.tokenize(form.prompt().abstention()).ids());
        }
      }
    };
  }
}
