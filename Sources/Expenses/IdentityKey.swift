@_spi(_Unicode) import Swift

/// The form of a name under which names are unique: "Zoë", "ZOË" and "Zoe" + U+0308 have the same one.
///
/// Upper case and then lower case, so that "ß" meets "SS" and "ς" meets "Σ", and canonical composition (Unicode NFC).
package func identityKey(_ name: String) -> String {
    if name.utf8.allSatisfy({ $0 < 0x80 }) { return name.lowercased() }
    var key = String.UnicodeScalarView()
    key.append(contentsOf: name.uppercased().lowercased()._nfc)
    return String(key)
}

/// The form in which descriptions are compared and searched: without case, and without the accents of Latin, Greek and
/// Cyrillic letters (U+0300 to U+036F), so that "cafe" finds "Café". Marks of other scripts are letters there, and stay.
package func descriptionKey(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.lowercased() }
    var base = String.UnicodeScalarView()
    for scalar in text.uppercased().lowercased()._nfd where !(0x300...0x36F).contains(scalar.value) {
        base.append(scalar)
    }
    var key = String.UnicodeScalarView()
    key.append(contentsOf: String(base)._nfc)
    return String(key)
}
