package dev.cairn.checkpoint;

import dev.cairn.model.Hsa;
import dev.cairn.model.ModelForm;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
    return Stream.concat(ofAnswers(form).stream(), encoder(form).stream()).toList();
  }

  /** Those that answers pass. */
  static List<Needed> ofAnswers(ModelForm form) {
    return walk(
        form,
        weights -> {
          weights.embedding();
          weights.lower();
          weights.upper();
          weights.norm();
        });
  }

  /** Those that documents pass, from the embedded tokens on. */
  static List<Needed> ofDocuments(ModelForm form) {
    return Stream.concat(walk(form, HsaWeights::lower).stream(), encoder(form).stream()).toList();
  }

  private static List<Needed> encoder(ModelForm form) {
    return walk(form, HsaWeights::encoder);
  }

  private static List<Needed> walk(ModelForm form, Consumer<HsaWeights<Needed, Needed>> parts) {
    NeededTensors needed = new NeededTensors();
    switch (form) {
      case Hsa hsa -> parts.accept(new HsaWeights<>(hsa, needed));
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
