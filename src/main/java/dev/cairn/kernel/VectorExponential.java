package dev.cairn.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * {@link ScalarExponential#of} on vectors, step by step. The constants are vectors beforehand: as
 * numbers each would be another call for the compiler to follow, and where it gives up, every
 * vector lies on the heap.
 */
final class VectorExponential {

  private static final FloatVector LOWEST = constant(ScalarExponential.LOWEST);
  private static final FloatVector HIGHEST = constant(ScalarExponential.HIGHEST);
  private static final FloatVector LOG2_E = constant(ScalarExponential.LOG2_E);
  private static final FloatVector ROUND = constant(ScalarExponential.ROUND);
  private static final FloatVector MINUS_LN2_HIGH = constant(-ScalarExponential.LN2_HIGH);
  private static final FloatVector MINUS_LN2_LOW = constant(-ScalarExponential.LN2_LOW);
  private static final FloatVector C7 = constant(ScalarExponential.C7);
  private static final FloatVector C6 = constant(ScalarExponential.C6);
  private static final FloatVector C5 = constant(ScalarExponential.C5);
  private static final FloatVector C4 = constant(ScalarExponential.C4);
  private static final FloatVector C3 = constant(ScalarExponential.C3);
  private static final FloatVector C2 = constant(ScalarExponential.C2);
  private static final FloatVector ONE = constant(1);
  private static final FloatVector ZERO = constant(0);
  private static final IntVector ROUND_LESS_BIAS =
      ROUND.reinterpretAsInts().sub(ScalarExponential.BIAS);

  private VectorExponential() {}

  private static FloatVector constant(float value) {
    return FloatVector.broadcast(VectorKernel.FLOATS, value);
  }

  static FloatVector of(FloatVector x) {
    FloatVector limited = x.min(HIGHEST);
    FloatVector shifted = limited.mul(LOG2_E).add(ROUND);
    FloatVector n = shifted.sub(ROUND);
    FloatVector r = n.fma(MINUS_LN2_LOW, n.fma(MINUS_LN2_HIGH, limited));
    FloatVector p = r.fma(C7, C6);
    p = r.fma(p, C5);
    p = r.fma(p, C4);
    p = r.fma(p, C3);
    p = r.fma(p, C2);
    p = r.fma(p, ONE);
    p = r.fma(p, ONE);
    IntVector exponent =
        shifted
            .reinterpretAsInts()
            .sub(ROUND_LESS_BIAS)
            .lanewise(VectorOperators.LSHL, ScalarExponential.MANTISSA_BITS);
    FloatVector exp = p.mul(exponent.reinterpretAsFloats());
    return exp.blend(ZERO, x.compare(VectorOperators.LT, LOWEST));
  }
}
