/// What a client has not taken yet of its answers.
struct Backlog: ~Copyable {
    private enum Part {
        case bytes([UInt8])
        case file(FileSlice)
    }

    private var parts: [Part] = []
    /// How much of the first part has been sent.
    private var sent = 0

    var isEmpty: Bool { parts.isEmpty }

    /// What follows `start`.
    mutating func append(_ bytes: [UInt8], from start: Int = 0) {
        guard start < bytes.count else { return }
        if parts.isEmpty { sent = start }
        parts.append(.bytes(parts.isEmpty || start == 0 ? bytes : Array(bytes[start...])))
    }

    mutating func append(_ slice: FileSlice) {
        if slice.count > 0 { parts.append(.file(slice)) }
    }

    /// Sends as much as the kernel takes, of a file no more than `turn` bytes; returns how many bytes that was. A file
    /// that has become shorter breaks the connection: the client has been promised more.
    mutating func send(to socket: borrowing Socket, turn: Int) throws(Socket.Failure) -> Int {
        var total = 0
        while let part = parts.first, total < turn {
            let count: Int
            let length: Int
            do throws(Socket.Failure) {
                switch part {
                case .bytes(let bytes):
                    length = bytes.count
                    count = try socket.send(bytes, from: sent, isMoreToCome: parts.count > 1)
                case .file(let slice):
                    length = slice.count
                    count = try socket.send(
                        slice.file, offset: slice.offset + sent, count: min(length - sent, turn - total))
                    if count == 0 { throw Socket.Failure.broken }
                }
            } catch {
                if error == .wouldBlock, total > 0 { return total }
                throw error
            }
            total += count
            sent += count
            if sent == length {
                parts.removeFirst()
                sent = 0
            }
        }
        return total
    }
}
