package dev.cairn.model;

/**
 * The number format of the matrix products while encoding. Part of the fingerprint of everything
 * that is stored, because the two differ in the last bits.
 */
public enum ComputePath {
  /** Products in 32-bit floats: the quicker one where the processor has no BF16 units. */
  FLOAT32,
  /** Products of BF16 factors, summed in 32-bit floats. */
  BFLOAT16
}
