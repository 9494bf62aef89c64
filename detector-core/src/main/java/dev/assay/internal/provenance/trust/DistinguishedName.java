package dev.assay.internal.provenance.trust;

import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/**
 * Whom a certificate names.
 *
 * @param shown the common name; the whole name where it has none
 * @param organisation empty where it names none
 */
public record DistinguishedName(String shown, String organisation) {

  public static DistinguishedName of(X500Principal name) {
    return new DistinguishedName(
        part(name, "CN").orElse(name.getName()), part(name, "O").orElse(""));
  }

  private static Optional<String> part(X500Principal name, String wanted) {
    try {
      for (Rdn part : new LdapName(name.getName()).getRdns()) {
        if (part.getType().equalsIgnoreCase(wanted)) {
          return Optional.of(String.valueOf(part.getValue()));
        }
      }
    } catch (InvalidNameException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }
}
