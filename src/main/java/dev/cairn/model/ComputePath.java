package dev.cairn.model;

/**
 * The number format of the matrix products while encoding. Part of the fingerprint of everything
 * that is stored, because the two differ in the last bits.
 */
public enum ComputePath {
  /**
   * Products in 32-bit floats: on a processor with vectors of its own, whose bits are the same on
   * every machine.
   */
  FLOAT32,
  /** Products of BF16 factors, summed in 32-bit floats: for processors with units for them. */
  BFLOAT16
}
