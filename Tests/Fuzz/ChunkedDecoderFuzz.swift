/// Whatever arrives, the decoder neither crashes, nor keeps more than allowed, nor depends on how it was cut.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    guard size > 2 else { return 0 }
    let bytes = Array(UnsafeBufferPointer(start: data, count: size))
    let input = Array(bytes[2...])
    let first = min(Int(bytes[0]), input.count)
    let second = min(first + Int(bytes[1]), input.count)

    let whole = outcome(of: input, cuts: [])
    precondition(whole == outcome(of: input, cuts: [first]))
    precondition(whole == outcome(of: input, cuts: [first, second]))
    return 0
}

private func outcome(of input: [UInt8], cuts: [Int]) -> String {
    var decoder = ChunkedDecoder(maximumSize: 1000, limits: Limits())
    var body: [UInt8] = []
    var used = 0
    do {
        for end in cuts + [input.count] {
            used += try decoder.decode(input.span.extracting(used..<end), into: &body)
            precondition(used <= end && body.count <= 1000)
            if decoder.isFinished { return "\(used) \(body)" }
        }
        return "incomplete"
    } catch {
        return "\(error.status.code)"
    }
}
