package dev.cairn.access;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletResponse;
import java.net.InetAddress;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.util.unit.DataSize;

class ForeignRequestFilterTest {

  private static final String ON_LOOPBACK = "127.0.0.1";
  private static final String ON_ALL = "0.0.0.0";
  private static final DataSize LIMIT = DataSize.ofMegabytes(1);

  @ParameterizedTest
  @CsvSource({
    "localhost:8080,true",
    "LOCALHOST:8080,true",
    "127.0.0.1:8080,true",
    "[::1]:8080,true",
    "docs.example.test,true",
    "evil.example.test,false",
    "localhost.evil.test,false",
    "127.0.0.1.evil.test:8080,false"
  })
  void onLoopbackOnlyKnownHostsAreServed(String host, boolean served) throws Exception {
    assertThat(isServed(ON_LOOPBACK, "GET", host, null, null)).isEqualTo(served);
  }

  @Test
  void whereOthersMayConnectAnyHostIsServedUnlessHostsAreNamed() throws Exception {
    var any = new AccessSettings(Set.of(), LIMIT);
    assertThat(isServed(any, ON_ALL, request("GET", "docs.example.test", null, null))).isTrue();
    assertThat(isServed(ON_ALL, "GET", "evil.example.test", null, null)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:8080,true",
    "https://docs.example.test,true",
    "http://localhost:3000,false",
    "http://evil.example.test,false",
    "null,false",
    "http://[,false"
  })
  void anotherOriginIsRefused(String origin, boolean served) throws Exception {
    assertThat(isServed(ON_LOOPBACK, "POST", "localhost:8080", origin, null)).isEqualTo(served);
    assertThat(isServed(ON_LOOPBACK, "GET", "localhost:8080", origin, null)).isEqualTo(served);
  }

  @ParameterizedTest
  @CsvSource({
    "GET,cross-site,true",
    "POST,cross-site,false",
    "DELETE,cross-site,false",
    "PUT,cross-site,false",
    "POST,same-origin,true",
    "POST,none,true"
  })
  void anotherSiteChangesNothing(String method, String site, boolean served) throws Exception {
    assertThat(isServed(ON_LOOPBACK, method, "localhost:8080", null, site)).isEqualTo(served);
  }

  private static boolean isServed(
      String address, String method, String host, @Nullable String origin, @Nullable String site)
      throws Exception {
    var settings = new AccessSettings(Set.of("docs.example.test"), LIMIT);
    return isServed(settings, address, request(method, host, origin, site));
  }

  private static boolean isServed(
      AccessSettings settings, String address, MockHttpServletRequest request) throws Exception {
    ServerProperties server = new ServerProperties();
    server.setAddress(InetAddress.getByName(address));
    var response = new MockHttpServletResponse();
    var filter =
        new ForeignRequestFilter(
            settings,
            server,
            (refused, answer, handler, problem) -> {
              answer.setStatus(HttpServletResponse.SC_FORBIDDEN);
              return null;
            });
    var chain = new MockFilterChain();
    filter.doFilter(request, response, chain);
    assertThat(chain.getRequest() == null).isEqualTo(response.getStatus() == 403);
    return response.getStatus() == 200;
  }

  private static MockHttpServletRequest request(
      String method, String host, @Nullable String origin, @Nullable String site) {
    var request = new MockHttpServletRequest(method, "/api/v1/corpora");
    request.addHeader("Host", host);
    if (origin != null) {
      request.addHeader("Origin", origin);
    }
    if (site != null) {
      request.addHeader("Sec-Fetch-Site", site);
    }
    return request;
  }
}
