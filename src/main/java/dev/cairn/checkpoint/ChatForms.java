package dev.cairn.checkpoint;

import dev.cairn.model.PromptForm;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The prompt forms of chat templates that are known by what they write. */
final class ChatForms {

  private static final String ABSTENTION = "The documents do not say.";

  private static final String SYSTEM =
      "You answer questions about documents with a few words copied from them.";

  private static final String ASK = "\n\nQuestion: " + PromptForm.PLACE;

  /** The text that a template of Mistral writes before a question. */
  private static final Pattern INSTRUCTION = Pattern.compile("[\"']( ?)\\[INST]");

  private static final Pattern KNOWLEDGE_DATE =
      Pattern.compile("Cutting Knowledge Date: \\w+ \\d+");

  private static final Pattern FIXED_DAY = Pattern.compile("set date_string = \"([^\"]*)\"");

  private ChatForms() {}

  /** The form of a chat template; the plain one when it is unknown or empty. */
  static PromptForm of(String template) {
    if (template.contains("<|im_start|>")) {
      return chatMl(template.contains("enable_thinking"));
    }
    if (template.contains("<|start_header_id|>")) {
      return llama3(template);
    }
    return template.contains("[INST]") ? mistral(template) : plain();
  }

  /**
   * @param thinks whether the model would think aloud unless it were told that it has
   */
  private static PromptForm chatMl(boolean thinks) {
    return new PromptForm(
        thinks ? "ChatML, without thinking" : "ChatML",
        "<|im_start|>system\n" + SYSTEM + "<|im_end|>\n<|im_start|>user\n",
        ASK + "<|im_end|>\n<|im_start|>assistant\n" + (thinks ? "<think>\n\n</think>\n\n" : ""),
        ABSTENTION,
        false,
        List.of("<|im_end|>"));
  }

  private static PromptForm llama3(String template) {
    return new PromptForm(
        "Llama 3",
        "<|start_header_id|>system<|end_header_id|>\n\n"
            + dates(template)
            + SYSTEM
            + "<|eot_id|><|start_header_id|>user<|end_header_id|>\n\n",
        ASK + "<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n",
        ABSTENTION,
        false,
        List.of("<|eot_id|>"));
  }

  /**
   * What Llama 3.1 and later ones say before a system text. The day is the one that the template
   * falls back to: what is stored of documents depends on it.
   */
  private static String dates(String template) {
    Matcher knowledge = KNOWLEDGE_DATE.matcher(template);
    Matcher day = FIXED_DAY.matcher(template);
    return knowledge.find() && day.find()
        ? "%s\nToday Date: %s\n\n".formatted(knowledge.group(), day.group(1))
        : "";
  }

  /** Its versions differ by blanks; a system text stands at the head of the user's. */
  private static PromptForm mistral(String template) {
    Matcher begin = INSTRUCTION.matcher(template);
    String blankBefore = begin.find() ? begin.group(1) : "";
    String blankAfter = template.contains("[INST] ") ? " " : "";
    String blankAtEnd = template.contains(" [/INST]") ? " " : "";
    return new PromptForm(
        "Mistral",
        blankBefore + "[INST]" + blankAfter + SYSTEM + "\n\n",
        ASK + blankAtEnd + "[/INST]",
        ABSTENTION,
        false,
        List.of("</s>"));
  }

  private static PromptForm plain() {
    return new PromptForm(
        "plain text", SYSTEM + "\n\n", ASK + "\nAnswer:", ABSTENTION, false, List.of());
  }
}
