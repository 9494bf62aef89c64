package dev.assay.server.internal.http;

import dev.assay.InstallationException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The page on which requests are tried: Swagger UI on the description of this server. */
final class ApiPage {

  /** Its address. */
  static final String PATH = "/api/";

  private static final String FOLDER = "/dev/assay/server/";
  private static final String SWAGGER = "/META-INF/maven/org.webjars/swagger-ui/pom.properties";

  /** Swagger UI sets styles of elements, and draws its signs from data in its style sheet. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self'"
          + " data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors"
          + " 'none'";

  private ApiPage() {}

  /** Its files. */
  static StaticFiles files() {
    StaticFiles files = new StaticFiles(POLICY);
    files.add(PATH, FOLDER + "api/api.html");
    files.add(PATH + "api.js", FOLDER + "api/api.js");
    files.add(PATH + "icon.svg", FOLDER + "icon.svg");
    String swagger = "/META-INF/resources/webjars/swagger-ui/" + swaggerVersion() + "/";
    for (String name : new String[] {"swagger-ui.css", "swagger-ui-bundle.js"}) {
      files.add(PATH + name, swagger + name);
    }
    return files;
  }

  /** The folder of a web jar is named by its version, which the jar tells. */
  private static String swaggerVersion() {
    try (InputStream stream = ApiPage.class.getResourceAsStream(SWAGGER)) {
      if (stream == null) {
        throw new InstallationException("The installation lacks org.webjars:swagger-ui.");
      }
      Properties properties = new Properties();
      properties.load(stream);
      return properties.getProperty("version", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
