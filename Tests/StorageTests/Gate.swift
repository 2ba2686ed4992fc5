import Glibc

/// Something that threads wait for until it is opened, once and for all. Blocks; not for Swift's shared threads.
final class Gate: Sendable {
    private let ends: (reading: Int32, writing: Int32)

    init() {
        var pair: [Int32] = [0, 0]
        guard unsafe pipe(&pair) == 0 else { fatalError("tests need a pipe") }
        ends = (pair[0], pair[1])
    }

    deinit { close(ends.reading) }

    func open() { close(ends.writing) }

    func wait() {
        var byte: UInt8 = 0
        while unsafe read(ends.reading, &byte, 1) < 0, errno == EINTR {}
    }
}
