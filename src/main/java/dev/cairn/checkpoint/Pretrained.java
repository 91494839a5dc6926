package dev.cairn.checkpoint;

import dev.cairn.model.HeadLayout;
import dev.cairn.model.Layers;
import dev.cairn.model.Rope;
import java.util.List;

/**
 * What a file says of a pretrained decoder.
 *
 * @param modelType its family, as the file names it
 * @param vocabSize V
 * @param hiddenSize d
 * @param layers L
 * @param heads H, Hk, e
 * @param intermediateSize f
 * @param rmsNormEps what RMSNorm adds to the mean square
 * @param rope rotary positions
 * @param positions tokens that it can see at once
 * @param features what the families differ by
 * @param endTokens ids that end an answer
 */
record Pretrained(
    String modelType,
    int vocabSize,
    int hiddenSize,
    int layers,
    HeadLayout heads,
    int intermediateSize,
    double rmsNormEps,
    Rope rope,
    int positions,
    Layers.Features features,
    List<Integer> endTokens) {

  Pretrained {
    endTokens = List.copyOf(endTokens);
  }
}
