/// Any body is a form or refused, however it is cut, and what a form holds are bytes of its body.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let body = Array(UnsafeBufferPointer(start: data, count: size))
    let whole = outcome(of: [body])
    precondition(whole.count <= size)
    let cut = min(Int(body.first ?? 0), size)
    precondition(outcome(of: [Array(body[..<cut]), Array(body[cut...])]) == whole)
    return 0
}

/// The contents of all parts, one behind the other; empty for what is no form.
private func outcome(of pieces: [[UInt8]]) -> [UInt8] {
    guard var reader = try? MultipartReader(contentType: "multipart/form-data; boundary=x") else { return [] }
    var contents: [UInt8] = []
    for piece in pieces {
        let isFine: Void? = try? reader.take(piece) { event in
            if case .content(let bytes) = event { contents += bytes }
        }
        if isFine == nil { return [] }
    }
    return reader.isFinished ? contents : []
}
