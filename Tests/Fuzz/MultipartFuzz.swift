/// Any body is a form or refused, and what a form holds are bytes of its body.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let body = Array(UnsafeBufferPointer(start: data, count: size))
    let request = Request(
        method: .post, target: "/", headers: ["Content-Type": "multipart/form-data; boundary=x"], body: body)
    guard let form = try? MultipartForm(request) else { return 0 }
    precondition(form.parts.count <= 20)
    precondition(form.parts.reduce(0) { $0 + $1.content.count } <= size)
    return 0
}
