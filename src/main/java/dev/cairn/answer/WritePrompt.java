package dev.cairn.answer;

import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes a question and what was said before it as a prompt. The question always stands in it; of
 * the turns before, as many as there is room for, the newest first. They begin with one of the
 * user. The checkpoint has no turn for instructions: they stand, with an empty line behind them, at
 * the head of the first user's text that is in the prompt, and are never cut.
 */
public final class WritePrompt {

  private final TurnForm form;
  private final int turnCharacters;

  /**
   * @param turnCharacters code points of an earlier turn, beyond which it counts as having no room
   */
  public WritePrompt(TurnForm form, int turnCharacters) {
    this.form = form;
    this.turnCharacters = turnCharacters;
  }

  /**
   * @param earlier the oldest first
   * @param limit tokens of the question with the instructions, at most
   * @param room tokens of the whole prompt where there are earlier turns, at most
   * @throws Problem question_too_long over the limit
   */
  public Prompt write(List<Turn> earlier, String question, int limit, int room) {
    String instructions = instructions(earlier);
    List<Turn> turns = said(earlier);
    int[] alone = form.question(behind(instructions, question));
    refuseTooLong(alone.length, limit);
    if (turns.isEmpty()) {
      return new Prompt(alone, null);
    }
    int[] tail = form.question(question);
    return withTurns(turns, instructions, new Prompt(alone, cut(turns, turns.size())), tail, room);
  }

  /**
   * @param prompt without any turn
   * @param tail the question behind the turns
   */
  private Prompt withTurns(
      List<Turn> turns, String instructions, Prompt prompt, int[] tail, int room) {
    Prompt longest = prompt;
    int[] behind = tail;
    for (int i = turns.size() - 1; i >= 0 && hasRoom(turns.get(i), behind, room); i--) {
      Turn turn = turns.get(i);
      if (turn.role() == Turn.Role.USER) {
        int[] ids = join(form.earlier(Turn.Role.USER, behind(instructions, turn.text())), behind);
        if (ids.length > room) {
          return longest;
        }
        longest = new Prompt(ids, cut(turns, i));
      }
      behind = join(form.earlier(turn.role(), turn.text()), behind);
    }
    return longest;
  }

  private boolean hasRoom(Turn turn, int[] behind, int room) {
    return behind.length < room
        && turn.text().codePointCount(0, turn.text().length()) <= turnCharacters;
  }

  private static ConversationUse cut(List<Turn> turns, int first) {
    return new ConversationUse(turns.size() - first, first);
  }

  private static String behind(String instructions, String text) {
    return instructions.isEmpty() ? text : instructions + "\n\n" + text;
  }

  private static String instructions(List<Turn> turns) {
    return turns.stream()
        .filter(turn -> turn.role() == Turn.Role.SYSTEM && !turn.text().isEmpty())
        .map(Turn::text)
        .collect(Collectors.joining("\n\n"));
  }

  private static List<Turn> said(List<Turn> turns) {
    return turns.stream()
        .filter(turn -> turn.role() != Turn.Role.SYSTEM && !turn.text().isEmpty())
        .toList();
  }

  private static void refuseTooLong(int tokens, int limit) {
    if (tokens > limit) {
      throw new Problem(
          ProblemCode.QUESTION_TOO_LONG,
          "The prompt is too long: %d tokens, at most %d are allowed. Ask in fewer words."
              .formatted(tokens, limit),
          "question");
    }
  }

  private static int[] join(int[] first, int[] second) {
    return IntStream.concat(IntStream.of(first), IntStream.of(second)).toArray();
  }
}
