import CZlib

/// The gzip format (RFC 1952) by zlib: one member, without a name or a time, so that the same bytes always give the same file.
enum Gzip {
    enum Effort: Sendable {
        /// For what is sent once: some 4 µs a KiB, with 96 KiB of memory.
        case least
        /// For what is compressed once and sent often; with 384 KiB of memory.
        case most
    }

    /// Nil where there is no memory for it.
    static func compress(_ bytes: [UInt8], _ effort: Effort) -> [UInt8]? {
        var stream = unsafe z_stream()
        let code =
            switch effort {
            case .least: unsafe czlib_begin_gzip(&stream, 1, 13, 7)
            case .most: unsafe czlib_begin_gzip(&stream, 9, 15, 9)
            }
        guard code == Z_OK else { return nil }
        defer { unsafe deflateEnd(&stream) }
        let room = unsafe Int(deflateBound(&stream, UInt(bytes.count)))
        return unsafe [UInt8](unsafeUninitializedCapacity: room) { output, count in
            unsafe bytes.withUnsafeBufferPointer { input in
                // zlib does not write to its input; the type is older than const.
                unsafe stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                unsafe stream.avail_in = UInt32(input.count)
                unsafe stream.next_out = output.baseAddress
                unsafe stream.avail_out = UInt32(output.count)
                let code = unsafe deflate(&stream, Z_FINISH)
                precondition(code == Z_STREAM_END, "deflateBound bytes hold everything")
            }
            count = unsafe Int(stream.total_out)
        }
    }
}
