package dev.cairn.access;

import java.util.UUID;

/**
 * Who asks.
 *
 * @param tenantId whose data they may see
 */
public record Caller(UUID tenantId) {

  /** The tenant of a set-up without sign-in; made by the first migration. */
  public static final UUID DEFAULT_TENANT = UUID.fromString("00000000-0000-7000-8000-000000000001");

  public static Caller ofDefaultTenant() {
    return new Caller(DEFAULT_TENANT);
  }
}
