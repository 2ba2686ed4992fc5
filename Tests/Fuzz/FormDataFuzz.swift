/// Any bytes are a form, and writing that form and reading it again gives the same.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let form = FormData(urlEncoded: Array(UnsafeBufferPointer(start: data, count: size)))
    let again = FormData(urlEncoded: form.urlEncoded)
    // A field without name and value is written as `=`, and only text of nothing but `&` has no field at all.
    precondition(form == again)
    precondition(form.urlEncoded.utf8.allSatisfy { $0 > 32 && $0 < 127 })
    return 0
}
