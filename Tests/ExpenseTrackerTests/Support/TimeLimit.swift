import Foundation

/// Kills a program that does not end, so that its test fails instead of waiting for it.
struct TimeLimit {
    private static let seconds = 120.0
    private let timer: DispatchWorkItem

    /// From now on. The process has been started.
    init(of process: Process) {
        let number = process.processIdentifier
        let timer = DispatchWorkItem { kill(number, SIGKILL) }
        self.timer = timer
        DispatchQueue.global().asyncAfter(deadline: .now() + Self.seconds, execute: timer)
    }

    func cancel() { timer.cancel() }
}
