import Glibc

/// A system call that failed: which one, why, and where that helps, on what.
package struct SystemError: Error, Equatable, CustomStringConvertible {
    package let call: String
    /// An `errno`, or 0 when the call has no code and `detail` says it all.
    package let code: Int32
    package let detail: String

    package init(_ call: String, code: Int32 = errno, detail: String = "") {
        self.call = call
        self.code = code
        self.detail = detail
    }

    /// Such as `bind 127.0.0.1:80: Permission denied`.
    package var description: String {
        let subject = detail.isEmpty ? call : "\(call) \(detail)"
        return code == 0 ? subject : "\(subject): \(Self.message(code))"
    }

    package static func message(_ code: Int32) -> String {
        var buffer = [UInt8](repeating: 0, count: 128)
        // Fails only for a buffer too small or a code unknown, and then still leaves a text.
        unsafe buffer.withUnsafeMutableBytes { buffer in
            _ = unsafe strerror_r(code, buffer.bindMemory(to: CChar.self).baseAddress!, buffer.count)
        }
        return String(decoding: buffer.prefix { $0 != 0 }, as: UTF8.self)
    }
}
