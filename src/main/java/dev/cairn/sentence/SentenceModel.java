package dev.cairn.sentence;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.util.Map;

/**
 * bge-small-en-v1.5 in 8-bit integers, out of the class path. One text a call: its integers are
 * scaled by the largest number of the whole input, so that neighbours in a batch would change a
 * vector. One thread a call; safe for many threads.
 */
final class SentenceModel implements AutoCloseable {

  private static final String WEIGHTS = "/bge-small-en-v1.5-q.onnx";

  private static final String TOKENIZER = "/bge-small-en-v1.5-q-tokenizer.json";

  /** The model has positions for no more; the rest of a text is left out. */
  private static final int MAX_TOKENS = 512;

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final HuggingFaceTokenizer tokenizer;
  private final OrtSession session;

  SentenceModel() {
    tokenizer = openTokenizer();
    try {
      session = openSession(environment);
    } catch (OrtException e) {
      tokenizer.close();
      throw failed(e);
    }
  }

  private static HuggingFaceTokenizer openTokenizer() {
    var options = Map.of("truncation", "true", "maxLength", "" + MAX_TOKENS, "padding", "false");
    try (InputStream json = resource(TOKENIZER)) {
      return HuggingFaceTokenizer.newInstance(json, options);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static OrtSession openSession(OrtEnvironment environment) throws OrtException {
    try (InputStream weights = resource(WEIGHTS);
        var options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      return environment.createSession(weights.readAllBytes(), options);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream resource(String name) throws IOException {
    InputStream resource = SentenceModel.class.getResourceAsStream(name);
    if (resource == null) {
      throw new FileNotFoundException(name + " is not on the class path");
    }
    return resource;
  }

  /** The state over the text's first place (CLS), as the model gives it. */
  float[] embed(String text) {
    Encoding encoding = tokenizer.encode(text);
    try (OnnxTensor ids = row(encoding.getIds());
        OnnxTensor mask = row(encoding.getAttentionMask());
        OnnxTensor types = row(encoding.getTypeIds());
        OrtSession.Result result =
            session.run(
                Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", types))) {
      // (1, T, dimension), row-major: the first row is that of CLS
      FloatBuffer states = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] first = new float[states.remaining() / encoding.getIds().length];
      states.get(first);
      return first;
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  private OnnxTensor row(long[] numbers) throws OrtException {
    return OnnxTensor.createTensor(environment, new long[][] {numbers});
  }

  private static IllegalStateException failed(OrtException cause) {
    return new IllegalStateException("the sentence model does not run", cause);
  }

  @Override
  public void close() {
    tokenizer.close();
    try {
      session.close();
    } catch (OrtException e) {
      throw failed(e);
    }
  }
}
