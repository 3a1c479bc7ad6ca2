package io.tickethub.tmf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The interface's descriptions and a page that shows them; the page asks nobody but the hub. */
@RestController
class Documentation {

  static final String ROOT = "/tmf-api/docs";

  /** The published specification, with this hub as its server. */
  @GetMapping(ROOT + "/{version}/openapi.json")
  ObjectNode specification(@PathVariable String version) {
    TmfVersion of = TmfVersion.of(version);
    ObjectNode document = RequestSchemas.document(of);
    if (of == TmfVersion.V4) {
      document.remove("host");
      document.remove("schemes");
      document
          .putObject("securityDefinitions")
          .putObject("token")
          .put("type", "apiKey")
          .put("in", "header")
          .put("name", "Authorization");
      document.putArray("security").addObject().putArray("token");
    } else {
      document.putArray("servers").addObject().put("url", of.root());
      ObjectNode schemes = (ObjectNode) document.get("components");
      schemes
          .putObject("securitySchemes")
          .putObject("token")
          .put("type", "http")
          .put("scheme", "bearer");
      document.putArray("security").addObject().putArray("token");
    }
    return document;
  }

  @GetMapping({ROOT, ROOT + "/"})
  ResponseEntity<byte[]> page() throws IOException {
    return resource("docs.html", MediaType.TEXT_HTML);
  }

  @GetMapping(ROOT + "/docs.js")
  ResponseEntity<byte[]> script() throws IOException {
    return resource("docs.js", MediaType.valueOf("text/javascript"));
  }

  private static ResponseEntity<byte[]> resource(String name, MediaType type) throws IOException {
    try (InputStream in = Documentation.class.getResourceAsStream("/tmf621/" + name)) {
      return ResponseEntity.ok()
          .contentType(type)
          .cacheControl(CacheControl.noCache())
          .body(in.readAllBytes());
    }
  }

  /** The page's program and style, out of their jar. */
  @Configuration(proxyBeanMethods = false)
  static class Program implements WebMvcConfigurer {
    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
      registry
          .addResourceHandler(ROOT + "/ui/**")
          .addResourceLocations("classpath:/META-INF/resources/webjars/swagger-ui/5.17.14/");
    }
  }
}
