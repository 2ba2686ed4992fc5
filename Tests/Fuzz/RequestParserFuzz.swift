/// Whatever arrives, the parser neither crashes nor depends on how it was cut into reads, and a head that it accepts
/// has nothing in it that another reader would take for a line end.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    guard size > 2 else { return 0 }
    let bytes = Array(UnsafeBufferPointer(start: data, count: size))
    let cuts = (Int(bytes[0]), Int(bytes[1]) * 4)
    let input = Array(bytes[2...])

    let whole = outcome(of: input, cuts: [])
    precondition(whole == outcome(of: input, cuts: [min(cuts.0, input.count)]))
    precondition(
        whole
            == outcome(
                of: input, cuts: [min(cuts.0, cuts.1, input.count), min(max(cuts.0, cuts.1), input.count)]))
    return 0
}

private func outcome(of input: [UInt8], cuts: [Int]) -> String {
    var parser = RequestParser(into: RequestHead(), limits: Limits())
    do {
        for end in cuts + [input.count] {
            guard let head = try parser.parse(input.span.extracting(0..<end)) else { continue }
            precondition(parser.used <= end)
            precondition(input[..<parser.used].suffix(4) == [13, 10, 13, 10])
            let request = head.request(body: [], peer: "")
            let fields = request.headers.fields
            precondition(
                fields.allSatisfy { !$0.name.isEmpty && $0.name.utf8.allSatisfy(\.isTokenCharacter) })
            precondition(fields.allSatisfy { $0.value.utf8.allSatisfy { $0 == 9 || $0 >= 32 } })
            precondition(request.target.utf8.allSatisfy { $0 > 32 && $0 < 127 })
            precondition(request.target.hasPrefix("/") || request.target == "*")
            precondition(fields.filter { $0.name.lowercased() == "host" }.count <= 1)
            _ = (request.query, request.cookies("a"))
            let text = fields.map { "\($0.name):\($0.value)" }.joined(separator: "\n")
            return
                "\(request.method) \(request.target) \(head.framing) \(head.keepsAlive) \(parser.used)\n\(text)"
        }
        return "incomplete"
    } catch {
        return "\(error.status.code) \(error.reason)"
    }
}
