package dev.cairn.web;

import java.net.URI;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Addresses of this service for the header Location. */
final class OwnAddress {

  private OwnAddress() {}

  /** The path as the caller of the current request asks for it: with the prefix of a proxy. */
  static URI of(String path) {
    return URI.create(
        String.valueOf(
            ServletUriComponentsBuilder.fromCurrentContextPath().path(path).build().getPath()));
  }
}
