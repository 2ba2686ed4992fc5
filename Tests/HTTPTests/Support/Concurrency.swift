import Glibc
import Platform
import Synchronization

/// Lets threads wait until it is opened.
final class Gate: Sendable {
    private let isOpen = Atomic(false)

    func open() { isOpen.store(true, ordering: .releasing) }

    func wait() {
        while !isOpen.load(ordering: .acquiring) { usleep(1000) }
    }
}

final class Counter: Sendable {
    private let count = Atomic(0)

    var value: Int { count.load(ordering: .sequentiallyConsistent) }

    func increment() { count.add(1, ordering: .sequentiallyConsistent) }
}

/// A thread for what blocks beside the test.
struct RunningThread {
    private let identifier: pthread_t

    private final class Work {
        let run: () -> Void

        init(_ run: @escaping () -> Void) { self.run = run }
    }

    /// `join` has to follow before what `work` uses goes out of scope.
    init(_ work: @escaping () -> Void) {
        var identifier = pthread_t()
        unsafe pthread_create(
            &identifier, nil,
            { context in
                unsafe Unmanaged<Work>.fromOpaque(context!).takeRetainedValue().run()
                return nil
            }, Unmanaged.passRetained(Work(work)).toOpaque())
        self.identifier = identifier
    }

    func join() { pthread_join(identifier, nil) }
}

/// A thread on which handlers wait for gates.
final class PoolOfOne: Sendable {
    private let pool = WorkerPool(threads: 1, queue: 1)

    func wait(for gate: Gate) async {
        try? await pool.run { gate.wait() }
    }
}
