package dev.cairn.checkpoint;

import dev.cairn.model.Hsa;
import dev.cairn.model.ModelForm;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Notes the tensors that a model of some form needs, and reads none of them. */
final class NeededTensors implements WeightSource<NeededTensors.Needed, NeededTensors.Needed> {

  /**
   * A tensor that has to be there.
   *
   * @param isMatrix whether inputs are multiplied with it
   */
  record Needed(String name, boolean isMatrix, long... shape) {}

  private final List<Needed> all = new ArrayList<>();

  private NeededTensors() {}

  /** All. */
  static List<Needed> of(ModelForm form) {
    NeededTensors needed = new NeededTensors();
    switch (form) {
      case Hsa hsa -> {
        needed.walkAnswers(hsa);
        new HsaWeights<>(hsa, needed).encoder();
      }
    }
    return needed.all;
  }

  /** Those that answers pass. */
  static List<Needed> ofAnswers(ModelForm form) {
    NeededTensors needed = new NeededTensors();
    switch (form) {
      case Hsa hsa -> needed.walkAnswers(hsa);
    }
    return needed.all;
  }

  private void walkAnswers(Hsa form) {
    HsaWeights<Needed, Needed> weights = new HsaWeights<>(form, this);
    weights.embedding();
    weights.lower();
    weights.upper();
    weights.norm();
  }

  /** Those that documents pass, from the embedded tokens on. */
  static List<Needed> ofDocuments(ModelForm form) {
    NeededTensors needed = new NeededTensors();
    switch (form) {
      case Hsa hsa -> {
        HsaWeights<Needed, Needed> weights = new HsaWeights<>(hsa, needed);
        weights.lower();
        weights.encoder();
      }
    }
    return needed.all;
  }

  @Override
  public Needed matrix(String name, int outputs, int inputs) {
    return note(new Needed(name, true, outputs, inputs));
  }

  @Override
  public Needed vector(String name, int... axes) {
    return note(new Needed(name, false, IntStream.of(axes).asLongStream().toArray()));
  }

  private Needed note(Needed needed) {
    all.add(needed);
    return needed;
  }
}
