package dev.cairn.answer;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cairn.model.ComputePath;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an answer took, and what it did not take because the documents were encoded before.
 *
 * @param retrieval what the chunks were scored by
 * @param chunksVisible chunks of all documents that were read from
 * @param chunksScored summed over tokens and the attention blocks that read documents
 * @param distinctChunksRead different chunks whose keys and values were read
 * @param distinctChunksByTier the same, by where they lay when the question first read them
 * @param bytesRead of keys and values, by where they lay; a chunk counts each time it was read
 * @param hitRate share of all reads of a chunk that found it in memory; 0 when none was read
 * @param landmarkBytesLoaded bytes of landmarks that were not in memory yet
 * @param tokensNotReencoded tokens of the visible documents, none of which was encoded again
 * @param stageMillis milliseconds of each stage
 * @param totalMillis from the question's arrival to the finished answer, the wait for the model
 *     included
 * @param computePath number format of the encoding
 * @param device that tensors live on
 * @param fingerprint of the encodings
 * @param signs of how sure the model was; null when its probabilities say nothing of it
 */
public record CacheReport(
    RetrievalMode retrieval,
    long chunksVisible,
    long chunksScored,
    int distinctChunksRead,
    ByTier distinctChunksByTier,
    ByTier bytesRead,
    double hitRate,
    long landmarkBytesLoaded,
    long tokensNotReencoded,
    Map<AnswerStage, Double> stageMillis,
    double totalMillis,
    ComputePath computePath,
    String device,
    String fingerprint,
    @JsonInclude(NON_NULL) @Nullable Signs signs) {

  /**
   * An amount by where it lay.
   *
   * @param ram in memory
   * @param disk on the local disk
   */
  public record ByTier(long ram, long disk) {}

  /**
   * How sure the model was.
   *
   * @param abstention probability, before anything was written, that it would say that the
   *     documents do not say
   * @param logProbability mean natural logarithm of the probabilities of the answer's tokens
   * @param attention share of the answer's attention that went to stored chunks
   */
  public record Signs(double abstention, double logProbability, double attention) {}
}
