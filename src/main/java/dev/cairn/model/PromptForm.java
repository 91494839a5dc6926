package dev.cairn.model;

import static dev.cairn.model.Sizes.require;

import java.util.List;

/**
 * How a pretrained decoder is asked. Only these texts hold control tokens: what users write is
 * tokenized as plain text.
 *
 * @param name of the chat form
 * @param prefix before every document and every prompt
 * @param question holds {@value #PLACE} once, where the question is put in
 * @param abstention what the model writes when the documents do not say
 * @param taught whether the decoder was taught to write that
 * @param stop texts of tokens that end an answer
 */
public record PromptForm(
    String name,
    String prefix,
    String question,
    String abstention,
    boolean taught,
    List<String> stop) {

  /** Where the question is put in. */
  public static final String PLACE = "{question}";

  /**
   * @throws IllegalArgumentException when the question has no place, or two
   */
  public PromptForm {
    stop = List.copyOf(stop);
    int place = question.indexOf(PLACE);
    require(
        place >= 0 && place == question.lastIndexOf(PLACE), "question must hold {question} once");
  }
}
