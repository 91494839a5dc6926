package dev.cairn.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.CairnTest;
import dev.cairn.tokenizer.TextTokenizer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What of a chat the model reads. */
@CairnTest
class ChatPromptTest {

  @Autowired private ParseChat parseChat;
  @Autowired private TextTokenizer tokenizer;

  @Test
  void instructionsStandAtTheHeadOfTheFirstUsersText() {
    String prompt =
        prompt(
            new ChatMessage("system", "Answer in one word."),
            new ChatMessage("user", "Is there a gate?"),
            new ChatMessage("assistant", "There is."),
            new ChatMessage("user", "What is its code?"));

    assertThat(prompt)
        .containsSubsequence(
            "Answer in one word.\n\nIs there a gate?", "There is.", "What is its code?")
        .containsOnlyOnce("Answer in one word.");
  }

  @Test
  void instructionsOfBothNamesAreReadWithAQuestionAlone() {
    assertThat(
            prompt(
                new ChatMessage("system", "Answer in one word."),
                new ChatMessage("developer", "No numbers."),
                new ChatMessage("user", "What is its code?")))
        .contains("Answer in one word.\n\nNo numbers.\n\nWhat is its code?");
  }

  private String prompt(ChatMessage... messages) {
    return tokenizer.decode(parseChat.question(chat(null, messages)).prompt().ids());
  }

  private static ChatRequest chat(@Nullable Double minEvidence, ChatMessage... messages) {
    return new ChatRequest(
        "cairn/any",
        List.of(messages),
        null,
        null,
        null,
        null,
        null,
        minEvidence,
        null,
        null,
        null,
        null);
  }

  @Test
  void minEvidenceIsThatOfTheQuestion() {
    ChatMessage question = new ChatMessage("user", "What is its code?");

    assertThat(parseChat.question(chat(0.25, question)).minEvidence()).isEqualTo(0.25);
  }
}
