import HTTP
import Platform
import Testing

@Suite struct UploadedFormTests {
    private func read(
        _ body: String, type: String = "multipart/form-data; boundary=\"-x y\"", names: [String]
    ) throws -> [String] {
        let request = Request(
            method: .post, target: "/", headers: ["Content-Type": type], body: Array(body.utf8))
        let form = try request.uploadedForm(fileField: "file")
        let file = try form.file.map { "file=\(String(decoding: try $0.all(), as: UTF8.self))" }
        return names.compactMap { name in form[name].map { "\(name)=\($0)" } } + [file].compactMap(\.self)
    }

    private func read(_ body: String, type: String = "multipart/form-data; boundary=\"-x y\"") throws {
        _ = try read(body, type: type, names: [])
    }

    @Test(arguments: [
        ("---x y--", []), ("---x y--\r\n", []),
        (
            "---x y\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n---x y \t\r\ncontent-disposition: "
                + "form-data; filename=\"f;.json\"; name=b\r\nContent-Type: text/plain\r\n\r\nx\r\n--\r\ny\r\n---x y--",
            ["a=1", "b=x\r\n--\r\ny"]
        ),
        ("before\r\n---x y\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n---x y--after", ["a="]),
        (
            "---x y\r\nContent-Disposition: form-data; name=file\r\n\r\n1\r\n-\r\n---x y\r\n"
                + "Content-Disposition: form-data; name=file\r\n\r\n2\r\n---x y--", ["file=1\r\n-"]
        ),
    ])
    func `fields and the file are read with their names`(body: String, parts: [String]) throws {
        #expect(try read(body, names: ["a", "b"]) == parts)
    }

    @Test(arguments: [("a.csv", true), ("", false)])
    func `an empty file that was chosen is told from none`(name: String, isChosen: Bool) throws {
        let body =
            "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\n\r\n\r\n--x--\r\n"
        let request = Request(
            method: .post, target: "/", headers: ["Content-Type": "multipart/form-data; boundary=x"],
            body: Array(body.utf8))
        let form = try request.uploadedForm(fileField: "file")
        #expect(form.isFileChosen == isChosen)
        #expect(form.file?.isEmpty == true)
    }

    @Test func `a body that is cut short anywhere is refused`() {
        let whole = "---x y\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n---x y--"
        for length in 0..<whole.utf8.count {
            #expect(throws: RequestError.self) {
                try read(String(decoding: whole.utf8.prefix(length), as: UTF8.self))
            }
        }
    }

    @Test(arguments: [
        ("text/plain", 415), ("application/x-www-form-urlencoded", 415), ("multipart/form-data", 400),
        ("multipart/form-data; boundary=", 400), ("multipart/form-data; boundary=other", 400),
    ])
    func `a body that is not multipart/form-data, or has no boundary, is refused`(type: String, status: Int) {
        #expect { try read("---x y--", type: type) } throws: { ($0 as? RequestError)?.status.code == status }
    }

    @Test func `a part without a name, with a long head, or one too many is refused`() {
        let part = "---x y\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n"
        #expect(throws: RequestError.self) { try read("---x y\r\nA: b\r\n\r\n1\r\n---x y--") }
        let long = String(repeating: "x", count: 5000)
        #expect(throws: RequestError.self) {
            try read("---x y\r\nA: \(long)\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n---x y--")
        }
        #expect(throws: Never.self) { try read(String(repeating: part, count: 20) + "---x y--") }
        #expect { try read(String(repeating: part, count: 21) + "---x y--") } throws: {
            ($0 as? RequestError)?.status == .contentTooLarge
        }
    }

    @Test func `fields beside the file may not be long, and the file may`() throws {
        func body(_ name: String) -> String {
            "---x y\r\nContent-Disposition: form-data; name=\(name)\r\n\r\n"
                + String(repeating: "\r", count: 70_000) + "\r\n---x y--"
        }
        #expect(try read(body("file"), names: []) == ["file=" + String(repeating: "\r", count: 70_000)])
        #expect { try read(body("a")) } throws: { ($0 as? RequestError)?.status == .contentTooLarge }
    }
}
