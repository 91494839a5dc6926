package dev.cairn.access;

import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Under which names the service may be asked, and with how much.
 *
 * @param allowedHosts host names beside localhost, without port; when it is empty and the service
 *     listens on more than the loopback, any name is allowed
 * @param bodyLimit bytes of a JSON body, at most
 */
@ConfigurationProperties("cairn.access")
record AccessSettings(
    @DefaultValue Set<String> allowedHosts, @DefaultValue("1MB") DataSize bodyLimit) {}
