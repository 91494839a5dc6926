package dev.cairn.catalogue;

/** The stretch was claimed by another worker meanwhile, or its document is gone: drop the work. */
public final class StaleClaimException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public StaleClaimException(StretchClaim claim) {
    super("stretch %s, attempt %d is no longer ours".formatted(claim.stretchId(), claim.attempt()));
  }
}
