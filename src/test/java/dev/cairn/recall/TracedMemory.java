package dev.cairn.recall;

import dev.cairn.model.ChunkMemory;
import dev.cairn.model.ForwardingMemory;
import dev.cairn.model.Selection;
import dev.cairn.model.StoredChunk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Notes which chunks a model holds, and which ones came next in the choices that led there. */
final class TracedMemory extends ForwardingMemory {

  /** How many times as many chunks as the model wants are chosen, to see the runners-up. */
  private static final int WIDER = 2;

  private final List<Step> steps = new ArrayList<>();

  /** Still needed once the other memory is closed. */
  private final int size;

  private int[] runnersUp = {};

  /** One HSA block of one step. */
  record Step(int[] held, int[] runnersUp) {}

  /**
   * What loading ahead would do, were it always done in time.
   *
   * @param missing chunks that were not there when the model first held them
   * @param later those of them that the prompt had not chosen
   * @param ahead chunks that were loaded ahead
   */
  record Outcome(int missing, int later, int ahead) {}

  TracedMemory(ChunkMemory memory) {
    super(memory);
    this.size = memory.size();
  }

  @Override
  public Selection[] select(float[][] queries, int k) {
    Selection[] wide = super.select(queries, WIDER * k);
    runnersUp =
        Arrays.stream(wide)
            .flatMapToInt(each -> Arrays.stream(each.chunks()).skip(k))
            .distinct()
            .toArray();
    return Arrays.stream(wide).map(each -> first(each, k)).toArray(Selection[]::new);
  }

  private static Selection first(Selection selection, int k) {
    int count = Math.min(k, selection.chunks().length);
    return new Selection(
        Arrays.copyOf(selection.chunks(), count), Arrays.copyOf(selection.scores(), count));
  }

  @Override
  public StoredChunk[] hold(int[] chunks) {
    steps.add(new Step(chunks.clone(), runnersUp));
    return super.hold(chunks);
  }

  /**
   * @param promptSteps how many of the first steps read the prompt
   */
  Outcome replay(int promptSteps, Function<Step, IntStream> loadAhead) {
    Set<Integer> present = new HashSet<>();
    int missing = 0;
    int ofPrompt = 0;
    int ahead = 0;
    for (Step step : steps) {
      for (int chunk : step.held()) {
        missing += present.add(chunk) ? 1 : 0;
      }
      ofPrompt = step == steps.get(promptSteps - 1) ? missing : ofPrompt;
      for (int chunk : loadAhead.apply(step).filter(c -> c >= 0 && c < size).toArray()) {
        ahead += present.add(chunk) ? 1 : 0;
      }
    }
    return new Outcome(missing, missing - ofPrompt, ahead);
  }

  int holds() {
    return steps.stream().mapToInt(step -> step.held().length).sum();
  }
}
