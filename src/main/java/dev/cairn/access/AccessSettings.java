package dev.cairn.access;

import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Under which names the service may be asked.
 *
 * @param allowedHosts host names beside localhost, without port; when it is empty and the service
 *     listens on more than the loopback, any name is allowed
 */
@ConfigurationProperties("cairn.access")
record AccessSettings(@DefaultValue Set<String> allowedHosts) {}
