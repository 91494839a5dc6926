package dev.cairn.web;

import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** What answers need of the web server. */
@Component
final class ConfigureTomcat implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

  @Override
  public void customize(TomcatServletWebServerFactory tomcat) {
    tomcat.addContextValves(new ClientConnection.Valve());
    // A file that is too long is refused before a client that asks first has sent any of it.
    tomcat.addConnectorCustomizers(
        connector -> connector.setProperty("continueResponseTiming", "onRead"));
    // The name of a model holds a slash, which some of OpenAI's clients escape in a path.
    tomcat.addConnectorCustomizers(
        connector ->
            connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue()));
  }
}
