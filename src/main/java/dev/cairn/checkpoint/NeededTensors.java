package dev.cairn.checkpoint;

import dev.cairn.model.Hsa;
import dev.cairn.model.Layers;
import dev.cairn.model.ModelForm;
import java.util.ArrayList;
import java.util.List;
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
    return Stream.concat(ofAnswers(form).stream(), ofEncoderAlone(form).stream()).toList();
  }

  /** Those that answers pass. */
  static List<Needed> ofAnswers(ModelForm form) {
    NeededTensors needed = new NeededTensors();
    switch (form) {
      case Hsa hsa -> needed.answers(new HsaWeights<>(hsa, needed));
      case Layers layers -> needed.answers(layers, new LayersWeights<>(layers, needed));
    }
    return needed.all;
  }

  /** Those that documents pass, from the embedded tokens on. */
  static List<Needed> ofDocuments(ModelForm form) {
    NeededTensors needed = new NeededTensors();
    switch (form) {
      case Hsa hsa -> new HsaWeights<>(hsa, needed).lower();
      case Layers layers -> new LayersWeights<>(layers, needed).layers();
    }
    return Stream.concat(needed.all.stream(), ofEncoderAlone(form).stream()).toList();
  }

  private static List<Needed> ofEncoderAlone(ModelForm form) {
    NeededTensors needed = new NeededTensors();
    switch (form) {
      case Hsa hsa -> new HsaWeights<>(hsa, needed).encoder();
      case Layers layers when layers.retrieval() == null -> {}
      case Layers layers -> new LayersWeights<>(layers, needed).cls();
    }
    return needed.all;
  }

  private void answers(HsaWeights<Needed, Needed> weights) {
    weights.embedding();
    weights.lower();
    weights.upper();
    weights.norm();
  }

  private void answers(Layers form, LayersWeights<Needed, Needed> weights) {
    weights.embedding();
    weights.layers();
    weights.norm();
    weights.output();
    if (form.retrieval() != null) {
      weights.query();
    }
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
