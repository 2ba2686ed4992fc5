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
