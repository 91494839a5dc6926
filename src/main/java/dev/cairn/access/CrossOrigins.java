package dev.cairn.access;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.filter.CorsFilter;
import org.springframework.web.filter.ForwardedHeaderFilter;

/** What pages of allowed hosts, and proxies, need besides that they are let through. */
@Configuration(proxyBeanMethods = false)
class CrossOrigins {

  private static final List<String> READABLE_HEADERS =
      List.of(HttpHeaders.LOCATION, HttpHeaders.RETRY_AFTER);
  private static final Duration PREFLIGHT_HOLDS = Duration.ofHours(1);

  /** Behind {@link ForeignRequestFilter}, which has to see the host that the browser named. */
  @Bean
  FilterRegistrationBean<ForwardedHeaderFilter> forwardedHeaders() {
    var registration = new FilterRegistrationBean<>(new ForwardedHeaderFilter());
    registration.setOrder(ForeignRequestFilter.ORDER + 2);
    return registration;
  }

  /** Before {@link ForwardedHeaderFilter}: what is another origin is what the browser says. */
  @Bean
  FilterRegistrationBean<CorsFilter> answersToOtherOrigins(AccessSettings settings) {
    var filter =
        new CorsFilter(
            request ->
                configuration(request.getHeader(HttpHeaders.ORIGIN), settings.allowedHosts()));
    var registration = new FilterRegistrationBean<>(filter);
    registration.setOrder(ForeignRequestFilter.ORDER + 1);
    return registration;
  }

  private static @Nullable CorsConfiguration configuration(
      @Nullable String origin, Set<String> allowedHosts) {
    if (origin == null || !isFrom(origin, allowedHosts)) {
      return null;
    }
    CorsConfiguration allowed = new CorsConfiguration();
    allowed.addAllowedOrigin(origin);
    allowed.addAllowedMethod(CorsConfiguration.ALL);
    allowed.addAllowedHeader(CorsConfiguration.ALL);
    allowed.setExposedHeaders(READABLE_HEADERS);
    allowed.setMaxAge(PREFLIGHT_HOLDS);
    return allowed;
  }

  /** Whether a page of one of these hosts sent the request, from whatever port. */
  static boolean isFrom(String origin, Set<String> hosts) {
    try {
      String host = URI.create(origin).getHost();
      return host != null && hosts.contains(host.toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
