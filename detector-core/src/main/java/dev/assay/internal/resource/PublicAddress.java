package dev.assay.internal.resource;

import java.net.Inet6Address;
import java.net.InetAddress;

/** Tells addresses of the world from those of this machine and its neighbours. */
public final class PublicAddress {

  private PublicAddress() {}

  /** RFC 6890: neither this machine, nor its neighbours, nor what is set aside. */
  public static boolean is(InetAddress address) {
    byte[] bytes = address.getAddress();
    int first = bytes[0] & 0xFF;
    int second = bytes[1] & 0xFF;
    boolean special =
        address.isAnyLocalAddress()
            || address.isLoopbackAddress()
            || address.isLinkLocalAddress()
            || address.isSiteLocalAddress()
            || address.isMulticastAddress();
    if (address instanceof Inet6Address) {
      // Only 2000::/3 is given out; 2002::/16 and 2001::/32 wrap addresses of version 4.
      boolean wrapped =
          first == 0x20 && (second == 0x02 || (second == 0x01 && bytes[2] == 0 && bytes[3] == 0));
      return !special && (first & 0xE0) == 0x20 && !wrapped;
    }
    boolean shared = first == 100 && (second & 0xC0) == 64;
    boolean reserved = first == 0 || first >= 224;
    boolean protocol = (first == 192 && second == 0) || (first == 198 && (second & 0xFE) == 18);
    return !special && !shared && !reserved && !protocol;
  }
}
