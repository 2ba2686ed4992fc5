import Platform
import Storage
import Web

/// Deletes what has expired while the server runs, once a minute, on a thread of its own.
enum Sweeps {
    private static let pause = Duration.seconds(60)

    /// Somebody has to join the thread.
    static func start(of storage: Storage, log: Log) throws -> LastingThread {
        try LastingThread(name: "sweeps") { thread in
            while !thread.isEnding {
                do {
                    try storage.sweep(at: Clock.unixSeconds)
                } catch {
                    log.write(
                        .warning,
                        "expired data could not be removed; next try in \(pause.components.seconds) s: \(error)"
                    )
                }
                thread.pause(upTo: pause)
            }
        }
    }
}
