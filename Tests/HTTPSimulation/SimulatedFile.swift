import Glibc
import HTTP
import Platform

/// The one file that there is. What is sent of it comes from `Pattern`; the server only has to have it open.
enum SimulatedFile {
    private static let size = 200_001

    private static let file: OpenFile = {
        var template = Array("/tmp/http-simulation.XXXXXX".utf8CString)
        let number = unsafe mkstemp(&template)
        ftruncate(number, off_t(size))
        close(number)
        defer { unsafe unlink(template) }
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        do {
            return try OpenFile(path: path)
        } catch {
            fatalError("a simulation needs a temporary file: \(error)")
        }
    }()

    static func slice(_ count: Int) -> FileSlice {
        FileSlice(of: file, offset: 0, count: count)
    }
}
