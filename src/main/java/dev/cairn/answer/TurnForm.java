package dev.cairn.answer;

import dev.cairn.model.Hsa;
import dev.cairn.model.Layers;
import dev.cairn.model.ModelForm;
import dev.cairn.tokenizer.TextTokenizer;
import java.util.stream.IntStream;

/** How what was said becomes tokens. What users write is plain text in it. */
public interface TurnForm {

  /** A turn before the question. */
  int[] earlier(Turn.Role role, String text);

  /** The question, and what an answer is written behind. */
  int[] question(String text);

  /** That of a checkpoint. */
  static TurnForm of(ModelForm form, TextTokenizer tokenizer) {
    return switch (form) {
      case Hsa hsa -> new Tagged(tokenizer);
      case Layers layers -> new InTemplate(tokenizer, layers.prompt().question());
    };
  }

  /** Each turn between control tokens of its own. */
  record Tagged(TextTokenizer tokenizer) implements TurnForm {

    @Override
    public int[] earlier(Turn.Role role, String text) {
      return tokenizer.turn(role.word(), text);
    }

    @Override
    public int[] question(String text) {
      int[] turn = earlier(Turn.Role.USER, text);
      return IntStream.concat(IntStream.of(turn), IntStream.of(tokenizer.answerStart())).toArray();
    }
  }

  /**
   * One template for the question; earlier turns stand as text before it, behind what was read of
   * documents.
   */
  record InTemplate(TextTokenizer tokenizer, String template) implements TurnForm {

    @Override
    public int[] earlier(Turn.Role role, String text) {
      return tokenizer.tokenize("\n\nEarlier, the %s: %s".formatted(role.word(), text)).ids();
    }

    @Override
    public int[] question(String text) {
      return tokenizer.prompt(template, text);
    }
  }
}
