/// Any bytes as JSON: an answer always comes, what was read as a string is the same when it is written and read again,
/// and whatever is taken stays so with blanks around it.
///
/// Compiled in one module with Sources/JSON.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzJSON(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
    guard let value = read(bytes) else { return 0 }
    let blanks = Array(" \t\r\n".utf8)
    precondition(read(blanks + bytes + blanks) == value, "blanks around a value change it")
    precondition(read([UInt8(ascii: "[")] + bytes + [UInt8(ascii: "]")]) != nil || isDeepest(bytes))
    if case .string(let text) = value {
        var written: [UInt8] = []
        JSONWriter.append(text, to: &written)
        precondition(read(written) == value, "a string does not survive")
    }
    return 0
}

private func read(_ bytes: [UInt8]) -> JSONReader.Value? {
    var reader = JSONReader(bytes)
    guard let value = try? reader.value(), (try? reader.end()) != nil else { return nil }
    return value
}

/// Whether one more array around it would be too deep.
private func isDeepest(_ bytes: [UInt8]) -> Bool {
    bytes.count { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "{") } >= JSONReader.deepest
}
