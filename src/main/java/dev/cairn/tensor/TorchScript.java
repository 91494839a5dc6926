package dev.cairn.tensor;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * One function of tensors written in TorchScript, for what NDArray does not offer. Its text becomes
 * a model archive in memory, which the engine compiles; nothing but Java is involved. Used on the
 * native thread; gradients flow through it when gradient mode is on there.
 */
final class TorchScript {

  private static final String MODULE =
      """
      class M(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
        def forward(%s) -> Tensor:
          return %s
      """;

  /** The pickle of an object of class M whose only attribute is {@code training = True}. */
  private static final byte[] OBJECT =
      concat(
          HexFormat.of().parseHex("8002"),
          "c__torch__\nM\n".getBytes(StandardCharsets.US_ASCII),
          HexFormat.of().parseHex("29817d285808000000"),
          "training".getBytes(StandardCharsets.US_ASCII),
          HexFormat.of().parseHex("8875622e"));

  /** The pickle of an empty tuple. */
  private static final byte[] NO_CONSTANTS = HexFormat.of().parseHex("8002292e");

  private final PtSymbolBlock block;

  private TorchScript(PtSymbolBlock block) {
    this.block = block;
  }

  /**
   * Compiles a function. It lives as long as the manager.
   *
   * @param parameters the names of its tensors, separated by commas
   * @param expression what it returns, in TorchScript's own syntax
   */
  static TorchScript compile(NDManager manager, String parameters, String expression) {
    String signature = "self, " + parameters.replace(",", ": Tensor,") + ": Tensor";
    Model model = Model.newInstance("script", manager.getDevice(), "PyTorch");
    try {
      model.load(new ByteArrayInputStream(archive(MODULE.formatted(signature, expression))));
      // The module is freed with the model, which must not be collected before.
      manager.attachInternal(NDManager.nextUid(), model);
      return new TorchScript((PtSymbolBlock) model.getBlock());
    } catch (IOException | MalformedModelException e) {
      model.close();
      throw new IllegalStateException("the engine refuses " + expression, e);
    }
  }

  /** The result belongs to the manager of the first argument. */
  NDArray apply(NDArray... arguments) {
    return IValueUtils.forward(block, new NDList(arguments), true).singletonOrThrow();
  }

  private static byte[] archive(String text) {
    var bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      store(zip, "m/version", "10\n".getBytes(StandardCharsets.US_ASCII));
      store(zip, "m/byteorder", "little".getBytes(StandardCharsets.US_ASCII));
      store(zip, "m/constants.pkl", NO_CONSTANTS);
      store(zip, "m/data.pkl", OBJECT);
      store(zip, "m/code/__torch__.py", text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 checksum = new CRC32();
    checksum.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(checksum.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  private static byte[] concat(byte[]... parts) {
    var bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }
}
