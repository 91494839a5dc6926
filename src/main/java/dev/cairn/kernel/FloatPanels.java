package dev.cairn.kernel;

import org.jspecify.annotations.Nullable;

/** Floats as they are. */
public final class FloatPanels extends Panels {

  private final float[][] panels;

  private FloatPanels(int outputs, int inputs, float[][] panels) {
    super(outputs, inputs);
    this.panels = panels;
  }

  /**
   * @param weight (o, i)
   */
  public static FloatPanels of(float[] weight, int outputs, int inputs) {
    float[][] panels = new float[Math.ceilDiv(outputs, WIDTH)][inputs * WIDTH];
    for (int output = 0; output < outputs; output++) {
      float[] panel = panels[output / WIDTH];
      for (int i = 0; i < inputs; i++) {
        panel[i * WIDTH + output % WIDTH] = weight[output * inputs + i];
      }
    }
    return new FloatPanels(outputs, inputs, panels);
  }

  @Override
  public long byteSize() {
    return (long) count() * inputs() * WIDTH * Float.BYTES;
  }

  @Override
  boolean multiplyFew(
      Kernel kernel, int panel, float[] x, int rows, float[] sums, Scratch scratch) {
    if (rows > 1) {
      return false;
    }
    kernel.columns(panels[panel], 0, WIDTH, inputs(), x, 0, sums, 0, WIDTH);
    return true;
  }

  @Override
  Slice slice(Kernel kernel, int panel, int from, int terms, Scratch scratch) {
    return new Slice(panels[panel], from * WIDTH);
  }

  @Override
  public void copyRow(int output, float[] target, int targetAt) {
    float[] panel = panels[output / WIDTH];
    for (int i = 0; i < inputs(); i++) {
      target[targetAt + i] = panel[i * WIDTH + output % WIDTH];
    }
  }

  @Override
  float @Nullable [] scales() {
    return null;
  }
}
