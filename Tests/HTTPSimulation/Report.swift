import Glibc
import Synchronization

/// Ends the program where a simulation cannot be left in another way: the server does not come back from a call.
package enum Report {
    private static let steps = Atomic<UInt64>(0)
    /// What is printed then: the seed, say.
    nonisolated(unsafe) package static var context: () -> String = { "" }

    static func progress() {
        steps.add(1, ordering: .relaxed)
    }

    static func endless(_ text: String) -> Never {
        print("VIOLATION: \(text)\n\(unsafe context())")
        fflush(nil)
        exit(1)
    }

    /// On a thread of its own: ends the program when a step has taken ten seconds of processor time.
    package static func watch() {
        var last = steps.load(ordering: .relaxed)
        var start = clock()
        while true {
            sleep(1)
            let now = steps.load(ordering: .relaxed)
            if now != last { (last, start) = (now, clock()) }
            if now > 0, (clock() - start) / CLOCKS_PER_SEC >= 10 { endless("a step does not end") }
        }
    }
}
