package dev.assay.internal.provenance.read;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads CBOR (RFC 8949) and JSON of a manifest as trees, and writes the few bytes that are signed
 * beside it. Numbers as keys of maps become text.
 */
public final class Cbor {

  /** Most levels of arrays and maps. */
  static final int MAX_NESTING = 64;

  private static final StreamReadConstraints BOUNDS =
      StreamReadConstraints.builder().maxNestingDepth(MAX_NESTING).build();

  private static final ObjectMapper MAPPER =
      strict(
          new ObjectMapper(
              CBORFactory.builder()
                  .streamReadConstraints(BOUNDS)
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build()));

  private static final ObjectMapper JSON =
      strict(
          JsonMapper.builder(
                  com.fasterxml.jackson.core.JsonFactory.builder()
                      .streamReadConstraints(BOUNDS)
                      .build())
              .build());

  private Cbor() {}

  private static ObjectMapper strict(ObjectMapper mapper) {
    return mapper.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  }

  /** The tree of one item; empty where the bytes are not exactly one. */
  public static Optional<JsonNode> read(byte[] bytes) {
    return tree(MAPPER, bytes);
  }

  /** The same of JSON. */
  public static Optional<JsonNode> readJson(byte[] bytes) {
    return tree(JSON, bytes);
  }

  private static Optional<JsonNode> tree(ObjectMapper mapper, byte[] bytes) {
    try (JsonParser parser = mapper.createParser(bytes)) {
      JsonNode node = mapper.readValue(parser, JsonNode.class);
      return node == null || node.isMissingNode() ? Optional.empty() : Optional.of(node);
    } catch (IOException | RuntimeException e) {
      // Jackson's CBOR parser throws unchecked exceptions on some broken items.
      return Optional.empty();
    }
  }

  /**
   * The bytes of a member of the map that some bytes are, as they are written; empty where they are
   * no map, or it has no such member.
   */
  public static Optional<byte[]> member(byte[] bytes, String name) {
    try (JsonParser parser = MAPPER.createParser(bytes)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean wanted = name.equals(parser.currentName());
        long start = parser.currentLocation().getByteOffset();
        parser.nextToken();
        parser.skipChildren();
        // The parser reads a string when it is asked for it; what follows an object is complete.
        parser.finishToken();
        if (wanted) {
          long end = parser.currentLocation().getByteOffset();
          return Optional.of(Arrays.copyOfRange(bytes, (int) start, (int) end));
        }
      }
    } catch (IOException | RuntimeException e) {
      // It is not CBOR.
    }
    return Optional.empty();
  }

  /**
   * An item in the deterministic encoding (RFC 8949, 4.2.1): lengths definite, keys in order.
   *
   * @param node of maps, arrays, texts and byte strings; anything else is written as a text
   */
  public static byte[] deterministic(JsonNode node) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(out, node);
    return out.toByteArray();
  }

  private static void write(ByteArrayOutputStream out, JsonNode node) {
    if (node.isObject()) {
      SortedMap<byte[], JsonNode> members = new TreeMap<>(Arrays::compareUnsigned);
      node.properties().forEach(member -> members.put(text(member.getKey()), member.getValue()));
      head(out, 5, members.size());
      members.forEach(
          (key, value) -> {
            out.writeBytes(key);
            write(out, value);
          });
    } else if (node.isArray()) {
      head(out, 4, node.size());
      node.forEach(element -> write(out, element));
    } else if (node.isBinary()) {
      out.writeBytes(string(bytes(node).orElseThrow()));
    } else {
      out.writeBytes(text(node.asText()));
    }
  }

  private static byte[] text(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    head(out, 3, encoded.length);
    out.writeBytes(encoded);
    return out.toByteArray();
  }

  /** The bytes of a field; empty where it is none, or no byte string. */
  public static Optional<byte[]> bytes(JsonNode node) {
    if (!node.isBinary()) {
      return Optional.empty();
    }
    try {
      return Optional.of(node.binaryValue());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The elements of an array; none where it is no array. */
  public static Iterable<JsonNode> elements(JsonNode node) {
    return () -> node.isArray() ? node.elements() : Collections.emptyIterator();
  }

  /** RFC 9052, 4.4 and 5: an array of a text and byte strings. */
  public static byte[] array(String text, byte[]... strings) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    head(out, 4, 1 + strings.length);
    out.writeBytes(text(text));
    for (byte[] string : strings) {
      out.writeBytes(string(string));
    }
    return out.toByteArray();
  }

  /** A byte string with its head. */
  public static byte[] string(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    head(out, 2, content.length);
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static void head(ByteArrayOutputStream out, int major, int count) {
    int type = major << 5;
    if (count < 24) {
      out.write(type | count);
    } else if (count < 1 << 8) {
      out.write(type | 24);
      out.write(count);
    } else if (count < 1 << 16) {
      out.write(type | 25);
      out.write(count >> 8);
      out.write(count);
    } else {
      out.write(type | 26);
      out.write(count >> 24);
      out.write(count >> 16);
      out.write(count >> 8);
      out.write(count);
    }
  }
}
