import Glibc
import Platform
import Synchronization

/// Writes lines to a descriptor on a thread of its own, so that no other thread waits for a slow reader. What does not
/// fit into its memory meanwhile is lost, counted, and told when writing goes on.
final class LogWriter: Sendable {
    /// Bytes that wait to be written; as many again may be being written.
    private static let capacity = 128 * 1024
    /// Lines gather for so long, so that under load many of them are one write and one change of threads.
    private static let pause = Duration.milliseconds(10)

    private let lines: Lines
    /// Nil when it has ended.
    private let thread: Mutex<Thread?>

    /// `descriptor` stays the caller's. `notice` is the line that tells how many were lost.
    init(descriptor: Int32, notice: @escaping @Sendable (Int) -> [UInt8]) {
        let lines = Lines()
        self.lines = lines
        do {
            thread = Mutex(try Thread(name: "log") { lines.write(to: descriptor, notice) })
        } catch {
            fatalError("the log's thread could not be started: \(error)")
        }
    }

    deinit {
        if !lines.isClosed { close(within: .seconds(1)) }
    }

    /// Lines that were lost since the start.
    var lost: Int { lines.lost }

    /// Never blocks. A line that is urgent is written without a pause.
    func add(_ line: [UInt8], isUrgent: Bool) {
        lines.add(line, isUrgent: isUrgent)
    }

    /// Writes what waits, for no longer than that; what is added afterwards is lost. Where nobody reads, the thread is left
    /// behind, to end with the program; another call waits for it again.
    func close(within limit: Duration) {
        lines.close()
        thread.withLock { thread in
            guard thread != nil, lines.hasEnded.wait(upTo: limit) else { return }
            thread.take()?.join()
        }
    }

    /// Its `Mutex` guards the lines; the semaphore wakes the thread, which alone writes.
    private final class Lines: Sendable {
        private struct State {
            var waiting: [UInt8] = []
            var lost = 0
            /// Since the start.
            var lostInAll = 0
            var isClosed = false
        }

        private let state = Mutex(State())
        /// Signalled once for the first line that waits, and once more to end the pause.
        private let wakeUp = Semaphore()
        let hasEnded = Semaphore()

        func add(_ line: [UInt8], isUrgent: Bool) {
            let (isFirst, isHurried) = state.withLock { state in
                let before = state.waiting.count
                guard !state.isClosed, before + line.count <= capacity else {
                    state.lost += 1
                    state.lostInAll += 1
                    return (false, false)
                }
                state.waiting += line
                let half = capacity / 2
                return (before == 0, isUrgent || (before < half && state.waiting.count >= half))
            }
            if isFirst { wakeUp.signal() }
            if isHurried { wakeUp.signal() }
        }

        var lost: Int { state.withLock { $0.lostInAll } }
        var isClosed: Bool { state.withLock { $0.isClosed } }

        func close() {
            state.withLock { $0.isClosed = true }
            wakeUp.signal()
            wakeUp.signal()
        }

        /// The thread's life.
        func write(to descriptor: Int32, _ notice: (Int) -> [UInt8]) {
            defer { hasEnded.signal() }
            var batch: [UInt8] = []
            var lost = 0
            var isLast = false
            while !isLast {
                wakeUp.wait()
                wakeUp.wait(upTo: pause)
                batch.removeAll(keepingCapacity: true)
                state.withLock { state in
                    swap(&batch, &state.waiting)
                    lost += state.lost
                    state.lost = 0
                    isLast = state.isClosed
                }
                let unwritten = write(batch, to: descriptor)
                lost += unwritten
                if unwritten > 0 { state.withLock { $0.lostInAll += unwritten } }
                if lost > 0, write(notice(lost), to: descriptor) == 0 { lost = 0 }
            }
        }

        /// Blocks until somebody has read it, or nobody will. Returns how many lines were lost.
        private func write(_ bytes: [UInt8], to descriptor: Int32) -> Int {
            var written = 0
            while written < bytes.count {
                let count = unsafe bytes.withUnsafeBytes { bytes in
                    uninterrupted {
                        unsafe Glibc.write(
                            descriptor, bytes.baseAddress! + written, bytes.count - written)
                    }
                }
                if count > 0 {
                    written += count
                } else if count < 0 && errno == EAGAIN {
                    // The program was started with a non-blocking descriptor: this waits until it can be written to.
                    var wanted = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    _ = uninterrupted { unsafe poll(&wanted, 1, -1) }
                } else {
                    // A closed or full standard error is no reason to stop serving.
                    return bytes[written...].count { $0 == UInt8(ascii: "\n") }
                }
            }
            return 0
        }
    }
}
